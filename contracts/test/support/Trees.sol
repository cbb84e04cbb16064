// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyVault} from "../../src/interfaces/IHarmonyVault.sol";

/// @notice Builds the trees that an operator publishes, by the rule in `IHarmonyVault`.
library Trees {
    struct Tree {
        address[] accounts;
        uint256[] amounts;
        bytes32[][] hashes;
        uint256[][] sums;
    }

    function build(address[] memory accounts, uint256[] memory amounts) internal pure returns (Tree memory tree) {
        uint256 depth = 0;
        while (1 << depth < accounts.length) ++depth;
        tree.accounts = accounts;
        tree.amounts = amounts;
        tree.hashes = new bytes32[][](depth + 1);
        tree.sums = new uint256[][](depth + 1);
        tree.hashes[0] = new bytes32[](1 << depth);
        tree.sums[0] = new uint256[](1 << depth);
        for (uint256 i = 0; i < accounts.length; ++i) {
            tree.hashes[0][i] = keccak256(abi.encode(accounts[i], amounts[i]));
            tree.sums[0][i] = amounts[i];
        }
        for (uint256 level = 1; level <= depth; ++level) {
            _fold(tree, level, 1 << (depth - level));
        }
    }

    function root(Tree memory tree) internal pure returns (bytes32) {
        return tree.hashes[tree.hashes.length - 1][0];
    }

    function total(Tree memory tree) internal pure returns (uint256) {
        return tree.sums[tree.sums.length - 1][0];
    }

    function leaf(Tree memory tree, uint256 index) internal pure returns (IHarmonyVault.Leaf memory found) {
        uint256 depth = tree.hashes.length - 1;
        found.account = tree.accounts[index];
        found.amount = tree.amounts[index];
        found.index = index;
        found.siblings = new bytes32[](depth);
        found.sums = new uint256[](depth);
        for (uint256 level = 0; level < depth; ++level) {
            uint256 other = (index >> level) ^ 1;
            found.siblings[level] = tree.hashes[level][other];
            found.sums[level] = tree.sums[level][other];
        }
    }

    function _fold(Tree memory tree, uint256 level, uint256 width) private pure {
        tree.hashes[level] = new bytes32[](width);
        tree.sums[level] = new uint256[](width);
        for (uint256 i = 0; i < width; ++i) {
            (bytes32 left, uint256 leftSum) = (tree.hashes[level - 1][2 * i], tree.sums[level - 1][2 * i]);
            (bytes32 right, uint256 rightSum) = (tree.hashes[level - 1][2 * i + 1], tree.sums[level - 1][2 * i + 1]);
            tree.sums[level][i] = leftSum + rightSum;
            // A node without a leaf below it is an empty place.
            if (left != 0 || right != 0) tree.hashes[level][i] = keccak256(abi.encode(left, leftSum, right, rightSum));
        }
    }
}
