// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IPayouts} from "./interfaces/IPayouts.sol";

/// @notice One token, taken in whole, pushed out, kept where a push is refused.
abstract contract Payouts is IPayouts, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    IERC20 public immutable TOKEN;

    /// @inheritdoc IPayouts
    mapping(address account => uint256) public owed;

    /// @inheritdoc IPayouts
    uint256 public owedTotal;

    constructor(IERC20 token) {
        TOKEN = token;
    }

    /// @inheritdoc IPayouts
    function claim(address account) external nonReentrant {
        uint256 amount = owed[account];
        if (amount == 0) revert NothingOwed(account);
        owed[account] = 0;
        owedTotal -= amount;
        if (!TOKEN.trySafeTransfer(account, amount)) revert StillRefused(account);
        emit Claimed(account, amount);
    }

    /// @dev Pays `amount`, or keeps it for `account` when the token refuses. Never reverts on account of a recipient.
    function _push(address account, uint256 amount) internal {
        if (amount == 0 || TOKEN.trySafeTransfer(account, amount)) return;
        owed[account] += amount;
        owedTotal += amount;
        emit Kept(account, amount);
    }

    /// @dev Takes `amount` from an allowance.
    function _take(address from, uint256 amount) internal {
        uint256 before = TOKEN.balanceOf(address(this));
        TOKEN.safeTransferFrom(from, address(this), amount);
        _requireArrived(before, amount);
    }

    /// @dev Refuses when this contract does not hold exactly `amount` more than `before`.
    function _requireArrived(uint256 before, uint256 amount) internal view {
        uint256 afterwards = TOKEN.balanceOf(address(this));
        uint256 received = afterwards > before ? afterwards - before : 0;
        if (received != amount) revert TransferNotExact(amount, received);
    }
}
