// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyEscrow} from "../../src/interfaces/IHarmonyEscrow.sol";
import {EscrowCase} from "../support/EscrowCase.sol";
import {vm} from "../support/Vm.sol";

/// @notice docs/submit.md
contract SubmitTest is EscrowCase {
    function test_the_seller_submits_and_the_review_begins() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        bytes32 id = escrow.hashTerms(terms);
        vm.warp(START + 5);
        vm.expectEmit(address(escrow));
        emit IHarmonyEscrow.Submitted(id, 0, keccak256("the work"), START + 5 + 2 days);
        _submit(terms);
        IHarmonyEscrow.Escrow memory found = _of(terms);
        vm.assertEq(uint256(found.state), uint256(IHarmonyEscrow.State.Submitted));
        vm.assertEq(found.due, START + 5 + 2 days);
        vm.assertTrue(found.submission == bytes13(keccak256("the work")));
    }

    function test_the_last_second_is_still_in_time() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        vm.warp(START + 1 days + 1);
        vm.expectRevert(_tooLate(START + 1 days));
        vm.prank(seller);
        escrow.submit(terms, keccak256("the work"));
        vm.warp(START + 1 days);
        _submit(terms);
    }

    function test_nobody_else_submits() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        vm.expectRevert(_notYours(buyer, seller));
        vm.prank(buyer);
        escrow.submit(terms, keccak256("the work"));
    }

    function test_what_was_submitted_is_not_exchanged_under_review() public {
        IHarmonyEscrow.Terms memory terms = _submitted();
        bytes memory refusal = _wrongState(terms, IHarmonyEscrow.State.Submitted);
        vm.expectRevert(refusal);
        vm.prank(seller);
        escrow.submit(terms, keccak256("something else"));
    }

    function test_nothing_is_no_submission() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        vm.expectRevert(IHarmonyEscrow.SubmissionEmpty.selector);
        vm.prank(seller);
        escrow.submit(terms, 0);
    }

    function test_terms_that_were_never_opened_take_nothing() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        terms.reviewSeconds += 1;
        bytes memory refusal = _wrongState(terms, IHarmonyEscrow.State.None);
        vm.expectRevert(refusal);
        vm.prank(seller);
        escrow.submit(terms, keccak256("the work"));
    }
}
