// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyVault} from "../../src/interfaces/IHarmonyVault.sol";
import {HarmonyVault} from "../../src/HarmonyVault.sol";
import {PracticeUsdc} from "../../src/practice/PracticeUsdc.sol";
import {Trees} from "./Trees.sol";
import {vm} from "./Vm.sol";

/// @notice Holders, money and trees for the suites about the vault.
abstract contract VaultCase {
    using Trees for Trees.Tree;

    uint256 internal constant START = 1_800_000_000;
    uint256 internal constant DELAY = 7 days;
    uint256 internal constant UNIT = 1_000_000;
    uint256 internal constant ALICE_KEY = 0xa11ce;

    PracticeUsdc internal usdc;
    HarmonyVault internal vault;
    address internal alice = vm.addr(ALICE_KEY);
    address internal bob = address(0xb0b);
    address internal carol = address(0xca401);
    address internal operator = address(0x09e4);
    address internal guardian = address(0x64a);
    address internal stranger = address(0x571);
    bytes32[] internal noPayments;

    function setUp() public virtual {
        vm.warp(START);
        _settle(new PracticeUsdc());
    }

    function _settle(PracticeUsdc token) internal {
        usdc = token;
        vault = new HarmonyVault(usdc, guardian, operator, DELAY);
        address[3] memory holders = [alice, bob, carol];
        for (uint256 i = 0; i < 3; ++i) {
            usdc.mint(holders[i], 1_000 * UNIT);
            vm.prank(holders[i]);
            usdc.approve(address(vault), type(uint256).max);
        }
    }

    function _deposit(address account, uint256 amount) internal returns (uint256 number) {
        vm.prank(account);
        return vault.deposit(amount);
    }

    /// @dev A tree of up to three holders; those with nothing are left out only from the right.
    function _tree(uint256 ofAlice, uint256 ofBob, uint256 ofCarol) internal view returns (Trees.Tree memory) {
        address[] memory accounts = new address[](3);
        uint256[] memory amounts = new uint256[](3);
        (accounts[0], accounts[1], accounts[2]) = (alice, bob, carol);
        (amounts[0], amounts[1], amounts[2]) = (ofAlice, ofBob, ofCarol);
        return Trees.build(accounts, amounts);
    }

    function _publication(Trees.Tree memory tree, uint256 included)
        internal
        pure
        returns (IHarmonyVault.Publication memory)
    {
        return IHarmonyVault.Publication(tree.root(), tree.total(), uint32(included));
    }

    function _publish(Trees.Tree memory tree, uint256 included) internal {
        vm.warp(vm.getBlockTimestamp() + 60);
        vm.prank(operator);
        vault.publish(_publication(tree, included), noPayments);
    }

    /// @dev Alice, Bob and Carol hold 10, 20 and 30 units in epoch 1.
    function _running() internal returns (Trees.Tree memory tree) {
        _deposit(alice, 10 * UNIT);
        _deposit(bob, 20 * UNIT);
        _deposit(carol, 30 * UNIT);
        tree = _tree(10 * UNIT, 20 * UNIT, 30 * UNIT);
        _publish(tree, 3);
    }

    /// @dev One second after the vault has closed.
    function _silence() internal {
        vm.warp(uint256(vault.epoch().publishedAt) + DELAY + 1);
    }

    function _payments(address account, uint256 amount) internal pure returns (bytes32[] memory words) {
        words = new bytes32[](1);
        words[0] = bytes32(uint256(uint160(account)) << 96 | amount);
    }

    function _requireSolvent() internal view {
        (uint256 held, uint256 liabilities) = vault.reserve();
        vm.assertEq(held, liabilities);
    }
}
