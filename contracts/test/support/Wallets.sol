// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice A wallet made of code that signs with one key, and can send calls.
contract CodeWallet is IERC1271 {
    address public immutable signer;

    constructor(address signer_) {
        signer = signer_;
    }

    function isValidSignature(bytes32 hash, bytes memory signature) public view virtual returns (bytes4) {
        (address found, ECDSA.RecoverError failure,) = ECDSA.tryRecover(hash, signature);
        return failure == ECDSA.RecoverError.NoError && found == signer ? IERC1271.isValidSignature.selector : bytes4(0);
    }

    function send(address target, bytes calldata data) external returns (bytes memory) {
        (bool done, bytes memory answer) = target.call(data);
        if (!done) {
            assembly ("memory-safe") {
                revert(add(answer, 0x20), mload(answer))
            }
        }
        return answer;
    }
}

/// @notice A wallet that tries to act while it is asked for its signature.
contract RestlessWallet is IERC1271 {
    address public immutable target;
    bytes public message;

    constructor(address target_) {
        target = target_;
    }

    function aim(bytes calldata data) external {
        message = data;
    }

    function isValidSignature(bytes32, bytes memory) external view returns (bytes4) {
        // A static call is all that is possible in here; the answer is yes whatever comes of it.
        (bool done,) = target.staticcall(message);
        return done ? bytes4(0xffffffff) : IERC1271.isValidSignature.selector;
    }
}
