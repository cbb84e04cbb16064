// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyEscrow} from "../../src/interfaces/IHarmonyEscrow.sol";
import {HarmonyEscrow} from "../../src/HarmonyEscrow.sol";
import {PracticeUsdc} from "../../src/practice/PracticeUsdc.sol";
import {vm} from "../support/Vm.sol";
import {EscrowActors} from "./EscrowActors.sol";

/// @notice What holds for the escrow whatever anybody does, in whatever order.
contract EscrowInvariants {
    PracticeUsdc private usdc;
    HarmonyEscrow private escrow;
    EscrowActors private actors;

    function setUp() public {
        vm.warp(1_800_000_000);
        usdc = new PracticeUsdc();
        address guardian = address(0x64a);
        escrow = new HarmonyEscrow(usdc, guardian);
        actors = new EscrowActors(escrow, usdc, guardian);
        for (uint256 i = 0; i < 2; ++i) {
            usdc.mint(actors.buyer(i), 1e20);
            vm.prank(actors.buyer(i));
            usdc.approve(address(escrow), type(uint256).max);
        }
        usdc.handOver(address(actors));
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(actors);
    }

    /// @dev Solvency, conservation, only named recipients, terminal finality: one pass over everything, as each pass
    /// costs as much as the step before it.
    function invariant_money_is_where_it_must_be_and_what_is_over_stays_over() external {
        uint256 held = 0;
        for (uint256 i = 0; i < actors.count(); ++i) {
            bytes32 id = actors.ids(i);
            IHarmonyEscrow.Escrow memory found = escrow.escrowOf(id);
            held += found.held;
            if (actors.over(id)) {
                vm.assertTrue(found.state >= IHarmonyEscrow.State.Closed, "terminal finality");
            }
            if (found.state >= IHarmonyEscrow.State.Closed) vm.assertEq(found.held, 0, "what is over holds nothing");
            else _requireStep(actors.termsOf(i), found);
        }
        vm.assertEq(usdc.balanceOf(address(escrow)), held + escrow.owedTotal(), "solvency");
        uint256 named = usdc.balanceOf(actors.house()) + usdc.balanceOf(address(escrow));
        uint256 owed = escrow.owed(actors.house());
        for (uint256 i = 0; i < 2; ++i) {
            named += usdc.balanceOf(actors.buyer(i)) + usdc.balanceOf(actors.seller(i));
            owed += escrow.owed(actors.buyer(i)) + escrow.owed(actors.seller(i));
        }
        vm.assertEq(owed, escrow.owedTotal(), "what is kept is kept for the named");
        vm.assertEq(named, usdc.totalSupply(), "conservation; nobody but the named was paid");
        actors.note();
    }

    /// @dev What is held is what the later steps pay and a part of the step at hand.
    function _requireStep(IHarmonyEscrow.Terms memory terms, IHarmonyEscrow.Escrow memory found) private pure {
        uint256 later = 0;
        for (uint256 i = uint256(found.milestone) + 1; i < terms.milestones.length; ++i) {
            later += terms.milestones[i].amount;
        }
        vm.assertTrue(found.held > later, "an open step holds something");
        vm.assertLe(found.held, later + terms.milestones[found.milestone].amount, "and no more than it pays");
    }

    /// @dev Liveness: at the end of every run time alone empties every escrow, whoever calls, paused or not.
    function afterInvariant() external {
        for (uint256 i = 0; i < actors.count(); ++i) {
            bytes32 id = actors.ids(i);
            for (uint256 steps = 0; escrow.escrowOf(id).state < IHarmonyEscrow.State.Closed; ++steps) {
                vm.assertLe(steps, 3, "liveness: no more conclusions than steps");
                vm.warp(uint256(escrow.escrowOf(id).due) + 1);
                escrow.conclude(actors.termsOf(i));
            }
        }
        vm.assertEq(usdc.balanceOf(address(escrow)), escrow.owedTotal(), "all that is left waits to be claimed");
    }
}
