// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyEscrow} from "../../src/interfaces/IHarmonyEscrow.sol";
import {IPayouts} from "../../src/interfaces/IPayouts.sol";
import {EscrowCase} from "../support/EscrowCase.sol";
import {vm} from "../support/Vm.sol";

/// @notice docs/claim.md, here for the escrow.
contract ClaimTest is EscrowCase {
    function test_anybody_sends_what_is_kept_to_its_recipient_once() public {
        _kept();
        usdc.unBlacklist(seller);
        vm.expectEmit(address(escrow));
        emit IPayouts.Claimed(seller, PRICE - 500_000);
        vm.prank(stranger);
        escrow.claim(seller);
        vm.assertEq(usdc.balanceOf(seller), PRICE - 500_000);
        vm.assertEq(escrow.owedTotal(), 0);
        vm.assertEq(usdc.balanceOf(address(escrow)), 0);
        vm.expectRevert(abi.encodeWithSelector(IPayouts.NothingOwed.selector, seller));
        escrow.claim(seller);
    }

    function test_a_claim_that_is_still_refused_changes_nothing() public {
        _kept();
        vm.expectRevert(abi.encodeWithSelector(IPayouts.StillRefused.selector, seller));
        escrow.claim(seller);
        vm.assertEq(escrow.owed(seller), PRICE - 500_000);
    }

    function test_a_paused_token_delays_and_loses_nothing() public {
        IHarmonyEscrow.Terms memory terms = _submitted();
        usdc.setPaused(true);
        vm.prank(buyer);
        escrow.release(terms, PRICE, 50);
        usdc.setPaused(false);
        escrow.claim(seller);
        escrow.claim(house);
        vm.assertEq(usdc.balanceOf(seller) + usdc.balanceOf(house), PRICE);
    }

    function _kept() private {
        IHarmonyEscrow.Terms memory terms = _submitted();
        usdc.blacklist(seller);
        vm.prank(buyer);
        escrow.release(terms, PRICE, 50);
    }
}
