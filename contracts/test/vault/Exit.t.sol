// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyVault} from "../../src/interfaces/IHarmonyVault.sol";
import {Trees} from "../support/Trees.sol";
import {VaultCase} from "../support/VaultCase.sol";
import {vm} from "../support/Vm.sol";

/// @notice docs/exit.md
contract ExitTest is VaultCase {
    using Trees for Trees.Tree;

    function test_when_the_operator_is_gone_everybody_gets_everything() public {
        Trees.Tree memory tree = _running();
        _silence();
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectEmit(address(vault));
            emit IHarmonyVault.Exited(1, tree.accounts[i], tree.amounts[i]);
            vm.prank(stranger);
            vault.exit(1, tree.leaf(i));
        }
        vm.assertEq(usdc.balanceOf(alice) + usdc.balanceOf(bob) + usdc.balanceOf(carol), 3_000 * UNIT);
        vm.assertEq(usdc.balanceOf(address(vault)), 0);
        _requireSolvent();
    }

    function test_nobody_leaves_twice() public {
        Trees.Tree memory tree = _running();
        _silence();
        vault.exit(1, tree.leaf(0));
        vm.expectRevert(abi.encodeWithSelector(IHarmonyVault.AlreadyExited.selector, alice));
        vault.exit(1, tree.leaf(0));
    }

    function test_while_the_operator_is_there_a_request_is_needed() public {
        Trees.Tree memory tree = _running();
        vm.expectRevert(abi.encodeWithSelector(IHarmonyVault.NotYet.selector, 0, 0));
        vm.prank(alice);
        vault.exit(1, tree.leaf(0));
    }

    function test_a_stale_leaf_is_refused() public {
        Trees.Tree memory old = _running();
        _publish(_tree(1 * UNIT, 29 * UNIT, 30 * UNIT), 3);
        _silence();
        vm.expectRevert(abi.encodeWithSelector(IHarmonyVault.StaleEpoch.selector, 1, 2));
        vault.exit(1, old.leaf(0));
        vm.expectRevert(IHarmonyVault.NotInTree.selector);
        vault.exit(2, old.leaf(0));
    }

    function testFuzz_a_forged_leaf_is_refused(uint256 what, uint256 bit) public {
        IHarmonyVault.Leaf memory leaf = _running().leaf(1);
        bit = bit % 256;
        what = what % 5;
        uint256 flip = uint256(1) << bit;
        if (what == 0) leaf.account = address(uint160(leaf.account) ^ uint160(1 << (bit % 160)));
        if (what == 1) leaf.amount ^= flip;
        if (what == 2) leaf.index ^= flip;
        if (what == 3) leaf.siblings[bit % 2] ^= bytes32(flip);
        if (what == 4) leaf.sums[bit % 2] ^= flip;
        _silence();
        vm.expectRevert(IHarmonyVault.NotInTree.selector);
        vault.exit(1, leaf);
    }

    /// @dev The operator hides a debt of a hundred behind a negative balance, and the depositor tries to collect.
    function test_a_negative_leaf_hides_nothing() public {
        _deposit(alice, 10 * UNIT);
        uint256 negative = type(uint256).max - 90 * UNIT + 1;
        bytes32 ours = keccak256(abi.encode(alice, 100 * UNIT));
        bytes32 hidden = keccak256(abi.encode(stranger, negative));
        bytes32 root = keccak256(abi.encode(ours, 100 * UNIT, hidden, negative));
        vm.warp(START + 60);
        vm.prank(operator);
        vault.publish(IHarmonyVault.Publication(root, 10 * UNIT, 1), noPayments);
        _silence();
        IHarmonyVault.Leaf memory leaf =
            IHarmonyVault.Leaf(alice, 100 * UNIT, 0, new bytes32[](1), new uint256[](1));
        (leaf.siblings[0], leaf.sums[0]) = (hidden, negative);
        vm.expectRevert(IHarmonyVault.NotInTree.selector);
        vault.exit(1, leaf);
        leaf = IHarmonyVault.Leaf(stranger, negative, 1, new bytes32[](1), new uint256[](1));
        (leaf.siblings[0], leaf.sums[0]) = (ours, 100 * UNIT);
        vm.expectRevert(IHarmonyVault.NotInTree.selector);
        vault.exit(1, leaf);
    }

    function test_a_node_is_no_leaf_and_an_empty_place_is_nobodys() public {
        Trees.Tree memory tree = _running();
        _silence();
        IHarmonyVault.Leaf memory inner =
            IHarmonyVault.Leaf(alice, 30 * UNIT, 0, new bytes32[](1), new uint256[](1));
        (inner.siblings[0], inner.sums[0]) = (tree.hashes[1][1], tree.sums[1][1]);
        vm.expectRevert(IHarmonyVault.NotInTree.selector);
        vault.exit(1, inner);
        IHarmonyVault.Leaf memory empty = tree.leaf(2);
        (empty.account, empty.amount, empty.index) = (address(0), 0, 3);
        vm.expectRevert(IHarmonyVault.NotInTree.selector);
        vault.exit(1, empty);
    }

    function test_a_holder_of_nothing_takes_nothing() public {
        _deposit(bob, UNIT);
        Trees.Tree memory tree = _tree(0, UNIT, 0);
        _publish(tree, 1);
        _silence();
        vm.expectRevert(abi.encodeWithSelector(IHarmonyVault.AmountNotAllowed.selector, 0));
        vault.exit(1, tree.leaf(0));
    }

    function test_a_tree_deeper_than_thirty_two_and_lists_of_unlike_length_are_refused() public {
        _running();
        _silence();
        vm.expectRevert(IHarmonyVault.NotInTree.selector);
        vault.exit(1, IHarmonyVault.Leaf(alice, 1, 0, new bytes32[](33), new uint256[](33)));
        vm.expectRevert(IHarmonyVault.NotInTree.selector);
        vault.exit(1, IHarmonyVault.Leaf(alice, 1, 0, new bytes32[](2), new uint256[](1)));
    }

    function test_a_tree_of_one() public {
        _deposit(alice, UNIT);
        address[] memory accounts = new address[](1);
        uint256[] memory amounts = new uint256[](1);
        (accounts[0], amounts[0]) = (alice, UNIT);
        Trees.Tree memory tree = Trees.build(accounts, amounts);
        _publish(tree, 1);
        _silence();
        vault.exit(1, tree.leaf(0));
        vm.assertEq(usdc.balanceOf(alice), 1_000 * UNIT);
    }

    function test_neither_a_pause_nor_a_denied_neighbour_stops_it() public {
        Trees.Tree memory tree = _running();
        vm.prank(guardian);
        vault.pause();
        usdc.blacklist(alice);
        _silence();
        vault.exit(1, tree.leaf(0));
        vm.assertEq(vault.owed(alice), 10 * UNIT);
        vault.exit(1, tree.leaf(1));
        vm.assertEq(usdc.balanceOf(bob), 1_000 * UNIT);
        _requireSolvent();
    }
}
