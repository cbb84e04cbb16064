// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyVault} from "../../src/interfaces/IHarmonyVault.sol";
import {Trees} from "../support/Trees.sol";
import {VaultCase} from "../support/VaultCase.sol";
import {vm} from "../support/Vm.sol";

/// @notice docs/requestExit.md
contract RequestExitTest is VaultCase {
    using Trees for Trees.Tree;

    function test_a_request_ripens_after_the_delay_and_lasts_as_long_again() public {
        Trees.Tree memory tree = _running();
        uint256 asked = vm.getBlockTimestamp();
        vm.expectEmit(address(vault));
        emit IHarmonyVault.ExitRequested(alice, asked + DELAY, asked + 2 * DELAY);
        vm.prank(alice);
        vault.requestExit();
        bytes memory refusal = abi.encodeWithSelector(IHarmonyVault.NotYet.selector, asked + DELAY, asked + 2 * DELAY);
        // The operator is there all the while.
        vm.warp(asked + DELAY - 60);
        _publish(tree, 3);
        vm.expectRevert(refusal);
        vault.exit(2, tree.leaf(0));
        vm.warp(asked + DELAY + 1);
        vault.exit(2, tree.leaf(0));
        vm.assertEq(usdc.balanceOf(alice), 1_000 * UNIT);
        _requireSolvent();
    }

    function test_a_request_that_was_not_used_expires() public {
        Trees.Tree memory tree = _running();
        uint256 asked = vm.getBlockTimestamp();
        vm.prank(alice);
        vault.requestExit();
        vm.warp(asked + DELAY - 60);
        _publish(tree, 3);
        vm.warp(asked + 2 * DELAY - 120);
        _publish(tree, 3);
        vm.warp(asked + 2 * DELAY + 1);
        vm.expectRevert(abi.encodeWithSelector(IHarmonyVault.NotYet.selector, asked + DELAY, asked + 2 * DELAY));
        vault.exit(3, tree.leaf(0));
    }

    function test_a_request_opens_the_door_for_nobody_else() public {
        Trees.Tree memory tree = _running();
        uint256 asked = vm.getBlockTimestamp();
        vm.prank(alice);
        vault.requestExit();
        vm.warp(asked + DELAY - 60);
        _publish(tree, 3);
        vm.warp(asked + DELAY + 1);
        vm.expectRevert(abi.encodeWithSelector(IHarmonyVault.NotYet.selector, 0, 0));
        vm.prank(alice);
        vault.exit(2, tree.leaf(1));
    }

    function test_an_epoch_computed_before_somebody_left_is_refused_after() public {
        Trees.Tree memory tree = _running();
        uint256 asked = vm.getBlockTimestamp();
        vm.prank(alice);
        vault.requestExit();
        vm.warp(asked + DELAY - 60);
        _publish(tree, 3);
        vm.warp(asked + DELAY + 61);
        vault.exit(2, tree.leaf(0));
        vm.expectRevert(abi.encodeWithSelector(IHarmonyVault.NotConserved.selector, 60 * UNIT, 50 * UNIT));
        vm.prank(operator);
        vault.publish(_publication(tree, 3), noPayments);
        _publish(_tree(0, 20 * UNIT, 30 * UNIT), 3);
        _requireSolvent();
    }
}
