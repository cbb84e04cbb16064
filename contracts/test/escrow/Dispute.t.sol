// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyEscrow} from "../../src/interfaces/IHarmonyEscrow.sol";
import {EscrowCase} from "../support/EscrowCase.sol";
import {vm} from "../support/Vm.sol";

/// @notice docs/dispute.md
contract DisputeTest is EscrowCase {
    function test_the_buyer_calls_the_arbiter() public {
        IHarmonyEscrow.Terms memory terms = _submitted();
        bytes32 id = escrow.hashTerms(terms);
        vm.expectEmit(address(escrow));
        emit IHarmonyEscrow.DisputeOpened(id, 0, START + 7 days);
        vm.prank(buyer);
        escrow.dispute(terms);
        _requireState(terms, IHarmonyEscrow.State.Disputed);
        vm.assertEq(_of(terms).due, START + 7 days);
    }

    function test_the_last_second_of_the_review_is_still_in_time() public {
        IHarmonyEscrow.Terms memory terms = _submitted();
        vm.warp(START + 2 days + 1);
        vm.expectRevert(_tooLate(START + 2 days));
        vm.prank(buyer);
        escrow.dispute(terms);
        vm.warp(START + 2 days);
        vm.prank(buyer);
        escrow.dispute(terms);
    }

    function test_only_a_submission_can_be_disputed_and_once() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        bytes memory refusal = _wrongState(terms, IHarmonyEscrow.State.Working);
        vm.expectRevert(refusal);
        vm.prank(buyer);
        escrow.dispute(terms);
        _submit(terms);
        vm.prank(buyer);
        escrow.dispute(terms);
        refusal = _wrongState(terms, IHarmonyEscrow.State.Disputed);
        vm.expectRevert(refusal);
        vm.prank(buyer);
        escrow.dispute(terms);
    }

    function test_nobody_else_disputes() public {
        IHarmonyEscrow.Terms memory terms = _submitted();
        vm.expectRevert(_notYours(seller, buyer));
        vm.prank(seller);
        escrow.dispute(terms);
    }

    function test_without_an_arbiter_there_is_no_dispute() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        (terms.arbiter, terms.arbitrationSeconds) = (address(0), 0);
        _open(terms);
        _submit(terms);
        vm.expectRevert(IHarmonyEscrow.NoArbiter.selector);
        vm.prank(buyer);
        escrow.dispute(terms);
    }
}
