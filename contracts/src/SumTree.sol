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
        bytes32[] calldata siblings = leaf.siblings;
        uint256[] calldata sums = leaf.sums;
        uint256 index = leaf.index;
        uint256 depth = siblings.length;
        if (depth > MAX_DEPTH || sums.length != depth || index >> depth != 0) return (false, 0, 0);
        sum = leaf.amount;
        node = keccak256(abi.encode(leaf.account, sum));
        uint256 seen = sum;
        for (uint256 i = 0; i < depth; ++i) {
            uint256 other = sums[i];
            seen |= other;
            if (seen > type(uint96).max) return (false, 0, 0);
            node = (index >> i) & 1 == 0 ? _join(node, sum, siblings[i], other) : _join(siblings[i], other, node, sum);
            sum += other;
        }
        sound = sum <= type(uint96).max;
    }

    /// @dev keccak256(abi.encode(left, leftSum, right, rightSum)), without taking new memory at every level.
    function _join(bytes32 left, uint256 leftSum, bytes32 right, uint256 rightSum) private pure returns (bytes32 node) {
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, left)
            mstore(add(free, 0x20), leftSum)
            mstore(add(free, 0x40), right)
            mstore(add(free, 0x60), rightSum)
            node := keccak256(free, 0x80)
        }
    }
}
