// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {IHarmonyEscrow} from "../../src/interfaces/IHarmonyEscrow.sol";
import {IPayouts} from "../../src/interfaces/IPayouts.sol";
import {HarmonyEscrow} from "../../src/HarmonyEscrow.sol";
import {EscrowCase} from "../support/EscrowCase.sol";
import {CallingToken, LyingToken, TollToken} from "../support/Tokens.sol";
import {CodeWallet, RestlessWallet} from "../support/Wallets.sol";
import {vm, within} from "../support/Vm.sol";

/// @notice docs/open.md: opening from an allowance. Permits and authorizations have files of their own.
contract OpenTest is EscrowCase {
    function test_the_buyer_opens_with_the_sellers_signature() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        bytes32 id = escrow.hashTerms(terms);
        vm.expectEmit(address(escrow));
        emit IHarmonyEscrow.Opened(id, buyer, seller, PRICE, START + 1 days);
        vm.assertEq(_open(terms), id);
        IHarmonyEscrow.Escrow memory found = escrow.escrowOf(id);
        vm.assertEq(uint256(found.state), uint256(IHarmonyEscrow.State.Working));
        vm.assertEq(found.held, PRICE);
        vm.assertEq(found.due, START + 1 days);
        vm.assertEq(usdc.balanceOf(address(escrow)), PRICE);
    }

    function test_the_seller_opens_with_the_buyers_signature() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        bytes memory signature = _signed(BUYER_KEY, escrow.hashTerms(terms));
        vm.prank(seller);
        escrow.open(terms, signature, NOTHING);
        _requireState(terms, IHarmonyEscrow.State.Working);
    }

    function test_a_stranger_opens_with_both_signatures() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        bytes32 id = escrow.hashTerms(terms);
        (bytes memory one, bytes memory two) = (_signed(BUYER_KEY, id), _signed(SELLER_KEY, id));
        vm.prank(stranger);
        escrow.open(terms, one, two);
        _requireState(terms, IHarmonyEscrow.State.Working);
    }

    function test_each_signature_is_asked_for() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        bytes32 id = escrow.hashTerms(terms);
        (bytes memory one, bytes memory two) = (_signed(BUYER_KEY, id), _signed(SELLER_KEY, id));
        vm.expectRevert(abi.encodeWithSelector(IHarmonyEscrow.ConsentMissing.selector, buyer, id));
        escrow.open(terms, NOTHING, two);
        vm.expectRevert(abi.encodeWithSelector(IHarmonyEscrow.ConsentMissing.selector, seller, id));
        escrow.open(terms, one, NOTHING);
        vm.expectRevert(abi.encodeWithSelector(IHarmonyEscrow.ConsentMissing.selector, seller, id));
        escrow.open(terms, two, one);
    }

    function testFuzz_no_changed_bit_of_a_signature_is_consent(uint256 bit) public {
        IHarmonyEscrow.Terms memory terms = _terms();
        bytes32 id = escrow.hashTerms(terms);
        bytes memory signature = _signed(SELLER_KEY, id);
        bit = bit % (signature.length * 8);
        // forge-lint: disable-next-line(incorrect-shift)
        signature[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        vm.expectRevert(abi.encodeWithSelector(IHarmonyEscrow.ConsentMissing.selector, seller, id));
        vm.prank(buyer);
        escrow.open(terms, NOTHING, signature);
    }

    function test_the_mirrored_signature_is_refused() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        bytes32 id = escrow.hashTerms(terms);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(SELLER_KEY, id);
        uint256 order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        bytes memory mirrored = abi.encodePacked(r, bytes32(order - uint256(s)), v == 27 ? uint8(28) : uint8(27));
        vm.expectRevert(abi.encodeWithSelector(IHarmonyEscrow.ConsentMissing.selector, seller, id));
        vm.prank(buyer);
        escrow.open(terms, NOTHING, mirrored);
    }

    function test_a_signature_counts_on_one_chain_and_for_one_contract() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        bytes memory signature = _signed(SELLER_KEY, escrow.hashTerms(terms));
        HarmonyEscrow other = new HarmonyEscrow(usdc, guardian);
        bytes32 otherId = other.hashTerms(terms);
        vm.expectRevert(abi.encodeWithSelector(IHarmonyEscrow.ConsentMissing.selector, seller, otherId));
        vm.prank(buyer);
        other.open(terms, NOTHING, signature);
        vm.chainId(8453);
        bytes32 elsewhere = escrow.hashTerms(terms);
        vm.expectRevert(abi.encodeWithSelector(IHarmonyEscrow.ConsentMissing.selector, seller, elsewhere));
        vm.prank(buyer);
        escrow.open(terms, NOTHING, signature);
    }

    function test_the_same_terms_open_once_even_after_they_ended() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        bytes memory signature = _signed(SELLER_KEY, escrow.hashTerms(terms));
        bytes memory refusal = _wrongState(terms, IHarmonyEscrow.State.Working);
        vm.expectRevert(refusal);
        vm.prank(buyer);
        escrow.open(terms, NOTHING, signature);
        vm.prank(seller);
        escrow.refund(terms, PRICE);
        refusal = _wrongState(terms, IHarmonyEscrow.State.Closed);
        vm.expectRevert(refusal);
        vm.prank(buyer);
        escrow.open(terms, NOTHING, signature);
    }

    function test_the_last_second_is_still_in_time() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        vm.warp(terms.openBy);
        _open(terms);
        terms.salt = 2;
        bytes memory signature = _signed(SELLER_KEY, escrow.hashTerms(terms));
        vm.warp(uint256(terms.openBy) + 1);
        vm.expectRevert(_tooLate(terms.openBy));
        vm.prank(buyer);
        escrow.open(terms, NOTHING, signature);
    }

    function test_a_wallet_of_code_consents_by_its_code() public {
        CodeWallet wallet = new CodeWallet(seller);
        IHarmonyEscrow.Terms memory terms = _terms();
        terms.seller = address(wallet);
        _open(terms);
        _requireState(terms, IHarmonyEscrow.State.Working);
    }

    function test_a_wallet_that_acts_while_asked_gains_nothing() public {
        RestlessWallet wallet = new RestlessWallet(address(escrow));
        IHarmonyEscrow.Terms memory terms = _terms();
        terms.seller = address(wallet);
        wallet.aim(abi.encodeCall(IHarmonyEscrow.refund, (terms, PRICE)));
        bytes memory any = NOTHING;
        vm.prank(buyer);
        bytes32 id = escrow.open(terms, NOTHING, any);
        vm.assertEq(escrow.escrowOf(id).held, PRICE);
        vm.assertEq(usdc.balanceOf(address(escrow)), PRICE);
    }

    function test_a_key_that_lent_itself_code_still_signs() public {
        vm.etch(seller, address(new RestlessWallet(address(escrow))).code);
        _open(_terms());
    }

    function test_a_token_that_takes_a_fee_is_refused() public {
        _settle(new TollToken());
        IHarmonyEscrow.Terms memory terms = _terms();
        bytes memory signature = _signed(SELLER_KEY, escrow.hashTerms(terms));
        vm.expectRevert(abi.encodeWithSelector(IPayouts.TransferNotExact.selector, PRICE, PRICE - PRICE / 100));
        vm.prank(buyer);
        escrow.open(terms, NOTHING, signature);
    }

    function test_a_token_that_lies_is_refused() public {
        _settle(new LyingToken());
        IHarmonyEscrow.Terms memory terms = _terms();
        bytes memory signature = _signed(SELLER_KEY, escrow.hashTerms(terms));
        vm.expectRevert(abi.encodeWithSelector(IPayouts.TransferNotExact.selector, PRICE, 0));
        vm.prank(buyer);
        escrow.open(terms, NOTHING, signature);
    }

    function test_a_token_that_calls_back_finds_the_door_closed() public {
        CallingToken token = new CallingToken();
        _settle(token);
        IHarmonyEscrow.Terms memory terms = _terms();
        bytes memory signature = _signed(SELLER_KEY, escrow.hashTerms(terms));
        token.callBefore(address(escrow), abi.encodeCall(IHarmonyEscrow.conclude, (terms)));
        vm.prank(buyer);
        escrow.open(terms, NOTHING, signature);
        vm.assertEq(token.called(), address(0));
        vm.assertFalse(token.accepted());
        vm.assertEq(_of(terms).held, PRICE);
    }

    function test_a_pause_stops_new_escrows() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        bytes memory signature = _signed(SELLER_KEY, escrow.hashTerms(terms));
        vm.prank(guardian);
        escrow.pause();
        vm.expectRevert(Pausable.EnforcedPause.selector);
        vm.prank(buyer);
        escrow.open(terms, NOTHING, signature);
    }

    function test_who_cannot_be_a_party_is_named() public {
        address[3] memory never = [address(0), address(escrow), address(usdc)];
        for (uint256 i = 0; i < never.length; ++i) {
            IHarmonyEscrow.Terms memory terms = _terms();
            terms.buyer = never[i];
            _refused(terms, _partyNotAllowed(never[i]));
            terms = _terms();
            terms.seller = never[i];
            _refused(terms, _partyNotAllowed(never[i]));
            terms = _terms();
            terms.feeRecipient = never[i];
            _refused(terms, _partyNotAllowed(never[i]));
        }
    }

    function test_nobody_is_two_sides_at_once() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        terms.seller = buyer;
        _refused(terms, _partyNotAllowed(buyer));
        terms = _terms();
        terms.arbiter = buyer;
        _refused(terms, _partyNotAllowed(buyer));
        terms.arbiter = seller;
        _refused(terms, _partyNotAllowed(seller));
    }

    function test_spans_have_bounds() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        terms.reviewSeconds = 59;
        _refused(terms, abi.encodeWithSelector(IHarmonyEscrow.SpanNotAllowed.selector, 59));
        terms = _terms();
        terms.arbitrationSeconds = 366 days + 1;
        _refused(terms, abi.encodeWithSelector(IHarmonyEscrow.SpanNotAllowed.selector, 366 days + 1));
        terms = _terms();
        terms.milestones[0].deliverSeconds = 0;
        _refused(terms, abi.encodeWithSelector(IHarmonyEscrow.SpanNotAllowed.selector, 0));
        terms = _terms();
        (terms.reviewSeconds, terms.arbitrationSeconds) = (60, 366 days);
        _open(terms);
    }

    function test_fees_have_bounds() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        terms.minFeeBps = 201;
        _refused(terms, abi.encodeWithSelector(IHarmonyEscrow.FeeBoundsNotAllowed.selector, 201, 200));
        terms = _terms();
        terms.maxFeeBps = 1_001;
        _refused(terms, abi.encodeWithSelector(IHarmonyEscrow.FeeBoundsNotAllowed.selector, 50, 1_001));
        terms.maxFeeBps = 1_000;
        _open(terms);
    }

    function test_no_fee_needs_no_recipient_and_no_arbiter_needs_no_span() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        (terms.minFeeBps, terms.maxFeeBps, terms.feeRecipient) = (0, 0, address(0));
        (terms.arbiter, terms.arbitrationSeconds) = (address(0), 0);
        _open(terms);
    }

    function test_steps_are_counted_and_each_pays_something() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        terms.milestones = new IHarmonyEscrow.Milestone[](0);
        _refused(terms, abi.encodeWithSelector(IHarmonyEscrow.MilestoneCountNotAllowed.selector, 0));
        terms.milestones = new IHarmonyEscrow.Milestone[](33);
        _refused(terms, abi.encodeWithSelector(IHarmonyEscrow.MilestoneCountNotAllowed.selector, 33));
        terms = _steps();
        terms.milestones[1].amount = 0;
        _refused(terms, abi.encodeWithSelector(IHarmonyEscrow.AmountNotAllowed.selector, 0));
    }

    function test_thirty_two_steps_are_allowed() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        terms.milestones = new IHarmonyEscrow.Milestone[](32);
        for (uint256 i = 0; i < 32; ++i) {
            terms.milestones[i] = IHarmonyEscrow.Milestone(1, 60);
        }
        _open(terms);
        vm.assertEq(_of(terms).held, 32);
    }

    function test_an_escrow_takes_one_slot() public {
        vm.record();
        bytes32 id = _open(_terms());
        (, bytes32[] memory writes) = vm.accesses(address(escrow));
        bytes32 slot = writes[0];
        for (uint256 i = 1; i < writes.length; ++i) {
            vm.assertEq(writes[i], slot);
        }
        vm.assertTrue(vm.load(address(escrow), slot) != 0 && id != 0);
    }

    function _partyNotAllowed(address party) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IHarmonyEscrow.PartyNotAllowed.selector, party);
    }

    function _refused(IHarmonyEscrow.Terms memory terms, bytes memory refusal) private {
        bytes32 id = escrow.hashTerms(terms);
        (bytes memory one, bytes memory two) = (_signed(BUYER_KEY, id), _signed(SELLER_KEY, id));
        vm.expectRevert(refusal);
        escrow.open(terms, one, two);
    }
}
