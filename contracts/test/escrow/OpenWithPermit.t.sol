// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyEscrow} from "../../src/interfaces/IHarmonyEscrow.sol";
import {EscrowCase} from "../support/EscrowCase.sol";
import {vm} from "../support/Vm.sol";

/// @notice docs/openWithPermit.md
contract OpenWithPermitTest is EscrowCase {
    function setUp() public override {
        super.setUp();
        vm.prank(buyer);
        usdc.approve(address(escrow), 0);
    }

    function test_a_relayer_opens_with_the_buyers_two_signatures() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        _openBy(stranger, terms, _permit(PRICE, START));
        vm.assertEq(usdc.balanceOf(address(escrow)), PRICE);
        vm.assertEq(usdc.allowance(buyer, address(escrow)), 0);
    }

    function test_a_permit_that_somebody_else_used_first_still_serves() public {
        IHarmonyEscrow.Permit memory permit = _permit(PRICE, START);
        vm.prank(stranger);
        usdc.permit(buyer, address(escrow), PRICE, permit.deadline, permit.v, permit.r, permit.s);
        _openBy(stranger, _terms(), permit);
        vm.assertEq(usdc.balanceOf(address(escrow)), PRICE);
    }

    function test_an_expired_permit_or_one_for_less_opens_nothing() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        _refused(terms, _permit(PRICE, START - 1));
        _refused(terms, _permit(PRICE - 1, START));
        _requireState(terms, IHarmonyEscrow.State.None);
    }

    function test_a_permit_alone_is_no_consent() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        IHarmonyEscrow.Permit memory permit = _permit(PRICE, START);
        bytes32 id = escrow.hashTerms(terms);
        bytes memory signature = _signed(SELLER_KEY, id);
        vm.expectRevert(abi.encodeWithSelector(IHarmonyEscrow.ConsentMissing.selector, buyer, id));
        vm.prank(seller);
        escrow.openWithPermit(terms, permit, NOTHING, signature);
    }

    function test_a_pause_stops_it() public {
        vm.prank(guardian);
        escrow.pause();
        _refused(_terms(), _permit(PRICE, START));
    }

    function _openBy(address caller, IHarmonyEscrow.Terms memory terms, IHarmonyEscrow.Permit memory permit) private {
        bytes32 id = escrow.hashTerms(terms);
        (bytes memory one, bytes memory two) = (_signed(BUYER_KEY, id), _signed(SELLER_KEY, id));
        vm.prank(caller);
        escrow.openWithPermit(terms, permit, one, two);
    }

    function _refused(IHarmonyEscrow.Terms memory terms, IHarmonyEscrow.Permit memory permit) private {
        bytes32 id = escrow.hashTerms(terms);
        (bytes memory one, bytes memory two) = (_signed(BUYER_KEY, id), _signed(SELLER_KEY, id));
        vm.expectRevert();
        escrow.openWithPermit(terms, permit, one, two);
    }

    function _permit(uint256 value, uint256 deadline) private view returns (IHarmonyEscrow.Permit memory permit) {
        bytes32 structHash = keccak256(
            abi.encode(usdc.PERMIT_TYPEHASH(), buyer, address(escrow), value, usdc.nonces(buyer), deadline)
        );
        permit.deadline = deadline;
        (permit.v, permit.r, permit.s) =
            vm.sign(BUYER_KEY, keccak256(abi.encodePacked(hex"1901", usdc.DOMAIN_SEPARATOR(), structHash)));
    }
}
