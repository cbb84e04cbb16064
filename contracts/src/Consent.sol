// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @notice Whether an account has signed a hash: by its key, or by its code (ERC-1271).
library Consent {
    /// @dev The key is asked first: it costs less, and an account that has lent itself code (EIP-7702) still has its
    /// key. A contract without a key cannot be recovered to. The code is asked by a static call, so it changes nothing.
    function given(address account, bytes32 hash, bytes memory signature) internal view returns (bool) {
        (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecover(hash, signature);
        if (failure == ECDSA.RecoverError.NoError && signer == account) return true;
        return account.code.length != 0
            && SignatureChecker.isValidERC1271SignatureNow(account, hash, signature);
    }
}
