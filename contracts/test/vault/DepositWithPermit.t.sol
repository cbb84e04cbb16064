// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyVault} from "../../src/interfaces/IHarmonyVault.sol";
import {VaultCase} from "../support/VaultCase.sol";
import {vm} from "../support/Vm.sol";

/// @notice docs/depositWithPermit.md
contract DepositWithPermitTest is VaultCase {
    function setUp() public override {
        super.setUp();
        vm.prank(alice);
        usdc.approve(address(vault), 0);
    }

    function test_a_permit_is_used_and_the_money_taken() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit();
        vm.prank(alice);
        vault.depositWithPermit(UNIT, START, v, r, s);
        vm.assertEq(vault.uncovered(), UNIT);
        _requireSolvent();
    }

    function test_a_permit_that_somebody_else_used_first_still_serves() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit();
        usdc.permit(alice, address(vault), UNIT, START, v, r, s);
        vm.prank(alice);
        vault.depositWithPermit(UNIT, START, v, r, s);
        vm.assertEq(vault.uncovered(), UNIT);
    }

    function test_somebody_elses_permit_deposits_nothing() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit();
        vm.expectRevert();
        vm.prank(stranger);
        vault.depositWithPermit(UNIT, START, v, r, s);
        vm.assertEq(vault.uncovered(), 0);
    }

    function _permit() private view returns (uint8 v, bytes32 r, bytes32 s) {
        bytes32 structHash =
            keccak256(abi.encode(usdc.PERMIT_TYPEHASH(), alice, address(vault), UNIT, usdc.nonces(alice), START));
        return vm.sign(ALICE_KEY, keccak256(abi.encodePacked(hex"1901", usdc.DOMAIN_SEPARATOR(), structHash)));
    }
}
