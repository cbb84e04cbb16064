// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

/// @title Money in and out of a contract that holds it for others
/// @notice Incoming money must arrive whole. Outgoing money is pushed; what a token refuses to deliver is kept for its
/// recipient and for nobody else.
interface IPayouts {
    /// @notice The token moved another amount than was asked for: it takes a fee on transfers, or it lies.
    error TransferNotExact(uint256 asked, uint256 received);

    /// @notice Nothing is kept for this account.
    error NothingOwed(address account);

    /// @notice The token still refuses to deliver to this account. Claim again once it does not.
    error StillRefused(address account);

    /// @notice The token refused to deliver; `amount` is kept until `claim(account)`.
    event Kept(address indexed account, uint256 amount);

    /// @notice What was kept has reached its recipient.
    event Claimed(address indexed account, uint256 amount);

    /// @notice Pays what is kept for `account` to `account`. Anybody may call.
    function claim(address account) external;

    /// @notice What is kept for `account`, in the token's smallest unit.
    function owed(address account) external view returns (uint256);

    /// @notice The sum of all that is kept.
    function owedTotal() external view returns (uint256);
}
