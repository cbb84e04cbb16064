// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyVault} from "../../src/interfaces/IHarmonyVault.sol";
import {IPayouts} from "../../src/interfaces/IPayouts.sol";
import {Trees} from "../support/Trees.sol";
import {VaultCase} from "../support/VaultCase.sol";
import {vm} from "../support/Vm.sol";

/// @notice docs/claim.md, here for the vault.
contract ClaimTest is VaultCase {
    using Trees for Trees.Tree;

    function test_what_is_kept_counts_as_owed_until_it_is_claimed() public {
        Trees.Tree memory tree = _running();
        usdc.blacklist(alice);
        _silence();
        vault.exit(1, tree.leaf(0));
        _requireSolvent();
        vm.expectRevert(abi.encodeWithSelector(IPayouts.StillRefused.selector, alice));
        vault.claim(alice);
        usdc.unBlacklist(alice);
        vault.claim(alice);
        vm.assertEq(usdc.balanceOf(alice), 1_000 * UNIT);
        vm.expectRevert(abi.encodeWithSelector(IPayouts.NothingOwed.selector, alice));
        vault.claim(alice);
    }
}
