// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IPayouts} from "./IPayouts.sol";

/// @title The money behind balances that are kept elsewhere
/// @notice Holders deposit; the operator keeps their balances and publishes them, epoch by epoch, as the root of a
/// Merkle-sum tree, paying whoever withdraws in the same transaction. Every unit always belongs to a leaf, to a deposit
/// that no epoch includes yet, or to a recipient whom the token refused. When no epoch was published for `DELAY` seconds
/// the vault is closed for good, and everybody takes what is theirs. Nobody can change or pause that.
///
/// A leaf is keccak256(abi.encode(account, amount)); a node is keccak256(abi.encode(left, leftSum, right, rightSum)),
/// and its sum is the sum of both. An empty place has hash and sum zero.
interface IHarmonyVault is IPayouts {
    /// @notice The last published epoch.
    /// @param number Counts up from 0, the epoch without a holder.
    /// @param publishedAt Unix time of its block.
    /// @param outstanding What its leaves hold, less what left by `exit`.
    /// @param included Number of the last deposit that is in its leaves.
    struct Epoch {
        uint32 number;
        uint40 publishedAt;
        uint96 outstanding;
        uint32 included;
    }

    /// @notice What the operator publishes.
    struct Publication {
        bytes32 root;
        uint256 total;
        uint32 included;
    }

    /// @notice A holder's place in the tree: `index` counts leaves from the left, siblings from the leaf upwards.
    struct Leaf {
        address account;
        uint256 amount;
        uint256 index;
        bytes32[] siblings;
        uint256[] sums;
    }

    /// @notice A delay is between one hour and thirty days.
    error DelayNotAllowed(uint256 delaySeconds);
    /// @notice Amounts are between 1 and 2^96 - 1.
    error AmountNotAllowed(uint256 amount);
    /// @notice Only the operator publishes.
    error NotOperator(address caller);
    /// @notice The vault is closed for good; what is in it can only be taken out.
    error ClosedForGood(uint256 since);
    /// @notice The vault is open and the account has no exit request that is ripe: request, wait, and come back between
    /// `from` and `until` (both zero without a request).
    error NotYet(uint256 from, uint256 until);
    /// @notice Between two epochs lie at least `LEAST_SPAN` seconds, so that a proof is of use for that long.
    error TooSoon(uint256 next);
    /// @notice More payments than `MAX_PAYMENTS`.
    error TooManyPayments(uint256 count);
    /// @notice Nobody is paid at this address.
    error PaymentNotAllowed(address account);
    /// @notice The total must be what was outstanding, plus newly included deposits, less payments.
    error NotConserved(uint256 total, uint256 expected);
    /// @notice The vault would owe more than it holds.
    error ReserveTooSmall(uint256 reserve, uint256 liabilities);
    /// @notice `included` must lie between `least` and `most`.
    error InclusionNotAllowed(uint256 included, uint256 least, uint256 most);
    /// @notice The proof is for another epoch than the last one.
    error StaleEpoch(uint256 epoch, uint256 current);
    /// @notice The leaf is not in the tree of the last epoch.
    error NotInTree();
    /// @notice The leaf was paid.
    error AlreadyExited(address account);
    /// @notice There is no such deposit to take back: it does not exist, is in a leaf, or was taken back.
    error NothingToReclaim(uint256 number);

    event Deposited(uint256 indexed number, address indexed account, uint256 amount);
    event Published(uint256 indexed epoch, bytes32 root, uint256 total, uint256 included, uint256 paid);
    event ExitRequested(address indexed account, uint256 from, uint256 until);
    event Exited(uint256 indexed epoch, address indexed account, uint256 amount);
    event Reclaimed(uint256 indexed number, address indexed account, uint256 amount);

    /// @notice Deposits for the caller, from the caller's allowance.
    function deposit(uint256 amount) external returns (uint256 number);

    /// @notice The same with the caller's permit (EIP-2612).
    function depositWithPermit(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
        returns (uint256 number);

    /// @notice Deposits for `account` by its EIP-3009 authorization. Anybody may bring it.
    function depositWithAuthorization(
        address account,
        uint256 amount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external returns (uint256 number);

    /// @notice Publishes the next epoch and pays those who withdraw.
    /// @param payments One word a payment: the account in the upper 160 bits, the amount in the lower 96.
    function publish(Publication calldata publication, bytes32[] calldata payments) external;

    /// @notice Announces that the caller wants out although the vault is open. From `DELAY` seconds later, and for
    /// `DELAY` seconds, the caller's leaf in the then last epoch and deposits not yet included can be taken out.
    function requestExit() external;

    /// @notice Pays a leaf of the last epoch to its account. Anybody may call; see `closed` and `requestExit` for when.
    function exit(uint256 epoch, Leaf calldata leaf) external;

    /// @notice Pays a deposit that no epoch includes back to its account. Anybody may call; when is as for `exit`.
    function reclaim(uint256 number) external;

    /// @notice Whether no epoch was published for `DELAY` seconds. Once true it stays true.
    function closed() external view returns (bool);

    function epoch() external view returns (Epoch memory);

    /// @notice Hash of root and total of the last epoch.
    function commitment() external view returns (bytes32);

    /// @notice How many deposits there were.
    function depositCount() external view returns (uint256);

    /// @notice What deposits hold that no epoch includes yet.
    function uncovered() external view returns (uint256);

    /// @notice A deposit's account, zero once taken back, and the sum of all deposits up to and including it.
    function deposits(uint256 number) external view returns (address account, uint96 cumulative);

    /// @notice What the vault holds, and what it owes: leaves, deposits not yet included, payments refused.
    function reserve() external view returns (uint256 held, uint256 liabilities);

    /// @notice Nothing can be deposited. Nothing else is affected.
    function pause() external;

    /// @notice Deposits are taken again.
    function unpause() external;
}
