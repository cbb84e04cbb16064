// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyVault} from "../../src/interfaces/IHarmonyVault.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {VaultCase} from "../support/VaultCase.sol";
import {vm} from "../support/Vm.sol";

/// @notice docs/pause.md, here for the vault. That each exit ignores a pause is said where the exit is tested.
contract PauseTest is VaultCase {
    function test_the_owner_pauses_and_resumes_and_nobody_else() public {
        vm.prank(guardian);
        vault.pause();
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, operator));
        vm.prank(operator);
        vault.unpause();
        vm.prank(guardian);
        vault.unpause();
        _deposit(alice, UNIT);
    }
}
