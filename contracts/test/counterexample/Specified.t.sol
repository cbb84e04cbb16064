// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {PracticeUsdc} from "../../src/practice/PracticeUsdc.sol";
import {TollToken} from "../support/Tokens.sol";
import {vm} from "../support/Vm.sol";
import {SpecifiedActors} from "./SpecifiedActors.sol";
import {SpecifiedEscrow} from "./SpecifiedEscrow.sol";

/// @notice What `test/invariants` claims of our escrow, claimed of the specification's. `tests/contracts` expects which of
/// these fail, and prints the shortest way there.
abstract contract Specified {
    PracticeUsdc internal usdc;
    SpecifiedEscrow internal escrow;
    SpecifiedActors internal actors;

    function _begin(PracticeUsdc token) internal {
        vm.warp(1_800_000_000);
        usdc = token;
        escrow = new SpecifiedEscrow(address(usdc));
        actors = new SpecifiedActors(escrow, usdc);
        usdc.mint(actors.buyer(), 1e20);
        vm.prank(actors.buyer());
        usdc.approve(address(escrow), type(uint256).max);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(actors);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[] memory verbs = new bytes4[](5);
        verbs[0] = SpecifiedActors.create.selector;
        verbs[1] = SpecifiedActors.acceptBySeller.selector;
        verbs[2] = SpecifiedActors.acceptByStranger.selector;
        verbs[3] = SpecifiedActors.release.selector;
        verbs[4] = SpecifiedActors.refund.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(actors), verbs);
    }

    /// @dev The shape in which forge asks for selectors.
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function _held() internal view returns (uint256 held) {
        for (uint256 id = 0; id < escrow.escrowCount(); ++id) {
            (,, uint256 amount, bool released, bool refunded,) = escrow.escrows(id);
            if (!released && !refunded) held += amount;
        }
    }
}

contract SpecifiedHolds is Specified {
    function setUp() public {
        _begin(new PracticeUsdc());
    }

    function invariant_solvency() external view {
        vm.assertEq(usdc.balanceOf(address(escrow)), _held(), "solvency");
    }
}

contract SpecifiedLiveness is Specified {
    function setUp() public {
        _begin(new PracticeUsdc());
    }

    function invariant_liveness_for_the_seller() external {
        for (uint256 id = 0; id < escrow.escrowCount(); ++id) {
            (, address seller,, bool released, bool refunded,) = escrow.escrows(id);
            if (seller == address(0) || released || refunded) continue;
            vm.assertTrue(actors.sellerHasAnExit(id), "liveness: an accepted seller can only hope");
        }
    }
}

contract SpecifiedRecipients is Specified {
    function setUp() public {
        _begin(new PracticeUsdc());
    }

    function invariant_only_named_recipients() external view {
        vm.assertEq(usdc.balanceOf(actors.stranger()), 0, "only named recipients: a stranger was paid");
    }
}

contract SpecifiedWork is Specified {
    function setUp() public {
        _begin(new PracticeUsdc());
    }

    function invariant_accepted_work_is_not_taken_for_nothing() external view {
        for (uint256 id = 0; id < escrow.escrowCount(); ++id) {
            (, address seller,,, bool refunded,) = escrow.escrows(id);
            vm.assertFalse(refunded && seller == actors.seller());
        }
    }
}

contract SpecifiedToll is Specified {
    function setUp() public {
        _begin(new TollToken());
    }

    function invariant_solvency_with_a_token_that_takes_a_fee() external view {
        vm.assertEq(usdc.balanceOf(address(escrow)), _held(), "solvency");
    }
}
