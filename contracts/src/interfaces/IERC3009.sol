// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

/// @title The part of EIP-3009 that is used here, in the form that also takes signatures of contracts (ERC-1271)
interface IERC3009 {
    /// @notice Moves `value` from `from` to the caller, who must be `to`, by the signature of `from`.
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes memory signature
    ) external;
}
