// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyVault} from "../../src/interfaces/IHarmonyVault.sol";
import {HarmonyVault} from "../../src/HarmonyVault.sol";
import {PracticeUsdc} from "../../src/practice/PracticeUsdc.sol";
import {vm} from "../support/Vm.sol";
import {VaultActors} from "./VaultActors.sol";

/// @notice What holds for the vault whatever anybody does, in whatever order.
contract VaultInvariants {
    address private constant OPERATOR = address(0x09e4);

    PracticeUsdc private usdc;
    HarmonyVault private vault;
    VaultActors private actors;

    function setUp() public {
        vm.warp(1_800_000_000);
        usdc = new PracticeUsdc();
        address guardian = address(0x64a);
        vault = new HarmonyVault(usdc, guardian, OPERATOR, 1 days);
        actors = new VaultActors(vault, usdc, OPERATOR, guardian);
        for (uint256 i = 0; i < 4; ++i) {
            usdc.mint(actors.holder(i), 1e20);
            vm.prank(actors.holder(i));
            usdc.approve(address(vault), type(uint256).max);
        }
        usdc.handOver(address(actors));
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(actors);
    }

    /// @dev Solvency to the unit, conservation, only named recipients, and honest figures are never refused.
    function invariant_every_unit_has_an_owner_and_the_reserve_holds_them_all() external view {
        (uint256 held, uint256 liabilities) = vault.reserve();
        vm.assertEq(held, liabilities, "solvency");
        uint256 leaves = 0;
        uint256 outside = 0;
        uint256 owed = 0;
        for (uint256 i = 0; i < 4; ++i) {
            leaves += actors.balances(i);
            outside += usdc.balanceOf(actors.holder(i));
            owed += vault.owed(actors.holder(i));
        }
        vm.assertEq(owed, vault.owedTotal(), "what is kept is kept for the holders");
        vm.assertEq(leaves, vault.epoch().outstanding, "what is outstanding is what the holders hold");
        vm.assertEq(outside + held, usdc.totalSupply(), "conservation; nobody but the holders was paid");
        vm.assertFalse(actors.refusedHonestly());
    }

    /// @dev Liveness: at the end of every run the operator falls silent, and all of it comes out, paused or not.
    function afterInvariant() external {
        vm.warp(uint256(vault.epoch().publishedAt) + vault.DELAY() + 1);
        uint256 number = vault.epoch().number;
        for (uint256 i = 0; i < 4 && actors.hasTree(); ++i) {
            if (actors.balances(i) != 0) vault.exit(number, actors.leafOf(i));
        }
        for (uint256 i = uint256(vault.epoch().included) + 1; i <= vault.depositCount(); ++i) {
            (address account,) = vault.deposits(i);
            if (account != address(0)) vault.reclaim(i);
        }
        vm.assertEq(usdc.balanceOf(address(vault)), vault.owedTotal(), "all that is left waits to be claimed");
        vm.assertEq(vault.epoch().outstanding, 0);
    }
}
