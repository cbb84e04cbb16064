// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {PracticeUsdc} from "../../src/practice/PracticeUsdc.sol";
import {vm} from "../support/Vm.sol";

/// @notice The cases in which USDC refuses an authorization or a permit, met by the token that stands in for it.
contract UsdcTest {
    uint256 private constant KEY = 0xf00d;
    uint256 private constant START = 1_800_000_000;
    bytes32 private constant NONCE = keccak256("once");

    PracticeUsdc private usdc;
    address private payer = vm.addr(KEY);
    address private payee = address(0xbee);

    function setUp() public {
        vm.warp(START);
        usdc = new PracticeUsdc();
        usdc.mint(payer, 1_000);
    }

    function test_an_authorization_moves_the_money_once() public {
        bytes memory signature = _signed(usdc.TRANSFER_WITH_AUTHORIZATION_TYPEHASH(), 100, 0, START + 1);
        usdc.transferWithAuthorization(payer, payee, 100, 0, START + 1, NONCE, signature);
        vm.assertEq(usdc.balanceOf(payee), 100);
        vm.assertTrue(usdc.authorizationState(payer, NONCE));
        vm.expectRevert("FiatTokenV2: authorization is used or canceled");
        usdc.transferWithAuthorization(payer, payee, 100, 0, START + 1, NONCE, signature);
    }

    function test_both_forms_of_a_signature_are_taken() public {
        bytes32 digest = _digest(usdc.RECEIVE_WITH_AUTHORIZATION_TYPEHASH(), 100, 0, START + 1);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, digest);
        vm.prank(payee);
        usdc.receiveWithAuthorization(payer, payee, 100, 0, START + 1, NONCE, v, r, s);
        vm.assertEq(usdc.balanceOf(payee), 100);
    }

    function test_it_is_neither_early_nor_late() public {
        bytes memory signature = _signed(usdc.TRANSFER_WITH_AUTHORIZATION_TYPEHASH(), 100, START, START + 9);
        vm.expectRevert("FiatTokenV2: authorization is not yet valid");
        usdc.transferWithAuthorization(payer, payee, 100, START, START + 9, NONCE, signature);
        vm.warp(START + 9);
        vm.expectRevert("FiatTokenV2: authorization is expired");
        usdc.transferWithAuthorization(payer, payee, 100, START, START + 9, NONCE, signature);
        vm.warp(START + 8);
        usdc.transferWithAuthorization(payer, payee, 100, START, START + 9, NONCE, signature);
    }

    function test_a_cancelled_authorization_is_dead_and_cannot_be_cancelled_again() public {
        bytes memory signature = _signed(usdc.TRANSFER_WITH_AUTHORIZATION_TYPEHASH(), 100, 0, START + 1);
        bytes32 structHash = keccak256(abi.encode(usdc.CANCEL_AUTHORIZATION_TYPEHASH(), payer, NONCE));
        bytes memory cancelling = _sign(keccak256(abi.encodePacked(hex"1901", usdc.DOMAIN_SEPARATOR(), structHash)));
        usdc.cancelAuthorization(payer, NONCE, cancelling);
        vm.expectRevert("FiatTokenV2: authorization is used or canceled");
        usdc.cancelAuthorization(payer, NONCE, cancelling);
        vm.expectRevert("FiatTokenV2: authorization is used or canceled");
        usdc.transferWithAuthorization(payer, payee, 100, 0, START + 1, NONCE, signature);
    }

    function test_only_the_payee_receives() public {
        bytes memory signature = _signed(usdc.RECEIVE_WITH_AUTHORIZATION_TYPEHASH(), 100, 0, START + 1);
        vm.expectRevert("FiatTokenV2: caller must be the payee");
        usdc.receiveWithAuthorization(payer, payee, 100, 0, START + 1, NONCE, signature);
    }

    function test_one_kind_of_authorization_is_not_the_other() public {
        bytes memory signature = _signed(usdc.RECEIVE_WITH_AUTHORIZATION_TYPEHASH(), 100, 0, START + 1);
        vm.expectRevert("FiatTokenV2: invalid signature");
        usdc.transferWithAuthorization(payer, payee, 100, 0, START + 1, NONCE, signature);
    }

    function testFuzz_any_changed_bit_is_refused(uint256 bit) public {
        bytes memory signature = _signed(usdc.TRANSFER_WITH_AUTHORIZATION_TYPEHASH(), 100, 0, START + 1);
        bit = bit % 520;
        // forge-lint: disable-next-line(unsafe-typecast, incorrect-shift)
        signature[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        vm.expectRevert("FiatTokenV2: invalid signature");
        usdc.transferWithAuthorization(payer, payee, 100, 0, START + 1, NONCE, signature);
    }

    function test_the_denied_neither_pay_nor_are_paid_nor_carry() public {
        usdc.blacklist(payee);
        vm.expectRevert("Blacklistable: account is blacklisted");
        vm.prank(payer);
        usdc.transfer(payee, 1);
        vm.prank(payer);
        usdc.approve(payee, 1);
        vm.expectRevert("Blacklistable: account is blacklisted");
        vm.prank(payee);
        usdc.transferFrom(payer, address(0xcafe), 1);
        vm.assertEq(usdc.balanceOf(payee), 0);
    }

    function _signed(bytes32 kind, uint256 value, uint256 validAfter, uint256 validBefore)
        private
        view
        returns (bytes memory)
    {
        return _sign(_digest(kind, value, validAfter, validBefore));
    }

    function _digest(bytes32 kind, uint256 value, uint256 validAfter, uint256 validBefore)
        private
        view
        returns (bytes32)
    {
        bytes32 structHash = keccak256(abi.encode(kind, payer, payee, value, validAfter, validBefore, NONCE));
        return keccak256(abi.encodePacked(hex"1901", usdc.DOMAIN_SEPARATOR(), structHash));
    }

    function _sign(bytes32 digest) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY, digest);
        return abi.encodePacked(r, s, v);
    }
}
