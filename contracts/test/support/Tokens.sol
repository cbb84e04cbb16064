// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {PracticeUsdc} from "../../src/practice/PracticeUsdc.sol";

/// @notice Keeps one unit in a hundred of every transfer for itself.
contract TollToken is PracticeUsdc {
    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (from != address(0) && value >= 100) super._update(to, address(this), value / 100);
    }
}

/// @notice Says that everything went well and moves nothing.
contract LyingToken is PracticeUsdc {
    function _update(address from, address to, uint256 value) internal override {
        if (from == address(0)) super._update(from, to, value);
    }
}

/// @notice Calls somebody before every transfer, as tokens with hooks do.
contract CallingToken is PracticeUsdc {
    address public called;
    bytes public message;
    bool public accepted;

    function callBefore(address target, bytes calldata data) external {
        called = target;
        message = data;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (called != address(0)) {
            address target = called;
            called = address(0);
            (accepted,) = target.call(message);
        }
        super._update(from, to, value);
    }
}
