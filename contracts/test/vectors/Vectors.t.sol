// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {Consent} from "../../src/Consent.sol";
import {PracticeUsdc} from "../../src/practice/PracticeUsdc.sol";
import {vm} from "../support/Vm.sol";

/// @notice Examples that others published, accepted as they are and refused with any one bit changed.
contract VectorsTest {
    struct Vector {
        bytes32 digest;
        address signer;
        bytes signature;
    }

    /// @dev EIP-712, section "Test cases": Cow writes to Bob.
    function _mail() private pure returns (Vector memory) {
        return Vector(
            0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2,
            0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826,
            hex"4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d"
            hex"07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b91562" hex"1c"
        );
    }

    /// @dev The x402 specification's example payload, exact scheme, USDC on Base Sepolia; the digest is that of its
    /// EIP-3009 message (`tests/contracts/test_vectors.py` computes it).
    function _payment() private pure returns (Vector memory) {
        return Vector(
            0xf256992871671abcb27ff92885a7afa46218724e5fc0bac35d050115aa1d22e6,
            0x857b06519E91e3A54538791bDbb0E22373e36b66,
            hex"2d6a7588d6acca505cbf0d9a4a227e0c52c6c34008c8e8986a1283259764173608"
            hex"a2ce6496642e377d6da8dbbf5836e9bd15092f9ecab05ded3d6293af148b571c"
        );
    }

    function test_published_signatures_are_consent() public view {
        Vector[2] memory vectors = [_mail(), _payment()];
        for (uint256 i = 0; i < 2; ++i) {
            vm.assertTrue(Consent.given(vectors[i].signer, vectors[i].digest, vectors[i].signature));
        }
    }

    function test_no_published_signature_survives_the_change_of_any_bit() public view {
        Vector[2] memory vectors = [_mail(), _payment()];
        for (uint256 i = 0; i < 2; ++i) {
            Vector memory vector = vectors[i];
            for (uint256 bit = 0; bit < 520; ++bit) {
                _flip(vector.signature, bit);
                vm.assertFalse(Consent.given(vector.signer, vector.digest, vector.signature));
                _flip(vector.signature, bit);
            }
            for (uint256 bit = 0; bit < 256; ++bit) {
                bytes32 other = vector.digest ^ bytes32(uint256(1) << bit);
                vm.assertFalse(Consent.given(vector.signer, other, vector.signature));
            }
            for (uint256 bit = 0; bit < 160; ++bit) {
                // forge-lint: disable-next-line(unsafe-typecast)
                address other = address(uint160(vector.signer) ^ uint160(1 << bit));
                vm.assertFalse(Consent.given(other, vector.digest, vector.signature));
            }
        }
    }

    /// @dev The constants of EIP-3009 and EIP-2612 as USDC publishes them.
    function test_the_practice_token_signs_as_usdc_does() public {
        PracticeUsdc usdc = new PracticeUsdc();
        vm.assertEq(
            usdc.TRANSFER_WITH_AUTHORIZATION_TYPEHASH(),
            0x7c7c6cdb67a18743f49ec6fa9b35f50d52ed05cbed4cc592e13b44501c1a2267
        );
        vm.assertEq(
            usdc.RECEIVE_WITH_AUTHORIZATION_TYPEHASH(),
            0xd099cc98ef71107a616c4f0f941f04c322d8e254fe26b3c6668db87aae413de8
        );
        vm.assertEq(
            usdc.CANCEL_AUTHORIZATION_TYPEHASH(), 0x158b0a9edf7a828aad02f63cd515c68ef2f50ba807396f6d12842833a1597429
        );
        vm.assertEq(usdc.PERMIT_TYPEHASH(), 0x6e71edae12b1b97f4d1f60370fef10105fa2faae0126114a169c64845d6126c9);
        address mainnet = 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48;
        vm.etch(mainnet, address(usdc).code);
        vm.chainId(1);
        vm.assertEq(
            PracticeUsdc(mainnet).DOMAIN_SEPARATOR(),
            0x06c37168a7db5138defc7866392bb87a741f9b3d104deb5094588ce041cae335
        );
    }

    function _flip(bytes memory signature, uint256 bit) private pure {
        // forge-lint: disable-next-line(unsafe-typecast, incorrect-shift)
        signature[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
    }
}
