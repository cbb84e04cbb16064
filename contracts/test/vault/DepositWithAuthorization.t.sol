// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyVault} from "../../src/interfaces/IHarmonyVault.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {VaultCase} from "../support/VaultCase.sol";
import {vm} from "../support/Vm.sol";

/// @notice docs/depositWithAuthorization.md
contract DepositWithAuthorizationTest is VaultCase {
    bytes32 private constant NONCE = keccak256("once");

    function test_anybody_brings_it_and_the_payer_is_credited() public {
        bytes memory signature = _authorization(UNIT);
        vm.prank(stranger);
        uint256 number = vault.depositWithAuthorization(alice, UNIT, 0, START + 1, NONCE, signature);
        (address account,) = vault.deposits(number);
        vm.assertEq(account, alice);
        _requireSolvent();
    }

    function test_it_serves_once_and_for_its_payer_and_amount_only() public {
        bytes memory signature = _authorization(UNIT);
        vm.expectRevert("FiatTokenV2: invalid signature");
        vault.depositWithAuthorization(bob, UNIT, 0, START + 1, NONCE, signature);
        vm.expectRevert("FiatTokenV2: invalid signature");
        vault.depositWithAuthorization(alice, UNIT + 1, 0, START + 1, NONCE, signature);
        vault.depositWithAuthorization(alice, UNIT, 0, START + 1, NONCE, signature);
        vm.expectRevert("FiatTokenV2: authorization is used or canceled");
        vault.depositWithAuthorization(alice, UNIT, 0, START + 1, NONCE, signature);
        vm.assertEq(vault.uncovered(), UNIT);
    }

    function test_expired_is_refused() public {
        bytes memory signature = _authorization(UNIT);
        vm.warp(START + 1);
        vm.expectRevert("FiatTokenV2: authorization is expired");
        vault.depositWithAuthorization(alice, UNIT, 0, START + 1, NONCE, signature);
    }

    function test_a_pause_stops_it() public {
        bytes memory signature = _authorization(UNIT);
        vm.prank(guardian);
        vault.pause();
        vm.expectRevert(Pausable.EnforcedPause.selector);
        vault.depositWithAuthorization(alice, UNIT, 0, START + 1, NONCE, signature);
    }

    function _authorization(uint256 value) private view returns (bytes memory) {
        bytes32 structHash = keccak256(
            abi.encode(
                usdc.RECEIVE_WITH_AUTHORIZATION_TYPEHASH(), alice, address(vault), value, 0, START + 1, NONCE
            )
        );
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(ALICE_KEY, keccak256(abi.encodePacked(hex"1901", usdc.DOMAIN_SEPARATOR(), structHash)));
        return abi.encodePacked(r, s, v);
    }
}
