// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IPayouts} from "./IPayouts.sol";

/// @title Escrow between two parties who have both signed
/// @notice The EIP-712 hash of the terms is the escrow's id. Every call brings the terms; the contract keeps one slot.
interface IHarmonyEscrow is IPayouts {
    /// @notice Where an escrow stands. `Closed` and `Revoked` are final.
    enum State {
        None,
        Working,
        Submitted,
        Disputed,
        Closed,
        Revoked
    }

    /// @notice A step that is delivered, reviewed and paid by itself.
    /// @param amount What the step pays, fee included, in the token's smallest unit.
    /// @param deliverSeconds How long the seller has, counted from the start of the step.
    struct Milestone {
        uint96 amount;
        uint32 deliverSeconds;
    }

    /// @notice What both parties sign.
    /// @param arbiter Who decides a dispute; zero when the parties want none, and then nothing can be disputed.
    /// @param feeRecipient Who gets the fee; zero when there is none.
    /// @param minFeeBps Least fee on what the seller is paid, in hundredths of a per cent.
    /// @param maxFeeBps Greatest fee. Whoever decides chooses between both; where nobody decides it is the least.
    /// @param openBy Last second (Unix time) in which the escrow may be opened.
    /// @param reviewSeconds How long the buyer has to look at a submission.
    /// @param arbitrationSeconds How long the arbiter has.
    /// @param work Hash of what is to be done, as both know it.
    /// @param salt Tells apart escrows that are otherwise the same.
    struct Terms {
        address buyer;
        address seller;
        address arbiter;
        address feeRecipient;
        uint16 minFeeBps;
        uint16 maxFeeBps;
        uint40 openBy;
        uint32 reviewSeconds;
        uint32 arbitrationSeconds;
        bytes32 work;
        uint256 salt;
        Milestone[] milestones;
    }

    /// @notice The one slot of an escrow.
    /// @param milestone Index of the step at hand.
    /// @param due Last second of the present state; afterwards `conclude` is open to everybody.
    /// @param held What is still in escrow, later steps included.
    /// @param submission The first 13 bytes of the hash submitted last.
    struct Escrow {
        State state;
        uint8 milestone;
        uint40 due;
        uint96 held;
        bytes13 submission;
    }

    /// @notice How both parties agree to end it. Both amounts together are all that is held.
    /// `validUntil` is the last second in which it counts.
    struct Settlement {
        bytes32 escrow;
        uint96 toSeller;
        uint96 toBuyer;
        uint16 feeBps;
        uint40 validUntil;
    }

    /// @notice The buyer's permit (EIP-2612) for the whole amount.
    struct Permit {
        uint256 deadline;
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    /// @notice The buyer's authorization (EIP-3009) for the whole amount, with the escrow's id as its nonce.
    struct Authorization {
        uint256 validAfter;
        uint256 validBefore;
        bytes signature;
    }

    /// @notice A party, arbiter or fee recipient that cannot be one: zero, the same twice, the token or this contract.
    error PartyNotAllowed(address party);
    /// @notice The signature is not this party's signature of this hash.
    error ConsentMissing(address party, bytes32 hash);
    /// @notice There must be between one and `MAX_MILESTONES` steps.
    error MilestoneCountNotAllowed(uint256 count);
    /// @notice Every step pays something.
    error AmountNotAllowed(uint256 amount);
    /// @notice A span is shorter than `MIN_SPAN` or longer than `MAX_SPAN`.
    error SpanNotAllowed(uint256 spanSeconds);
    /// @notice Fee bounds must ascend and stay within `MAX_FEE_BPS`.
    error FeeBoundsNotAllowed(uint256 minFeeBps, uint256 maxFeeBps);
    /// @notice The fee lies outside the bounds that both parties signed.
    error FeeOutOfBounds(uint256 feeBps, uint256 minFeeBps, uint256 maxFeeBps);
    /// @notice It is too late for this; the deadline was `due`.
    error TooLate(uint256 due);
    /// @notice It is too early for this; nobody may conclude before `due` has passed.
    error TooEarly(uint256 due);
    /// @notice The escrow is not in a state in which this can be done.
    error WrongState(bytes32 id, State state);
    /// @notice Only `wanted` may do this.
    error NotYours(address caller, address wanted);
    /// @notice The amount is zero or more than the step holds, or a part while the step is disputed.
    error StepAmountNotAllowed(uint256 amount, uint256 step);
    /// @notice A split must divide exactly what is held.
    error SplitNotExact(uint256 toSeller, uint256 toBuyer, uint256 held);
    /// @notice The settlement was made for another escrow.
    error OtherEscrow(bytes32 settled, bytes32 id);
    /// @notice The terms name no arbiter.
    error NoArbiter();
    /// @notice A submission is the hash of something; zero is not.
    error SubmissionEmpty();

