// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyEscrow} from "../../src/interfaces/IHarmonyEscrow.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {EscrowCase} from "../support/EscrowCase.sol";
import {vm} from "../support/Vm.sol";

/// @notice docs/pause.md, here for the escrow. That each exit ignores a pause is said where the exit is tested.
contract PauseTest is EscrowCase {
    function test_the_owner_pauses_and_resumes() public {
        vm.prank(guardian);
        escrow.pause();
        vm.assertTrue(escrow.paused());
        vm.prank(guardian);
        escrow.unpause();
        _open(_terms());
    }

    function test_nobody_else_does() public {
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, buyer));
        vm.prank(buyer);
        escrow.pause();
        vm.prank(guardian);
        escrow.pause();
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, buyer));
        vm.prank(buyer);
        escrow.unpause();
    }
}
