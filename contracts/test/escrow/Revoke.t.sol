// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyEscrow} from "../../src/interfaces/IHarmonyEscrow.sol";
import {EscrowCase} from "../support/EscrowCase.sol";
import {vm} from "../support/Vm.sol";

/// @notice docs/revoke.md
contract RevokeTest is EscrowCase {
    function test_either_party_revokes_and_the_terms_never_open() public {
        address[2] memory parties = [buyer, seller];
        for (uint256 i = 0; i < 2; ++i) {
            IHarmonyEscrow.Terms memory terms = _terms();
            terms.salt = i;
            bytes32 id = escrow.hashTerms(terms);
            vm.expectEmit(address(escrow));
            emit IHarmonyEscrow.Revoked(id, parties[i]);
            vm.prank(parties[i]);
            escrow.revoke(terms);
            (bytes memory one, bytes memory two) = (_signed(BUYER_KEY, id), _signed(SELLER_KEY, id));
            vm.expectRevert(
                abi.encodeWithSelector(IHarmonyEscrow.WrongState.selector, id, IHarmonyEscrow.State.Revoked)
            );
            escrow.open(terms, one, two);
        }
    }

    function test_nobody_else_revokes() public {
        vm.expectRevert(_notYours(arbiter, buyer));
        vm.prank(arbiter);
        escrow.revoke(_terms());
    }

    function test_an_open_escrow_cannot_be_revoked() public {
        IHarmonyEscrow.Terms memory terms = _opened();
        bytes memory refusal = _wrongState(terms, IHarmonyEscrow.State.Working);
        vm.expectRevert(refusal);
        vm.prank(buyer);
        escrow.revoke(terms);
    }

    function test_a_pause_does_not_stop_it() public {
        vm.prank(guardian);
        escrow.pause();
        vm.prank(seller);
        escrow.revoke(_terms());
    }
}
