// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyVault} from "./interfaces/IHarmonyVault.sol";

/// @notice Merkle trees whose nodes also bind the sums of both sides, so that the leaves that can be proven never hold
/// more than the root says.
library SumTree {
    uint256 internal constant MAX_DEPTH = 32;

    /// @dev Root and total that follow from a leaf and its siblings. `sound` is false for what cannot be in a tree:
    /// sums beyond 96 bits (a negative number is one), too deep, lists of unlike length, an index beyond the width.
    function climb(IHarmonyVault.Leaf calldata leaf)
        internal
        pure
        returns (bool sound, bytes32 node, uint256 sum)
    {
        uint256 depth = leaf.siblings.length;
        if (depth > MAX_DEPTH || leaf.sums.length != depth || leaf.index >> depth != 0) return (false, 0, 0);
        node = keccak256(abi.encode(leaf.account, leaf.amount));
        sum = leaf.amount;
        uint256 seen = sum;
        for (uint256 i = 0; i < depth; ++i) {
            uint256 other = leaf.sums[i];
            seen |= other;
            if (seen > type(uint96).max) return (false, 0, 0);
            node = (leaf.index >> i) & 1 == 0
                ? keccak256(abi.encode(node, sum, leaf.siblings[i], other))
                : keccak256(abi.encode(leaf.siblings[i], other, node, sum));
            sum += other;
        }
        sound = sum <= type(uint96).max;
    }
}