    event Opened(bytes32 indexed id, address indexed buyer, address indexed seller, uint256 amount, uint256 due);
    event Revoked(bytes32 indexed id, address indexed by);
    event Submitted(bytes32 indexed id, uint256 milestone, bytes32 submission, uint256 due);
    /// @notice `amount` left the escrow for the seller; `fee` of it went to the fee recipient.
    event Released(bytes32 indexed id, uint256 milestone, uint256 amount, uint256 fee);
    event Refunded(bytes32 indexed id, uint256 milestone, uint256 amount);
    event DisputeOpened(bytes32 indexed id, uint256 milestone, uint256 due);
    event Decided(bytes32 indexed id, uint256 toSeller, uint256 toBuyer, uint256 fee);
    event SettlementMade(bytes32 indexed id, uint256 toSeller, uint256 toBuyer, uint256 fee);
    event MilestoneStarted(bytes32 indexed id, uint256 milestone, uint256 due);
    event Closed(bytes32 indexed id);

    /// @notice Opens and funds an escrow from the buyer's allowance.
    /// @param buyerSignature The buyer's signature of the id; may be empty when the buyer calls.
    /// @param sellerSignature The seller's signature of the id; may be empty when the seller calls.
    function open(Terms calldata terms, bytes calldata buyerSignature, bytes calldata sellerSignature)
        external
        returns (bytes32 id);

    /// @notice The same with a permit, which may have been used by somebody else before.
    function openWithPermit(
        Terms calldata terms,
        Permit calldata permit,
        bytes calldata buyerSignature,
        bytes calldata sellerSignature
    ) external returns (bytes32 id);

    /// @notice The same with an EIP-3009 authorization, which is the buyer's consent as well: its nonce is the id.
    function openWithAuthorization(
        Terms calldata terms,
        Authorization calldata authorization,
        bytes calldata sellerSignature
    ) external returns (bytes32 id);

    /// @notice Either party makes sure that these terms will never be opened.
    function revoke(Terms calldata terms) external;

    /// @notice The seller delivers the step at hand, in time, as the hash of what was delivered.
    function submit(Terms calldata terms, bytes32 submission) external;

    /// @notice The buyer pays the seller the step at hand or a part of it.
    function release(Terms calldata terms, uint256 amount, uint256 feeBps) external;

    /// @notice The seller gives the step at hand back, or a part of it, or everything that is held.
    function refund(Terms calldata terms, uint256 amount) external;

    /// @notice The buyer calls the arbiter while the submission is under review.
    function dispute(Terms calldata terms) external;

    /// @notice The arbiter divides everything that is held, which ends the escrow.
    function decide(Terms calldata terms, uint256 toSeller, uint256 toBuyer, uint256 feeBps) external;

    /// @notice Both parties divide everything that is held. A party that calls need not sign.
    function settle(
        Terms calldata terms,
        Settlement calldata settlement,
        bytes calldata buyerSignature,
        bytes calldata sellerSignature
    ) external;

    /// @notice After the deadline anybody may end the present state: undelivered, the buyer gets everything back;
    /// delivered without a verdict, the seller is paid the step.
    function conclude(Terms calldata terms) external;

    /// @notice The EIP-712 hash of the terms for this contract on this chain.
    function hashTerms(Terms calldata terms) external view returns (bytes32 id);

    /// @notice The EIP-712 hash that both parties sign to settle.
    function hashSettlement(Settlement calldata settlement) external view returns (bytes32);

    /// @notice What the contract keeps of an escrow.
    function escrowOf(bytes32 id) external view returns (Escrow memory);

    /// @notice No new escrow can be opened. Nothing else is affected.
    function pause() external;

    /// @notice Escrows can be opened again.
    function unpause() external;
}
