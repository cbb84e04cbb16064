// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyVault} from "../../src/interfaces/IHarmonyVault.sol";
import {Trees} from "../support/Trees.sol";
import {VaultCase} from "../support/VaultCase.sol";
import {vm, within} from "../support/Vm.sol";

/// @notice docs/reclaim.md
contract ReclaimTest is VaultCase {
    using Trees for Trees.Tree;

    function test_a_deposit_that_no_epoch_includes_comes_back() public {
        Trees.Tree memory tree = _running();
        uint256 number = _deposit(alice, 5 * UNIT);
        _silence();
        vm.expectEmit(address(vault));
        emit IHarmonyVault.Reclaimed(number, alice, 5 * UNIT);
        vm.prank(stranger);
        vault.reclaim(number);
        for (uint256 i = 0; i < 3; ++i) {
            vault.exit(1, tree.leaf(i));
        }
        vm.assertEq(usdc.balanceOf(address(vault)), 0);
        vm.assertEq(usdc.balanceOf(alice), 1_000 * UNIT);
    }

    function test_nothing_is_taken_back_twice_or_out_of_a_leaf_or_out_of_nothing() public {
        _running();
        uint256 number = _deposit(alice, 5 * UNIT);
        _silence();
        vault.reclaim(number);
        uint256[4] memory numbers = [number, 1, 0, 99];
        for (uint256 i = 0; i < 4; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IHarmonyVault.NothingToReclaim.selector, numbers[i]));
            vault.reclaim(numbers[i]);
        }
    }

    function test_an_operator_who_ignores_a_deposit_gives_it_back_and_goes_on() public {
        _running();
        uint256 first = _deposit(alice, 5 * UNIT);
        uint256 second = _deposit(bob, 7 * UNIT);
        uint256 asked = vm.getBlockTimestamp();
        vm.prank(alice);
        vault.requestExit();
        vm.expectRevert(abi.encodeWithSelector(IHarmonyVault.NotYet.selector, asked + DELAY, asked + 2 * DELAY));
        vault.reclaim(first);
        vm.warp(asked + DELAY - 60);
        _publish(_tree(10 * UNIT, 20 * UNIT, 30 * UNIT), 3);
        vm.warp(asked + DELAY + 61);
        vault.reclaim(first);
        vm.expectRevert(abi.encodeWithSelector(IHarmonyVault.NotYet.selector, 0, 0));
        vault.reclaim(second);
        vm.assertEq(usdc.balanceOf(alice), 990 * UNIT);
        _requireSolvent();
        vm.prank(operator);
        vm.expectRevert(abi.encodeWithSelector(IHarmonyVault.InclusionNotAllowed.selector, 3, 4, 5));
        vault.publish(_publication(_tree(10 * UNIT, 20 * UNIT, 30 * UNIT), 3), noPayments);
        _publish(_tree(10 * UNIT, 27 * UNIT, 30 * UNIT), 5);
        vm.assertEq(vault.uncovered(), 0);
        _requireSolvent();
    }

    function testFuzz_whatever_was_taken_back_the_rest_is_conserved(uint8 which, uint96[4] memory amounts) public {
        uint256 left = 0;
        for (uint256 i = 0; i < 4; ++i) {
            amounts[i] = uint96(within(amounts[i], 1, 100 * UNIT));
            _deposit(i % 2 == 0 ? alice : bob, amounts[i]);
        }
        vm.prank(alice);
        vault.requestExit();
        vm.warp(START + DELAY - 120);
        _publish(_tree(0, 0, 0), 0);
        vm.warp(START + DELAY + 1);
        for (uint256 i = 0; i < 4; ++i) {
            bool taken = i % 2 == 0 && (which >> i) & 1 == 1;
            if (taken) vault.reclaim(i + 1);
            else left += amounts[i];
        }
        _requireSolvent();
        _publish(_tree(left, 0, 0), 4);
        vm.assertEq(vault.uncovered(), 0);
        vm.assertEq(vault.epoch().outstanding, left);
        _requireSolvent();
    }
}
