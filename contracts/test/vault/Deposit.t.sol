// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyVault} from "../../src/interfaces/IHarmonyVault.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {IPayouts} from "../../src/interfaces/IPayouts.sol";
import {HarmonyVault} from "../../src/HarmonyVault.sol";
import {LyingToken, TollToken} from "../support/Tokens.sol";
import {VaultCase} from "../support/VaultCase.sol";
import {vm} from "../support/Vm.sol";

/// @notice docs/deposit.md
contract DepositTest is VaultCase {
    function test_a_deposit_is_numbered_and_owed() public {
        vm.expectEmit(address(vault));
        emit IHarmonyVault.Deposited(1, alice, 5 * UNIT);
        vm.assertEq(_deposit(alice, 5 * UNIT), 1);
        vm.assertEq(_deposit(bob, 7 * UNIT), 2);
        (address account, uint96 cumulative) = vault.deposits(2);
        vm.assertEq(account, bob);
        vm.assertEq(cumulative, 12 * UNIT);
        vm.assertEq(vault.uncovered(), 12 * UNIT);
        _requireSolvent();
    }

    function test_nothing_and_too_much_are_refused() public {
        uint256[3] memory amounts = [uint256(0), uint256(1) << 96, type(uint256).max];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IHarmonyVault.AmountNotAllowed.selector, amounts[i]));
            vm.prank(alice);
            vault.deposit(amounts[i]);
        }
    }

    function test_a_token_that_takes_a_fee_and_one_that_lies_are_refused() public {
        _settle(new TollToken());
        vm.expectRevert(abi.encodeWithSelector(IPayouts.TransferNotExact.selector, 100, 99));
        vm.prank(alice);
        vault.deposit(100);
        _settle(new LyingToken());
        vm.expectRevert(abi.encodeWithSelector(IPayouts.TransferNotExact.selector, 100, 0));
        vm.prank(alice);
        vault.deposit(100);
    }

    function test_a_pause_stops_it() public {
        vm.prank(guardian);
        vault.pause();
        vm.expectRevert(Pausable.EnforcedPause.selector);
        vm.prank(alice);
        vault.deposit(UNIT);
    }

    function test_a_closed_vault_takes_nothing() public {
        vm.warp(START + DELAY);
        _deposit(alice, UNIT);
        vm.warp(START + DELAY + 1);
        vm.expectRevert(abi.encodeWithSelector(IHarmonyVault.ClosedForGood.selector, START + DELAY));
        vm.prank(alice);
        vault.deposit(UNIT);
    }

    function test_a_delay_is_between_an_hour_and_thirty_days() public {
        uint256[2] memory delays = [uint256(1 hours - 1), 30 days + 1];
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IHarmonyVault.DelayNotAllowed.selector, delays[i]));
            new HarmonyVault(usdc, guardian, operator, delays[i]);
        }
    }
}
