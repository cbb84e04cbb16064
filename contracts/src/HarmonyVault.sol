// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {IERC3009} from "./interfaces/IERC3009.sol";
import {IHarmonyVault} from "./interfaces/IHarmonyVault.sol";
import {Payouts} from "./Payouts.sol";
import {SumTree} from "./SumTree.sol";

/// @title Vault for one token
/// @notice See `IHarmonyVault`. The owner may stop deposits and can do nothing else. The operator cannot be replaced, so
/// it should be a wallet of code that can change its keys.
contract HarmonyVault is IHarmonyVault, Payouts, Ownable2Step, Pausable {
    uint256 public constant MIN_DELAY = 1 hours;
    uint256 public constant MAX_DELAY = 30 days;
    uint256 public constant LEAST_SPAN = 60 seconds;
    uint256 public constant MAX_PAYMENTS = 500;

    address public immutable OPERATOR;
    uint256 public immutable DELAY;

    struct Deposit {
        address account;
        uint96 cumulative;
    }

    /// @dev `uncovered` in the interface; `reclaimedAhead` is what deposits after the last included one gave back, and
    /// `lastReclaimed` the number of the last of them.
    struct Inflow {
        uint32 count;
        uint32 lastReclaimed;
        uint96 uncovered;
        uint96 reclaimedAhead;
    }

    Epoch private _epoch;
    Inflow private _inflow;

    /// @inheritdoc IHarmonyVault
    bytes32 public commitment;

    /// @inheritdoc IHarmonyVault
    mapping(uint256 number => Deposit) public deposits;

    /// @notice When the account asked to leave, Unix time; zero if it did not.
    mapping(address account => uint256) public exitRequestedAt;

    /// @dev One bit a leaf: epoch and place.
    mapping(uint256 word => uint256) private _exited;

    constructor(IERC20 token, address owner_, address operator, uint256 delay) Payouts(token) Ownable(owner_) {
        if (delay < MIN_DELAY || delay > MAX_DELAY) revert DelayNotAllowed(delay);
        OPERATOR = operator;
        DELAY = delay;
        _epoch.publishedAt = uint40(block.timestamp);
        commitment = keccak256(abi.encode(bytes32(0), uint256(0)));
    }

    /// @inheritdoc IHarmonyVault
    function deposit(uint256 amount) external nonReentrant returns (uint256 number) {
        number = _enter(msg.sender, amount);
        _take(msg.sender, amount);
    }

    /// @inheritdoc IHarmonyVault
    function depositWithPermit(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
        nonReentrant
        returns (uint256 number)
    {
        number = _enter(msg.sender, amount);
        // A permit is public once sent: whoever uses it first only grants the same allowance, which is then taken.
        try IERC20Permit(address(TOKEN)).permit(msg.sender, address(this), amount, deadline, v, r, s) {} catch {}
        _take(msg.sender, amount);
    }

    /// @inheritdoc IHarmonyVault
    function depositWithAuthorization(
        address account,
        uint256 amount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external nonReentrant returns (uint256 number) {
        number = _enter(account, amount);
        uint256 before = TOKEN.balanceOf(address(this));
        IERC3009(address(TOKEN)).receiveWithAuthorization(
            account, address(this), amount, validAfter, validBefore, nonce, signature
        );
        _requireArrived(before, amount);
    }

    /// @inheritdoc IHarmonyVault
    function publish(Publication calldata publication, bytes32[] calldata payments) external nonReentrant {
        if (msg.sender != OPERATOR) revert NotOperator(msg.sender);
        _requireOpen();
        Epoch memory last = _epoch;
        if (block.timestamp < last.publishedAt + LEAST_SPAN) revert TooSoon(last.publishedAt + LEAST_SPAN);
        if (payments.length > MAX_PAYMENTS) revert TooManyPayments(payments.length);

        uint256 paid = _sum(payments);
        uint256 available = last.outstanding + _include(last.included, publication.included);
        if (publication.total > available || available - publication.total != paid) {
            revert NotConserved(publication.total, available > paid ? available - paid : 0);
        }
        // forge-lint: disable-next-line(unsafe-typecast) -- at most the sum of all deposits, which is a uint96
        uint96 outstanding = uint96(publication.total);
        _epoch = Epoch(last.number + 1, uint40(block.timestamp), outstanding, publication.included);
        commitment = keccak256(abi.encode(publication.root, publication.total));
        emit Published(last.number + 1, publication.root, publication.total, publication.included, paid);

        for (uint256 i = 0; i < payments.length; ++i) {
            (address account, uint256 amount) = _payment(payments[i]);
            _push(account, amount);
        }
        _requireSolvent();
    }

    /// @inheritdoc IHarmonyVault
    function requestExit() external {
        exitRequestedAt[msg.sender] = block.timestamp;
        emit ExitRequested(msg.sender, block.timestamp + DELAY, block.timestamp + 2 * DELAY);
    }

    /// @inheritdoc IHarmonyVault
    function exit(uint256 number, Leaf calldata leaf) external nonReentrant {
        Epoch memory last = _epoch;
        if (number != last.number) revert StaleEpoch(number, last.number);
        (bool sound, bytes32 root, uint256 total) = SumTree.climb(leaf);
        if (!sound || keccak256(abi.encode(root, total)) != commitment) revert NotInTree();
        if (leaf.amount == 0) revert AmountNotAllowed(0);
        if (!_closedAfter(last.publishedAt)) _requireRipe(leaf.account);
        _markExited(number, leaf);
        // forge-lint: disable-next-line(unsafe-typecast) -- a leaf of a sound tree is within 96 bits
        _epoch.outstanding = last.outstanding - uint96(leaf.amount);
        emit Exited(number, leaf.account, leaf.amount);
        _push(leaf.account, leaf.amount);
    }

    /// @inheritdoc IHarmonyVault
    function reclaim(uint256 number) external nonReentrant {
        Epoch memory last = _epoch;
        Inflow memory inflow = _inflow;
        address account = deposits[number].account;
        if (number <= last.included || account == address(0)) revert NothingToReclaim(number);
        if (!_closedAfter(last.publishedAt)) _requireRipe(account);
        uint96 amount = deposits[number].cumulative - deposits[number - 1].cumulative;
        delete deposits[number].account;
        inflow.uncovered -= amount;
        inflow.reclaimedAhead += amount;
        // forge-lint: disable-next-line(unsafe-typecast) -- the number of a deposit that exists
        if (number > inflow.lastReclaimed) inflow.lastReclaimed = uint32(number);
        _inflow = inflow;
        emit Reclaimed(number, account, amount);
        _push(account, amount);
    }

    /// @inheritdoc IHarmonyVault
    function pause() external onlyOwner {
        _pause();
    }

    /// @inheritdoc IHarmonyVault
    function unpause() external onlyOwner {
        _unpause();
    }

    /// @inheritdoc IHarmonyVault
    function closed() public view returns (bool) {
        return _closedAfter(_epoch.publishedAt);
    }

    /// @inheritdoc IHarmonyVault
    function epoch() external view returns (Epoch memory) {
        return _epoch;
    }

    /// @inheritdoc IHarmonyVault
    function depositCount() external view returns (uint256) {
        return _inflow.count;
    }

    /// @inheritdoc IHarmonyVault
    function uncovered() external view returns (uint256) {
        return _inflow.uncovered;
    }

    /// @inheritdoc IHarmonyVault
    function reserve() public view returns (uint256 held, uint256 liabilities) {
        held = TOKEN.balanceOf(address(this));
        liabilities = uint256(_epoch.outstanding) + _inflow.uncovered + owedTotal;
    }

    /// @dev Records a deposit whose money arrives next.
    function _enter(address account, uint256 amount) private whenNotPaused returns (uint256 number) {
        _requireOpen();
        if (amount == 0 || amount > type(uint96).max) revert AmountNotAllowed(amount);
        Inflow memory inflow = _inflow;
        uint96 before = deposits[inflow.count].cumulative;
        number = ++inflow.count;
        // forge-lint: disable-next-line(unsafe-typecast) -- looked at above
        inflow.uncovered += uint96(amount);
        deposits[number] = Deposit(account, before + uint96(amount));
        _inflow = inflow;
        emit Deposited(number, account, amount);
    }

    /// @dev Lets the deposits up to `included` become leaves; what they hold together.
    function _include(uint256 before, uint256 included) private returns (uint256 covered) {
        Inflow memory inflow = _inflow;
        uint256 least = inflow.reclaimedAhead == 0 ? before : inflow.lastReclaimed;
        if (included < least || included > inflow.count) revert InclusionNotAllowed(included, least, inflow.count);
        if (included == before) return 0;
        covered = deposits[included].cumulative - deposits[before].cumulative - inflow.reclaimedAhead;
        inflow.reclaimedAhead = 0;
        // forge-lint: disable-next-line(unsafe-typecast) -- part of a uint96
        inflow.uncovered -= uint96(covered);
        _inflow = inflow;
    }

    function _markExited(uint256 number, Leaf calldata leaf) private {
        // With the tree's width in front, leaves of different depth have different places.
        uint256 place = (1 << leaf.siblings.length) | leaf.index;
        uint256 word = (number << 64) | (place >> 8);
        uint256 bit = 1 << (place & 0xff);
        uint256 found = _exited[word];
        if (found & bit != 0) revert AlreadyExited(leaf.account);
        _exited[word] = found | bit;
    }

    function _requireSolvent() private view {
        (uint256 held, uint256 liabilities) = reserve();
        if (held < liabilities) revert ReserveTooSmall(held, liabilities);
    }

    function _requireOpen() private view {
        uint256 publishedAt = _epoch.publishedAt;
        if (_closedAfter(publishedAt)) revert ClosedForGood(publishedAt + DELAY);
    }

    function _requireRipe(address account) private view {
        uint256 asked = exitRequestedAt[account];
        if (asked == 0) revert NotYet(0, 0);
        if (block.timestamp <= asked + DELAY || block.timestamp > asked + 2 * DELAY) {
            revert NotYet(asked + DELAY, asked + 2 * DELAY);
        }
    }

    function _closedAfter(uint256 publishedAt) private view returns (bool) {
        return block.timestamp > publishedAt + DELAY;
    }

    function _sum(bytes32[] calldata payments) private view returns (uint256 paid) {
        for (uint256 i = 0; i < payments.length; ++i) {
            (address account, uint256 amount) = _payment(payments[i]);
            if (account == address(0) || account == address(this)) revert PaymentNotAllowed(account);
            paid += amount;
        }
    }

    function _payment(bytes32 word) private pure returns (address account, uint256 amount) {
        account = address(bytes20(word));
        // forge-lint: disable-next-line(unsafe-typecast) -- the lower 96 bits are meant
        amount = uint96(uint256(word));
    }
}
