// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {IERC3009} from "./interfaces/IERC3009.sol";
import {IHarmonyEscrow} from "./interfaces/IHarmonyEscrow.sol";
import {Consent} from "./Consent.sol";
import {Payouts} from "./Payouts.sol";
import {TermsHash} from "./TermsHash.sol";

/// @title Escrow for one token
/// @notice See `IHarmonyEscrow` for the verbs, and `docs/` for a page on each. The owner may stop new escrows from being
/// opened and can do nothing else. Signatures count for this contract on this chain only, and for one escrow only: an id
/// that was once opened or revoked is never free again.
contract HarmonyEscrow is IHarmonyEscrow, Payouts, EIP712, Ownable2Step, Pausable {
    uint256 public constant MAX_MILESTONES = 32;
    uint256 public constant MAX_FEE_BPS = 1_000;
    uint256 public constant MIN_SPAN = 60 seconds;
    uint256 public constant MAX_SPAN = 366 days;
    uint256 private constant BPS = 10_000;

    mapping(bytes32 id => Escrow) private _escrows;

    constructor(IERC20 token, address owner_) Payouts(token) EIP712("HarmonyEscrow", "1") Ownable(owner_) {}

    /// @inheritdoc IHarmonyEscrow
    function open(Terms calldata terms, bytes calldata buyerSignature, bytes calldata sellerSignature)
        external
        nonReentrant
        whenNotPaused
        returns (bytes32 id)
    {
        uint256 amount;
        (id, amount) = _begin(terms, sellerSignature);
        _requireConsent(terms.buyer, id, buyerSignature);
        _take(terms.buyer, amount);
    }

    /// @inheritdoc IHarmonyEscrow
    function openWithPermit(
        Terms calldata terms,
        Permit calldata permit,
        bytes calldata buyerSignature,
        bytes calldata sellerSignature
    ) external nonReentrant whenNotPaused returns (bytes32 id) {
        uint256 amount;
        (id, amount) = _begin(terms, sellerSignature);
        _requireConsent(terms.buyer, id, buyerSignature);
        // A permit is public once sent: whoever uses it first only grants the same allowance, which is then taken.
        try IERC20Permit(address(TOKEN)).permit(
            terms.buyer, address(this), amount, permit.deadline, permit.v, permit.r, permit.s
        ) {} catch {}
        _take(terms.buyer, amount);
    }

    /// @inheritdoc IHarmonyEscrow
    function openWithAuthorization(
        Terms calldata terms,
        Authorization calldata authorization,
        bytes calldata sellerSignature
    ) external nonReentrant whenNotPaused returns (bytes32 id) {
        uint256 amount;
        (id, amount) = _begin(terms, sellerSignature);
        uint256 before = TOKEN.balanceOf(address(this));
        IERC3009(address(TOKEN)).receiveWithAuthorization(
            terms.buyer,
            address(this),
            amount,
            authorization.validAfter,
            authorization.validBefore,
            id,
            authorization.signature
        );
        _requireArrived(before, amount);
    }

    /// @inheritdoc IHarmonyEscrow
    function revoke(Terms calldata terms) external {
        if (msg.sender != terms.buyer && msg.sender != terms.seller) revert NotYours(msg.sender, terms.buyer);
        (bytes32 id, Escrow memory escrow) = _read(terms);
        if (escrow.state != State.None) revert WrongState(id, escrow.state);
        _escrows[id].state = State.Revoked;
        emit Revoked(id, msg.sender);
    }

    /// @inheritdoc IHarmonyEscrow
    function submit(Terms calldata terms, bytes32 submission) external {
        _requireCaller(terms.seller);
        (bytes32 id, Escrow memory escrow) = _read(terms);
        if (escrow.state != State.Working) revert WrongState(id, escrow.state);
        if (block.timestamp > escrow.due) revert TooLate(escrow.due);
        if (submission == 0) revert SubmissionEmpty();
        escrow.state = State.Submitted;
        escrow.due = _after(terms.reviewSeconds);
        escrow.submission = bytes13(submission);
        _escrows[id] = escrow;
        emit Submitted(id, escrow.milestone, submission, escrow.due);
    }

    /// @inheritdoc IHarmonyEscrow
    function release(Terms calldata terms, uint256 amount, uint256 feeBps) external nonReentrant {
        _requireCaller(terms.buyer);
        _requireFee(terms, feeBps);
        (bytes32 id, Escrow memory escrow) = _read(terms);
        uint256 step = _openStep(terms, id, escrow);
        _requirePart(escrow, amount, step);
        _releaseStep(terms, id, escrow, amount, step, feeBps);
    }

    /// @inheritdoc IHarmonyEscrow
    function refund(Terms calldata terms, uint256 amount) external nonReentrant {
        _requireCaller(terms.seller);
        (bytes32 id, Escrow memory escrow) = _read(terms);
        uint256 step = _openStep(terms, id, escrow);
        if (amount == escrow.held) {
            _refundAll(terms, id, escrow);
        } else {
            _requirePart(escrow, amount, step);
            emit Refunded(id, escrow.milestone, amount);
            _leave(terms, id, escrow, amount, step);
            _push(terms.buyer, amount);
        }
    }

    /// @inheritdoc IHarmonyEscrow
    function dispute(Terms calldata terms) external {
        _requireCaller(terms.buyer);
        if (terms.arbiter == address(0)) revert NoArbiter();
        (bytes32 id, Escrow memory escrow) = _read(terms);
        if (escrow.state != State.Submitted) revert WrongState(id, escrow.state);
        if (block.timestamp > escrow.due) revert TooLate(escrow.due);
        escrow.state = State.Disputed;
        escrow.due = _after(terms.arbitrationSeconds);
        _escrows[id] = escrow;
        emit DisputeOpened(id, escrow.milestone, escrow.due);
    }

    /// @inheritdoc IHarmonyEscrow
    function decide(Terms calldata terms, uint256 toSeller, uint256 toBuyer, uint256 feeBps) external nonReentrant {
        _requireCaller(terms.arbiter);
        (bytes32 id, Escrow memory escrow) = _read(terms);
        if (escrow.state != State.Disputed) revert WrongState(id, escrow.state);
        if (block.timestamp > escrow.due) revert TooLate(escrow.due);
        _requireFee(terms, feeBps);
        _requireSplit(escrow, toSeller, toBuyer);
        emit Decided(id, toSeller, toBuyer, _fee(toSeller, feeBps));
        _split(terms, id, escrow, toSeller, toBuyer, feeBps);
    }

    /// @inheritdoc IHarmonyEscrow
    function settle(
        Terms calldata terms,
        Settlement calldata settlement,
        bytes calldata buyerSignature,
        bytes calldata sellerSignature
    ) external nonReentrant {
        (bytes32 id, Escrow memory escrow) = _read(terms);
        _openStep(terms, id, escrow);
        if (settlement.escrow != id) revert OtherEscrow(settlement.escrow, id);
        if (block.timestamp > settlement.validUntil) revert TooLate(settlement.validUntil);
        _requireFee(terms, settlement.feeBps);
        _requireSplit(escrow, settlement.toSeller, settlement.toBuyer);
        bytes32 hash = hashSettlement(settlement);
        _requireConsent(terms.buyer, hash, buyerSignature);
        _requireConsent(terms.seller, hash, sellerSignature);
        emit SettlementMade(
            id, settlement.toSeller, settlement.toBuyer, _fee(settlement.toSeller, settlement.feeBps)
        );
        _split(terms, id, escrow, settlement.toSeller, settlement.toBuyer, settlement.feeBps);
    }

    /// @inheritdoc IHarmonyEscrow
    function conclude(Terms calldata terms) external nonReentrant {
        (bytes32 id, Escrow memory escrow) = _read(terms);
        uint256 step = _openStep(terms, id, escrow);
        if (block.timestamp <= escrow.due) revert TooEarly(escrow.due);
        if (escrow.state == State.Working) {
            _refundAll(terms, id, escrow);
        } else {
            _releaseStep(terms, id, escrow, step, step, terms.minFeeBps);
        }
    }

    /// @inheritdoc IHarmonyEscrow
    function pause() external onlyOwner {
        _pause();
    }

    /// @inheritdoc IHarmonyEscrow
    function unpause() external onlyOwner {
        _unpause();
    }

    /// @inheritdoc IHarmonyEscrow
    function escrowOf(bytes32 id) external view returns (Escrow memory) {
        return _escrows[id];
    }

    /// @inheritdoc IHarmonyEscrow
    function hashTerms(Terms calldata terms) public view returns (bytes32 id) {
        return _hashTypedDataV4(TermsHash.ofTerms(terms));
    }

    /// @inheritdoc IHarmonyEscrow
    function hashSettlement(Settlement calldata settlement) public view returns (bytes32) {
        return _hashTypedDataV4(TermsHash.ofSettlement(settlement));
    }

    /// @dev Everything about opening but the buyer's consent and the money.
    function _begin(Terms calldata terms, bytes calldata sellerSignature) private returns (bytes32 id, uint256 amount) {
        Escrow memory escrow;
        (id, escrow) = _read(terms);
        if (escrow.state != State.None) revert WrongState(id, escrow.state);
        if (block.timestamp > terms.openBy) revert TooLate(terms.openBy);
        _requireSoundTerms(terms);
        escrow.state = State.Working;
        escrow.held = _total(terms);
        escrow.due = _after(terms.milestones[0].deliverSeconds);
        amount = escrow.held;
        _escrows[id] = escrow;
        emit Opened(id, terms.buyer, terms.seller, amount, escrow.due);
        _requireConsent(terms.seller, id, sellerSignature);
    }

    /// @dev Pays the seller `amount` of the step, less the fee, and goes on from there.
    function _releaseStep(
        Terms calldata terms,
        bytes32 id,
        Escrow memory escrow,
        uint256 amount,
        uint256 step,
        uint256 feeBps
    ) private {
        uint256 fee = _fee(amount, feeBps);
        emit Released(id, escrow.milestone, amount, fee);
        _leave(terms, id, escrow, amount, step);
        _push(terms.feeRecipient, fee);
        _push(terms.seller, amount - fee);
    }

    function _refundAll(Terms calldata terms, bytes32 id, Escrow memory escrow) private {
        uint256 amount = escrow.held;
        emit Refunded(id, escrow.milestone, amount);
        _close(id, escrow);
        _push(terms.buyer, amount);
    }

    function _split(
        Terms calldata terms,
        bytes32 id,
        Escrow memory escrow,
        uint256 toSeller,
        uint256 toBuyer,
        uint256 feeBps
    ) private {
        uint256 fee = _fee(toSeller, feeBps);
        _close(id, escrow);
        _push(terms.feeRecipient, fee);
        _push(terms.seller, toSeller - fee);
        _push(terms.buyer, toBuyer);
    }

    /// @dev Takes `amount` out of the step. With the step empty the next one starts, or the escrow is closed.
    function _leave(Terms calldata terms, bytes32 id, Escrow memory escrow, uint256 amount, uint256 step) private {
        if (amount == escrow.held) return _close(id, escrow);
        // forge-lint: disable-next-line(unsafe-typecast) -- at most the step, which is part of a uint96
        escrow.held -= uint96(amount);
        if (amount == step) {
            escrow.milestone += 1;
            escrow.state = State.Working;
            escrow.due = _after(terms.milestones[escrow.milestone].deliverSeconds);
            emit MilestoneStarted(id, escrow.milestone, escrow.due);
        }
        _escrows[id] = escrow;
    }

    function _close(bytes32 id, Escrow memory escrow) private {
        escrow.state = State.Closed;
        escrow.held = 0;
        _escrows[id] = escrow;
        emit Closed(id);
    }

    function _read(Terms calldata terms) private view returns (bytes32 id, Escrow memory escrow) {
        id = hashTerms(terms);
        escrow = _escrows[id];
    }

    /// @dev What the step at hand still holds. Refuses when nothing is at hand.
    function _openStep(Terms calldata terms, bytes32 id, Escrow memory escrow) private pure returns (uint256 step) {
        if (escrow.state == State.None || escrow.state >= State.Closed) revert WrongState(id, escrow.state);
        step = escrow.held;
        for (uint256 i = uint256(escrow.milestone) + 1; i < terms.milestones.length; ++i) {
            step -= terms.milestones[i].amount;
        }
    }

    /// @dev While disputed a step is moved whole or not at all, so that nobody can shift the amount under the arbiter.
    function _requirePart(Escrow memory escrow, uint256 amount, uint256 step) private pure {
        bool part = amount != 0 && amount <= step && (amount == step || escrow.state != State.Disputed);
        if (!part) revert StepAmountNotAllowed(amount, step);
    }

    function _requireSplit(Escrow memory escrow, uint256 toSeller, uint256 toBuyer) private pure {
        bool exact = toSeller <= escrow.held && escrow.held - toSeller == toBuyer;
        if (!exact) revert SplitNotExact(toSeller, toBuyer, escrow.held);
    }

    function _requireCaller(address wanted) private view {
        if (msg.sender != wanted) revert NotYours(msg.sender, wanted);
    }

    function _requireConsent(address party, bytes32 hash, bytes calldata signature) private view {
        if (msg.sender != party && !Consent.given(party, hash, signature)) revert ConsentMissing(party, hash);
    }

    function _requireFee(Terms calldata terms, uint256 feeBps) private pure {
        if (feeBps < terms.minFeeBps || feeBps > terms.maxFeeBps) {
            revert FeeOutOfBounds(feeBps, terms.minFeeBps, terms.maxFeeBps);
        }
    }

    function _requireSoundTerms(Terms calldata terms) private view {
        _requireRecipient(terms.buyer);
        _requireRecipient(terms.seller);
        if (terms.buyer == terms.seller) revert PartyNotAllowed(terms.seller);
        if (terms.arbiter == terms.buyer || terms.arbiter == terms.seller) revert PartyNotAllowed(terms.arbiter);
        _requireSpan(terms.reviewSeconds);
        if (terms.arbiter != address(0)) _requireSpan(terms.arbitrationSeconds);
        bool bounded = terms.minFeeBps <= terms.maxFeeBps && terms.maxFeeBps <= MAX_FEE_BPS;
        if (!bounded) revert FeeBoundsNotAllowed(terms.minFeeBps, terms.maxFeeBps);
        if (terms.maxFeeBps != 0) _requireRecipient(terms.feeRecipient);
    }

    function _requireRecipient(address party) private view {
        if (party == address(0) || party == address(this) || party == address(TOKEN)) revert PartyNotAllowed(party);
    }

    function _requireSpan(uint256 span) private pure {
        if (span < MIN_SPAN || span > MAX_SPAN) revert SpanNotAllowed(span);
    }

    /// @dev The sum of all steps, each of them looked at.
    function _total(Terms calldata terms) private pure returns (uint96 total) {
        uint256 count = terms.milestones.length;
        if (count == 0 || count > MAX_MILESTONES) revert MilestoneCountNotAllowed(count);
        for (uint256 i = 0; i < count; ++i) {
            Milestone calldata milestone = terms.milestones[i];
            if (milestone.amount == 0) revert AmountNotAllowed(0);
            _requireSpan(milestone.deliverSeconds);
            total += milestone.amount;
        }
    }

    /// @dev Rounds down, in the seller's favour.
    function _fee(uint256 amount, uint256 feeBps) private pure returns (uint256) {
        return amount * feeBps / BPS;
    }

    function _after(uint256 span) private view returns (uint40) {
        // forge-lint: disable-next-line(unsafe-typecast) -- seconds since 1970 fill 40 bits in 36,000 years
        return uint40(block.timestamp + span);
    }
}
