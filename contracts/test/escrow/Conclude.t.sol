// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyEscrow} from "../../src/interfaces/IHarmonyEscrow.sol";
import {IPayouts} from "../../src/interfaces/IPayouts.sol";
import {EscrowCase} from "../support/EscrowCase.sol";
import {CallingToken} from "../support/Tokens.sol";
import {vm} from "../support/Vm.sol";

/// @notice docs/conclude.md: the way out that needs nobody else.
contract ConcludeTest is EscrowCase {
    function test_undelivered_the_buyer_gets_everything_back() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        uint256 before = usdc.balanceOf(buyer);
        _requireTooEarlyUntil(terms, START + 1 days);
        _conclude(terms);
        vm.assertEq(usdc.balanceOf(buyer) - before, PRICE);
        _requireState(terms, IHarmonyEscrow.State.Closed);
    }

    function test_delivered_without_a_verdict_the_seller_is_paid_at_the_least_fee() public {
        IHarmonyEscrow.Terms memory terms = _submitted();
        _requireTooEarlyUntil(terms, START + 2 days);
        _conclude(terms);
        vm.assertEq(usdc.balanceOf(seller), PRICE - 500_000);
        vm.assertEq(usdc.balanceOf(house), 500_000);
        _requireState(terms, IHarmonyEscrow.State.Closed);
    }

    function test_disputed_without_a_verdict_the_seller_is_paid() public {
        IHarmonyEscrow.Terms memory terms = _disputed();
        _requireTooEarlyUntil(terms, START + 7 days);
        _conclude(terms);
        vm.assertEq(usdc.balanceOf(seller), PRICE - 500_000);
    }

    function test_an_unjudged_step_is_paid_and_the_next_one_starts_then() public {
        IHarmonyEscrow.Terms memory terms = _steps();
        _open(terms);
        _submit(terms);
        vm.warp(START + 30 days);
        _conclude(terms);
        vm.assertEq(_of(terms).milestone, 1);
        vm.assertEq(_of(terms).due, START + 32 days);
        vm.assertEq(usdc.balanceOf(seller), 20_000_000 - 100_000);
        vm.warp(START + 32 days + 1);
        _conclude(terms);
        _requireState(terms, IHarmonyEscrow.State.Closed);
        vm.assertEq(usdc.balanceOf(address(escrow)), 0);
    }

    function test_the_three_deadlines_never_open_two_doors_at_once() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        vm.warp(START + 1 days);
        vm.expectRevert(abi.encodeWithSelector(IHarmonyEscrow.TooEarly.selector, START + 1 days));
        escrow.conclude(terms);
        _submit(terms);
    }

    function test_a_recipient_on_the_denylist_holds_nobody_up() public {
        IHarmonyEscrow.Terms memory terms = _submitted();
        usdc.blacklist(seller);
        usdc.blacklist(house);
        vm.warp(START + 2 days + 1);
        vm.expectEmit(address(escrow));
        emit IPayouts.Kept(house, 500_000);
        _conclude(terms);
        vm.assertEq(escrow.owed(seller), PRICE - 500_000);
        vm.assertEq(escrow.owedTotal(), PRICE);
        _requireState(terms, IHarmonyEscrow.State.Closed);
    }

    function test_a_token_that_calls_back_is_paid_out_of_once() public {
        CallingToken token = new CallingToken();
        _settle(token);
        IHarmonyEscrow.Terms memory first = _opened();
        IHarmonyEscrow.Terms memory second = _terms();
        second.salt = 2;
        _open(second);
        vm.warp(START + 1 days + 1);
        token.callBefore(address(escrow), abi.encodeCall(IHarmonyEscrow.conclude, (second)));
        _conclude(first);
        vm.assertFalse(token.accepted());
        _requireState(second, IHarmonyEscrow.State.Working);
        _conclude(second);
    }

    function test_what_is_over_stays_over() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        vm.warp(START + 1 days + 1);
        _conclude(terms);
        bytes memory refusal = _wrongState(terms, IHarmonyEscrow.State.Closed);
        vm.expectRevert(refusal);
        escrow.conclude(terms);
    }

    function test_a_pause_does_not_stop_it() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        vm.prank(guardian);
        escrow.pause();
        vm.warp(START + 1 days + 1);
        _conclude(terms);
    }

    function _conclude(IHarmonyEscrow.Terms memory terms) private {
        vm.prank(stranger);
        escrow.conclude(terms);
    }

    function _requireTooEarlyUntil(IHarmonyEscrow.Terms memory terms, uint256 due) private {
        vm.warp(due);
        vm.expectRevert(abi.encodeWithSelector(IHarmonyEscrow.TooEarly.selector, due));
        escrow.conclude(terms);
        vm.warp(due + 1);
    }
}
