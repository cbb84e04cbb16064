// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyEscrow} from "../../src/interfaces/IHarmonyEscrow.sol";
import {EscrowCase} from "../support/EscrowCase.sol";
import {vm, within} from "../support/Vm.sol";

/// @notice docs/decide.md
contract DecideTest is EscrowCase {
    function testFuzz_the_arbiter_divides_exactly_what_is_held(uint96 share, uint16 feeBps) public {
        IHarmonyEscrow.Terms memory terms = _disputed();
        uint256 toSeller = within(share, 0, PRICE);
        uint256 fee = toSeller * within(feeBps, 50, 200) / 10_000;
        uint256 before = usdc.balanceOf(buyer);
        vm.prank(arbiter);
        escrow.decide(terms, toSeller, PRICE - toSeller, within(feeBps, 50, 200));
        vm.assertEq(usdc.balanceOf(seller), toSeller - fee);
        vm.assertEq(usdc.balanceOf(house), fee);
        vm.assertEq(usdc.balanceOf(buyer) - before, PRICE - toSeller);
        _requireState(terms, IHarmonyEscrow.State.Closed);
    }

    function test_a_split_of_more_or_less_is_refused() public {
        IHarmonyEscrow.Terms memory terms = _disputed();
        uint256[2][4] memory splits =
            [[uint256(PRICE), 1], [uint256(0), PRICE - 1], [type(uint256).max, 0], [uint256(1), type(uint256).max]];
        for (uint256 i = 0; i < splits.length; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(IHarmonyEscrow.SplitNotExact.selector, splits[i][0], splits[i][1], PRICE)
            );
            vm.prank(arbiter);
            escrow.decide(terms, splits[i][0], splits[i][1], 50);
        }
    }

    function test_later_steps_are_divided_with_the_one_at_hand() public {
        IHarmonyEscrow.Terms memory terms = _steps();
        _open(terms);
        _submit(terms);
        vm.prank(buyer);
        escrow.dispute(terms);
        vm.prank(arbiter);
        escrow.decide(terms, 20_000_000, 80_000_000, 50);
        _requireState(terms, IHarmonyEscrow.State.Closed);
    }

    function test_the_last_second_is_still_in_time() public {
        IHarmonyEscrow.Terms memory terms = _disputed();
        vm.warp(START + 7 days + 1);
        vm.expectRevert(_tooLate(START + 7 days));
        vm.prank(arbiter);
        escrow.decide(terms, PRICE, 0, 50);
        vm.warp(START + 7 days);
        vm.prank(arbiter);
        escrow.decide(terms, PRICE, 0, 50);
    }

    function test_nobody_else_decides_and_nothing_undisputed_is_decided() public {
        IHarmonyEscrow.Terms memory terms = _submitted();
        bytes memory refusal = _wrongState(terms, IHarmonyEscrow.State.Submitted);
        vm.expectRevert(refusal);
        vm.prank(arbiter);
        escrow.decide(terms, PRICE, 0, 50);
        vm.expectRevert(_notYours(seller, arbiter));
        vm.prank(seller);
        escrow.decide(terms, PRICE, 0, 50);
    }

    function test_the_arbiter_keeps_to_the_signed_fee() public {
        IHarmonyEscrow.Terms memory terms = _disputed();
        vm.expectRevert(abi.encodeWithSelector(IHarmonyEscrow.FeeOutOfBounds.selector, 201, 50, 200));
        vm.prank(arbiter);
        escrow.decide(terms, PRICE, 0, 201);
    }
}
