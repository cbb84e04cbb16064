// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {PracticeUsdc} from "../../src/practice/PracticeUsdc.sol";
import {vm, within} from "../support/Vm.sol";
import {SpecifiedEscrow} from "./SpecifiedEscrow.sol";

/// @notice A buyer, the seller the buyer means, and a stranger, doing whatever the specification's contract lets them.
contract SpecifiedActors {
    SpecifiedEscrow public immutable escrow;
    PracticeUsdc public immutable usdc;
    address public immutable buyer = address(0xb);
    address public immutable seller = address(0x5);
    address public immutable stranger = address(0x571);

    constructor(SpecifiedEscrow escrow_, PracticeUsdc usdc_) {
        (escrow, usdc) = (escrow_, usdc_);
    }

    function create(uint96 amount) external {
        if (escrow.escrowCount() == 2) return;
        _try(buyer, abi.encodeCall(escrow.createEscrow, (within(amount, 1, 1e12))));
    }

    function acceptBySeller(uint256 id) external {
        _try(seller, abi.encodeCall(escrow.acceptEscrow, (id % 2)));
    }

    function acceptByStranger(uint256 id) external {
        _try(stranger, abi.encodeCall(escrow.acceptEscrow, (id % 2)));
    }

    function release(uint256 id) external {
        _try(buyer, abi.encodeCall(escrow.releaseEscrow, (id % 2)));
    }

    function refund(uint256 id) external {
        _try(buyer, abi.encodeCall(escrow.refundEscrow, (id % 2)));
    }

    /// @dev Whether, with all the time in the world, somebody other than the buyer can end an accepted escrow.
    function sellerHasAnExit(uint256 id) external returns (bool has) {
        uint256 before = vm.snapshotState();
        vm.warp(vm.getBlockTimestamp() + 3_650 days);
        address[2] memory others = [seller, stranger];
        for (uint256 i = 0; i < 2; ++i) {
            has = has || _try(others[i], abi.encodeCall(escrow.releaseEscrow, (id)));
            has = has || _try(others[i], abi.encodeCall(escrow.refundEscrow, (id)));
        }
        vm.revertToState(before);
    }

    function _try(address caller, bytes memory message) private returns (bool done) {
        vm.prank(caller);
        (done,) = address(escrow).call(message);
    }
}
