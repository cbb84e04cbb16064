// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyVault} from "../../src/interfaces/IHarmonyVault.sol";
import {Trees} from "../support/Trees.sol";
import {VaultCase} from "../support/VaultCase.sol";
import {vm} from "../support/Vm.sol";

/// @notice docs/publish.md
contract PublishTest is VaultCase {
    using Trees for Trees.Tree;

    function test_deposits_become_leaves() public {
        Trees.Tree memory tree = _running();
        IHarmonyVault.Epoch memory epoch = vault.epoch();
        vm.assertEq(epoch.number, 1);
        vm.assertEq(epoch.outstanding, 60 * UNIT);
        vm.assertEq(epoch.included, 3);
        vm.assertEq(vault.uncovered(), 0);
        vm.assertEq(vault.commitment(), keccak256(abi.encode(tree.root(), tree.total())));
        _requireSolvent();
    }

    function test_balances_move_between_holders_but_not_away() public {
        _running();
        _publish(_tree(0, 0, 60 * UNIT), 3);
        _refused(_publication(_tree(0, 0, 60 * UNIT - 1), 3), noPayments, _notConserved(60 * UNIT - 1, 60 * UNIT));
        _refused(_publication(_tree(0, 0, 60 * UNIT + 1), 3), noPayments, _notConserved(60 * UNIT + 1, 60 * UNIT));
    }

    function test_who_withdraws_is_paid_in_the_same_transaction() public {
        _running();
        vm.expectEmit(address(vault));
        Trees.Tree memory tree = _tree(10 * UNIT, 5 * UNIT, 30 * UNIT);
        emit IHarmonyVault.Published(2, tree.root(), 45 * UNIT, 3, 15 * UNIT);
        _publishAndPay(tree, 3, _payments(bob, 15 * UNIT));
        vm.assertEq(usdc.balanceOf(bob), (1_000 - 20 + 15) * UNIT);
        _requireSolvent();
    }

    function test_a_payment_nobody_withdraws_for_is_refused() public {
        _running();
        _refused(
            _publication(_tree(10 * UNIT, 20 * UNIT, 30 * UNIT), 3),
            _payments(stranger, UNIT),
            _notConserved(60 * UNIT, 59 * UNIT)
        );
        _refused(_publication(_tree(0, 0, 0), 3), _payments(stranger, 61 * UNIT), _notConserved(0, 0));
    }

    function test_a_payee_on_the_denylist_holds_nobody_up() public {
        _running();
        usdc.blacklist(bob);
        _publishAndPay(_tree(10 * UNIT, 0, 30 * UNIT), 3, _payments(bob, 20 * UNIT));
        vm.assertEq(vault.owed(bob), 20 * UNIT);
        _requireSolvent();
        usdc.unBlacklist(bob);
        vault.claim(bob);
        _requireSolvent();
    }

    function test_nobody_is_paid_at_the_vault_or_nowhere() public {
        _running();
        address[2] memory never = [address(0), address(vault)];
        for (uint256 i = 0; i < 2; ++i) {
            _refused(
                _publication(_tree(0, 0, 0), 3),
                _payments(never[i], 60 * UNIT),
                abi.encodeWithSelector(IHarmonyVault.PaymentNotAllowed.selector, never[i])
            );
        }
    }

    function test_five_hundred_payments_and_not_one_more() public {
        bytes32[] memory many = new bytes32[](501);
        _refused(
            _publication(_tree(0, 0, 0), 0), many, abi.encodeWithSelector(IHarmonyVault.TooManyPayments.selector, 501)
        );
        _deposit(alice, 500);
        many = new bytes32[](500);
        for (uint256 i = 0; i < 500; ++i) {
            many[i] = bytes32((uint256(uint160(0x1000 + i)) << 96) | 1);
        }
        _publishAndPay(_tree(0, 0, 0), 1, many);
        vm.assertEq(usdc.balanceOf(address(0x1000 + 499)), 1);
    }

    function test_nobody_else_publishes() public {
        vm.expectRevert(abi.encodeWithSelector(IHarmonyVault.NotOperator.selector, guardian));
        vm.prank(guardian);
        vault.publish(_publication(_tree(0, 0, 0), 0), noPayments);
    }

    function test_a_minute_lies_between_two_epochs() public {
        vm.warp(START + 59);
        vm.prank(operator);
        vm.expectRevert(abi.encodeWithSelector(IHarmonyVault.TooSoon.selector, START + 60));
        vault.publish(_publication(_tree(0, 0, 0), 0), noPayments);
        vm.warp(START + 60);
        vm.prank(operator);
        vault.publish(_publication(_tree(0, 0, 0), 0), noPayments);
    }

    function test_who_was_silent_too_long_never_comes_back() public {
        Trees.Tree memory tree = _running();
        uint256 last = uint256(vault.epoch().publishedAt) + DELAY;
        vm.warp(last);
        vm.assertFalse(vault.closed());
        vm.warp(last + 1);
        vm.assertTrue(vault.closed());
        vm.expectRevert(abi.encodeWithSelector(IHarmonyVault.ClosedForGood.selector, last));
        vm.prank(operator);
        vault.publish(_publication(tree, 3), noPayments);
    }

    function test_deposits_are_included_in_order_and_only_if_they_exist() public {
        _running();
        uint32[2] memory wrong = [uint32(2), 4];
        for (uint256 i = 0; i < 2; ++i) {
            _refused(
                IHarmonyVault.Publication(bytes32(0), 60 * UNIT, wrong[i]),
                noPayments,
                abi.encodeWithSelector(IHarmonyVault.InclusionNotAllowed.selector, wrong[i], 3, 3)
            );
        }
    }

    function test_deposits_may_wait_for_their_finality() public {
        _deposit(alice, 10 * UNIT);
        _deposit(bob, 20 * UNIT);
        _publish(_tree(10 * UNIT, 0, 0), 1);
        vm.assertEq(vault.uncovered(), 20 * UNIT);
        _publish(_tree(10 * UNIT, 20 * UNIT, 0), 2);
        vm.assertEq(vault.uncovered(), 0);
        _requireSolvent();
    }

    function test_a_reserve_that_the_token_took_away_is_noticed() public {
        Trees.Tree memory tree = _running();
        vm.prank(address(vault));
        usdc.transfer(stranger, 1);
        _refused(
            _publication(tree, 3),
            noPayments,
            abi.encodeWithSelector(IHarmonyVault.ReserveTooSmall.selector, 60 * UNIT - 1, 60 * UNIT)
        );
    }

    function test_a_pause_does_not_stop_it() public {
        vm.prank(guardian);
        vault.pause();
        _publish(_tree(0, 0, 0), 0);
    }

    function _notConserved(uint256 total, uint256 expected) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IHarmonyVault.NotConserved.selector, total, expected);
    }

    function _publishAndPay(Trees.Tree memory tree, uint256 included, bytes32[] memory payments) private {
        vm.warp(vm.getBlockTimestamp() + 60);
        vm.prank(operator);
        vault.publish(_publication(tree, included), payments);
    }

    function _refused(IHarmonyVault.Publication memory publication, bytes32[] memory payments, bytes memory refusal)
        private
    {
        vm.warp(vm.getBlockTimestamp() + 60);
        vm.expectRevert(refusal);
        vm.prank(operator);
        vault.publish(publication, payments);
    }
}
