// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyEscrow} from "../../src/interfaces/IHarmonyEscrow.sol";
import {EscrowCase} from "../support/EscrowCase.sol";
import {vm, within} from "../support/Vm.sol";

/// @notice docs/refund.md
contract RefundTest is EscrowCase {
    function test_the_seller_gives_everything_back_without_a_fee() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        uint256 before = usdc.balanceOf(buyer);
        _refund(terms, PRICE);
        vm.assertEq(usdc.balanceOf(buyer) - before, PRICE);
        vm.assertEq(usdc.balanceOf(house), 0);
        _requireState(terms, IHarmonyEscrow.State.Closed);
    }

    function testFuzz_a_part_given_back_leaves_the_rest(uint96 amount) public {
        IHarmonyEscrow.Terms memory terms = _submitted();
        uint256 part = within(amount, 1, PRICE - 1);
        _refund(terms, part);
        vm.assertEq(_of(terms).held, PRICE - part);
        vm.assertEq(usdc.balanceOf(address(escrow)), PRICE - part);
        _requireState(terms, IHarmonyEscrow.State.Submitted);
    }

    function test_a_step_given_back_starts_the_next() public {
        IHarmonyEscrow.Terms memory terms = _steps();
        _open(terms);
        _refund(terms, 20_000_000);
        vm.assertEq(_of(terms).milestone, 1);
        vm.assertEq(_of(terms).held, 80_000_000);
    }

    function test_all_steps_are_given_back_at_once_and_not_some_of_them() public {
        IHarmonyEscrow.Terms memory terms = _steps();
        _open(terms);
        vm.expectRevert(
            abi.encodeWithSelector(IHarmonyEscrow.StepAmountNotAllowed.selector, 20_000_001, 20_000_000)
        );
        vm.prank(seller);
        escrow.refund(terms, 20_000_001);
        _refund(terms, PRICE);
        _requireState(terms, IHarmonyEscrow.State.Closed);
    }

    function test_a_seller_cannot_shift_the_amount_under_the_arbiter() public {
        IHarmonyEscrow.Terms memory terms = _disputed();
        vm.expectRevert(abi.encodeWithSelector(IHarmonyEscrow.StepAmountNotAllowed.selector, 1, PRICE));
        vm.prank(seller);
        escrow.refund(terms, 1);
        vm.prank(arbiter);
        escrow.decide(terms, 0, PRICE, 50);
    }

    function test_nobody_else_refunds() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        vm.expectRevert(_notYours(buyer, seller));
        vm.prank(buyer);
        escrow.refund(terms, PRICE);
    }

    function test_what_is_closed_or_was_never_open_has_nothing_to_give() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        bytes memory refusal = _wrongState(terms, IHarmonyEscrow.State.None);
        vm.expectRevert(refusal);
        vm.prank(seller);
        escrow.refund(terms, 0);
        _open(terms);
        _refund(terms, PRICE);
        refusal = _wrongState(terms, IHarmonyEscrow.State.Closed);
        vm.expectRevert(refusal);
        vm.prank(seller);
        escrow.refund(terms, 0);
    }

    function _refund(IHarmonyEscrow.Terms memory terms, uint256 amount) private {
        vm.prank(seller);
        escrow.refund(terms, amount);
    }
}
