// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyEscrow} from "../../src/interfaces/IHarmonyEscrow.sol";
import {EscrowCase} from "../support/EscrowCase.sol";
import {vm, within} from "../support/Vm.sol";

/// @notice docs/release.md
contract ReleaseTest is EscrowCase {
    function test_the_seller_is_paid_less_the_fee() public {
        IHarmonyEscrow.Terms memory terms = _submitted();
        bytes32 id = escrow.hashTerms(terms);
        vm.expectEmit(address(escrow));
        emit IHarmonyEscrow.Released(id, 0, PRICE, 1_000_000);
        vm.expectEmit(address(escrow));
        emit IHarmonyEscrow.Closed(id);
        _release(terms, PRICE, 100);
        vm.assertEq(usdc.balanceOf(seller), 99_000_000);
        vm.assertEq(usdc.balanceOf(house), 1_000_000);
        vm.assertEq(usdc.balanceOf(address(escrow)), 0);
        _requireState(terms, IHarmonyEscrow.State.Closed);
    }

    function test_the_buyer_may_pay_before_anything_is_submitted_and_in_a_dispute() public {
        _release(_opened(), PRICE, 50);
        IHarmonyEscrow.Terms memory terms = _terms();
        terms.salt = 2;
        _open(terms);
        _submit(terms);
        vm.prank(buyer);
        escrow.dispute(terms);
        _release(terms, PRICE, 50);
        vm.assertEq(usdc.balanceOf(seller), 2 * (uint256(PRICE) - 500_000));
    }

    function testFuzz_parts_add_up_whatever_they_are(uint96 part, uint16 feeBps) public {
        IHarmonyEscrow.Terms memory terms = _submitted();
        uint256 first = within(part, 1, PRICE - 1);
        uint256 fee = within(feeBps, 50, 200);
        _release(terms, first, fee);
        vm.assertEq(_of(terms).held, PRICE - first);
        _requireState(terms, IHarmonyEscrow.State.Submitted);
        _release(terms, PRICE - first, fee);
        vm.assertEq(usdc.balanceOf(seller) + usdc.balanceOf(house), PRICE);
        vm.assertLe(usdc.balanceOf(house), PRICE * fee / 10_000, "fees round in the seller's favour");
        vm.assertLe(PRICE * fee / 10_000, usdc.balanceOf(house) + 1, "by less than one unit a release");
        _requireState(terms, IHarmonyEscrow.State.Closed);
    }

    function test_a_fee_outside_the_signed_bounds_is_refused() public {
        IHarmonyEscrow.Terms memory terms = _submitted();
        uint256[2] memory outside = [uint256(49), 201];
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IHarmonyEscrow.FeeOutOfBounds.selector, outside[i], 50, 200));
            vm.prank(buyer);
            escrow.release(terms, PRICE, outside[i]);
        }
    }

    function test_nothing_and_too_much_are_refused() public {
        IHarmonyEscrow.Terms memory terms = _submitted();
        uint256[3] memory amounts = [uint256(0), uint256(PRICE) + 1, type(uint256).max];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(IHarmonyEscrow.StepAmountNotAllowed.selector, amounts[i], PRICE)
            );
            vm.prank(buyer);
            escrow.release(terms, amounts[i], 50);
        }
    }

    function test_a_disputed_step_is_released_whole_or_not_at_all() public {
        IHarmonyEscrow.Terms memory terms = _disputed();
        vm.expectRevert(abi.encodeWithSelector(IHarmonyEscrow.StepAmountNotAllowed.selector, 1, PRICE));
        vm.prank(buyer);
        escrow.release(terms, 1, 50);
    }

    function test_nobody_else_releases() public {
        IHarmonyEscrow.Terms memory terms = _submitted();
        vm.expectRevert(_notYours(seller, buyer));
        vm.prank(seller);
        escrow.release(terms, PRICE, 50);
    }

    function test_nothing_is_released_twice() public {
        IHarmonyEscrow.Terms memory terms = _submitted();
        _release(terms, PRICE, 50);
        bytes memory refusal = _wrongState(terms, IHarmonyEscrow.State.Closed);
        vm.expectRevert(refusal);
        vm.prank(buyer);
        escrow.release(terms, PRICE, 50);
    }

    function test_steps_follow_one_another_each_with_its_own_time() public {
        IHarmonyEscrow.Terms memory terms = _steps();
        bytes32 id = _open(terms);
        _submit(terms);
        vm.warp(START + 3 days);
        vm.expectEmit(address(escrow));
        emit IHarmonyEscrow.MilestoneStarted(id, 1, START + 5 days);
        _release(terms, 20_000_000, 50);
        IHarmonyEscrow.Escrow memory found = _of(terms);
        vm.assertEq(uint256(found.state), uint256(IHarmonyEscrow.State.Working));
        vm.assertEq(found.milestone, 1);
        vm.assertEq(found.held, 80_000_000);
        vm.expectRevert(
            abi.encodeWithSelector(IHarmonyEscrow.StepAmountNotAllowed.selector, 30_000_001, 30_000_000)
        );
        vm.prank(buyer);
        escrow.release(terms, 30_000_001, 50);
        _release(terms, 30_000_000, 50);
        _submit(terms);
        _release(terms, 50_000_000, 50);
        _requireState(terms, IHarmonyEscrow.State.Closed);
        vm.assertEq(usdc.balanceOf(seller) + usdc.balanceOf(house), PRICE);
    }

    function test_a_pause_does_not_stop_it() public {
        IHarmonyEscrow.Terms memory terms = _submitted();
        vm.prank(guardian);
        escrow.pause();
        _release(terms, PRICE, 50);
    }

    function _release(IHarmonyEscrow.Terms memory terms, uint256 amount, uint256 feeBps) private {
        vm.prank(buyer);
        escrow.release(terms, amount, feeBps);
    }
}
