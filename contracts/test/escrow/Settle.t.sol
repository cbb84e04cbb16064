// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyEscrow} from "../../src/interfaces/IHarmonyEscrow.sol";
import {EscrowCase} from "../support/EscrowCase.sol";
import {vm} from "../support/Vm.sol";

/// @notice docs/settle.md
contract SettleTest is EscrowCase {
    function test_both_signatures_divide_what_is_held_in_every_open_state() public {
        for (uint256 i = 0; i < 3; ++i) {
            IHarmonyEscrow.Terms memory terms = _terms();
            terms.salt = i;
            _open(terms);
            if (i > 0) _submit(terms);
            if (i > 1) {
                vm.prank(buyer);
                escrow.dispute(terms);
            }
            _settleBy(stranger, terms, _settlement(terms, 60_000_000, 40_000_000));
            _requireState(terms, IHarmonyEscrow.State.Closed);
        }
        vm.assertEq(usdc.balanceOf(seller), 3 * (60_000_000 - 300_000));
        vm.assertEq(usdc.balanceOf(address(escrow)), 0);
    }

    function test_a_party_that_calls_need_not_sign() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        IHarmonyEscrow.Settlement memory settlement = _settlement(terms, 0, PRICE);
        bytes memory signature = _signed(SELLER_KEY, escrow.hashSettlement(settlement));
        vm.prank(buyer);
        escrow.settle(terms, settlement, NOTHING, signature);
        _requireState(terms, IHarmonyEscrow.State.Closed);
    }

    function test_each_signature_is_asked_for() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        IHarmonyEscrow.Settlement memory settlement = _settlement(terms, 0, PRICE);
        bytes32 hash = escrow.hashSettlement(settlement);
        (bytes memory one, bytes memory two) = (_signed(BUYER_KEY, hash), _signed(SELLER_KEY, hash));
        vm.expectRevert(abi.encodeWithSelector(IHarmonyEscrow.ConsentMissing.selector, buyer, hash));
        escrow.settle(terms, settlement, NOTHING, two);
        vm.expectRevert(abi.encodeWithSelector(IHarmonyEscrow.ConsentMissing.selector, seller, hash));
        escrow.settle(terms, settlement, one, one);
    }

    function test_a_signature_of_the_terms_settles_nothing() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        IHarmonyEscrow.Settlement memory settlement = _settlement(terms, 0, PRICE);
        bytes32 hash = escrow.hashSettlement(settlement);
        bytes memory signature = _signed(SELLER_KEY, escrow.hashTerms(terms));
        vm.expectRevert(abi.encodeWithSelector(IHarmonyEscrow.ConsentMissing.selector, seller, hash));
        vm.prank(buyer);
        escrow.settle(terms, settlement, NOTHING, signature);
    }

    function test_a_settlement_of_another_escrow_is_refused() public {
        IHarmonyEscrow.Terms memory first = _opened();
        IHarmonyEscrow.Terms memory second = _terms();
        second.salt = 2;
        _open(second);
        IHarmonyEscrow.Settlement memory settlement = _settlement(first, 0, PRICE);
        bytes memory refusal = abi.encodeWithSelector(
            IHarmonyEscrow.OtherEscrow.selector, escrow.hashTerms(first), escrow.hashTerms(second)
        );
        vm.expectRevert(refusal);
        escrow.settle(second, settlement, NOTHING, NOTHING);
    }

    function test_a_settlement_expires_and_its_last_second_counts() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        IHarmonyEscrow.Settlement memory settlement = _settlement(terms, 0, PRICE);
        vm.warp(uint256(settlement.validUntil) + 1);
        vm.expectRevert(_tooLate(settlement.validUntil));
        escrow.settle(terms, settlement, NOTHING, NOTHING);
        vm.warp(settlement.validUntil);
        _settleBy(stranger, terms, settlement);
    }

    function test_money_that_moved_meanwhile_makes_the_settlement_void() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        IHarmonyEscrow.Settlement memory settlement = _settlement(terms, 50_000_000, 50_000_000);
        vm.prank(buyer);
        escrow.release(terms, 1, 50);
        vm.expectRevert(
            abi.encodeWithSelector(IHarmonyEscrow.SplitNotExact.selector, 50_000_000, 50_000_000, PRICE - 1)
        );
        escrow.settle(terms, settlement, NOTHING, NOTHING);
    }

    function test_the_signed_fee_bounds_hold_here_too() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        IHarmonyEscrow.Settlement memory settlement = _settlement(terms, 0, PRICE);
        settlement.feeBps = 49;
        vm.expectRevert(abi.encodeWithSelector(IHarmonyEscrow.FeeOutOfBounds.selector, 49, 50, 200));
        escrow.settle(terms, settlement, NOTHING, NOTHING);
    }

    function test_nothing_is_settled_twice() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        IHarmonyEscrow.Settlement memory settlement = _settlement(terms, 0, PRICE);
        _settleBy(stranger, terms, settlement);
        bytes memory refusal = _wrongState(terms, IHarmonyEscrow.State.Closed);
        vm.expectRevert(refusal);
        escrow.settle(terms, settlement, NOTHING, NOTHING);
    }

    function _settlement(IHarmonyEscrow.Terms memory terms, uint96 toSeller, uint96 toBuyer)
        private
        view
        returns (IHarmonyEscrow.Settlement memory)
    {
        return IHarmonyEscrow.Settlement(escrow.hashTerms(terms), toSeller, toBuyer, 50, uint40(START + 1 days));
    }

    function _settleBy(
        address caller,
        IHarmonyEscrow.Terms memory terms,
        IHarmonyEscrow.Settlement memory settlement
    ) private {
        bytes32 hash = escrow.hashSettlement(settlement);
        (bytes memory one, bytes memory two) = (_signed(BUYER_KEY, hash), _signed(SELLER_KEY, hash));
        vm.prank(caller);
        escrow.settle(terms, settlement, one, two);
    }
}
