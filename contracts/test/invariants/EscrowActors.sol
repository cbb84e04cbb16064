// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyEscrow} from "../../src/interfaces/IHarmonyEscrow.sol";
import {HarmonyEscrow} from "../../src/HarmonyEscrow.sol";
import {PracticeUsdc} from "../../src/practice/PracticeUsdc.sol";
import {vm, within} from "../support/Vm.sol";

/// @notice Two buyers, two sellers, an arbiter, a house, a guardian and a stranger, doing whatever comes, at any time, with
/// recipients denied and the token paused now and then. Refusals are part of the play.
contract EscrowActors {
    uint256 private constant MOST_ESCROWS = 6;

    HarmonyEscrow public immutable escrow;
    PracticeUsdc public immutable usdc;
    address public immutable arbiter = address(0xa4b);
    address public immutable house = address(0x40e);
    address public immutable guardian;
    address public immutable stranger = address(0x571);

    bytes32[] public ids;
    IHarmonyEscrow.Terms[] private _terms;
    mapping(bytes32 id => bool) public over;
    uint256 public paidIn;
    uint256 public succeeded;

    constructor(HarmonyEscrow escrow_, PracticeUsdc usdc_, address guardian_) {
        (escrow, usdc, guardian) = (escrow_, usdc_, guardian_);
    }

    function buyer(uint256 which) public pure returns (address) {
        return vm.addr(0xb0 + which % 2);
    }

    function seller(uint256 which) public pure returns (address) {
        return vm.addr(0x50 + which % 2);
    }

    function count() external view returns (uint256) {
        return ids.length;
    }

    function termsOf(uint256 i) external view returns (IHarmonyEscrow.Terms memory) {
        return _terms[i];
    }

    /// @dev Half of them are funded by allowance, half by authorization; some are revoked instead.
    function begin(uint256 seed, uint96 amount, uint8 steps, uint16 fee) external {
        if (ids.length == MOST_ESCROWS) return;
        IHarmonyEscrow.Terms memory terms = _make(seed, amount, steps, fee);
        bytes32 id = escrow.hashTerms(terms);
        (uint256 payer, uint256 worker) = (0xb0 + seed % 2, 0x50 + (seed >> 1) % 2);
        bytes memory signature = _signed(worker, id);
        if (seed % 11 == 0) {
            vm.prank(terms.buyer);
            escrow.revoke(terms);
        } else if (seed % 4 < 2) {
            if (!_try(terms.buyer, abi.encodeCall(escrow.open, (terms, "", signature)))) return;
        } else {
            IHarmonyEscrow.Authorization memory paper = _authorize(payer, terms, id);
            if (!_try(stranger, abi.encodeCall(escrow.openWithAuthorization, (terms, paper, signature)))) return;
        }
        ids.push(id);
        _terms.push(terms);
        paidIn += escrow.escrowOf(id).held;
    }

    function submit(uint256 which, uint256 who) external {
        IHarmonyEscrow.Terms memory terms = _pick(which);
        _try(_anybody(terms, who, terms.seller), abi.encodeCall(escrow.submit, (terms, keccak256("work"))));
    }

    function release(uint256 which, uint256 who, uint256 amount, uint256 fee) external {
        IHarmonyEscrow.Terms memory terms = _pick(which);
        uint256 sum = _sometimesAll(terms, amount);
        uint256 bps = within(fee, terms.minFeeBps, terms.maxFeeBps);
        _try(_anybody(terms, who, terms.buyer), abi.encodeCall(escrow.release, (terms, sum, bps)));
    }

    function refund(uint256 which, uint256 who, uint256 amount) external {
        IHarmonyEscrow.Terms memory terms = _pick(which);
        uint256 sum = _sometimesAll(terms, amount);
        _try(_anybody(terms, who, terms.seller), abi.encodeCall(escrow.refund, (terms, sum)));
    }

    function dispute(uint256 which, uint256 who) external {
        IHarmonyEscrow.Terms memory terms = _pick(which);
        _try(_anybody(terms, who, terms.buyer), abi.encodeCall(escrow.dispute, (terms)));
    }

    function decide(uint256 which, uint256 who, uint256 share) external {
        IHarmonyEscrow.Terms memory terms = _pick(which);
        uint256 held = escrow.escrowOf(escrow.hashTerms(terms)).held;
        uint256 toSeller = within(share, 0, held);
        address caller = _anybody(terms, who, terms.arbiter);
        _try(caller, abi.encodeCall(escrow.decide, (terms, toSeller, held - toSeller, terms.maxFeeBps)));
    }

    function settle(uint256 which, uint256 share) external {
        if (ids.length == 0) return;
        uint256 i = which % ids.length;
        IHarmonyEscrow.Terms memory terms = _terms[i];
        uint96 held = escrow.escrowOf(ids[i]).held;
        uint96 toSeller = uint96(within(share, 0, held));
        IHarmonyEscrow.Settlement memory paper =
            IHarmonyEscrow.Settlement(ids[i], toSeller, held - toSeller, terms.minFeeBps, type(uint40).max);
        bytes32 hash = escrow.hashSettlement(paper);
        bytes memory one = _signed(terms.buyer == buyer(0) ? 0xb0 : 0xb1, hash);
        bytes memory two = _signed(terms.seller == seller(0) ? 0x50 : 0x51, hash);
        _try(stranger, abi.encodeCall(escrow.settle, (terms, paper, one, two)));
    }

    function conclude(uint256 which, bool waited) external {
        IHarmonyEscrow.Terms memory terms = _pick(which);
        uint256 due = escrow.escrowOf(escrow.hashTerms(terms)).due;
        if (waited && due >= vm.getBlockTimestamp()) vm.warp(due + 1);
        _try(stranger, abi.encodeCall(escrow.conclude, (terms)));
    }

    function claim(uint256 who) external {
        _try(stranger, abi.encodeCall(escrow.claim, (_named(who))));
    }

    function deny(uint256 who, bool denied) external {
        denied ? usdc.blacklist(_named(who)) : usdc.unBlacklist(_named(who));
    }

    function pauseToken(bool paused) external {
        usdc.setPaused(paused);
    }

    function pause(bool paused) external {
        _try(guardian, paused ? abi.encodeCall(escrow.pause, ()) : abi.encodeCall(escrow.unpause, ()));
    }

    function wait(uint32 span) external {
        vm.warp(vm.getBlockTimestamp() + span % 3 days);
    }

    /// @dev Notes which escrows are over; called by the suite after each step.
    function note() external {
        for (uint256 i = 0; i < ids.length; ++i) {
            if (escrow.escrowOf(ids[i]).state >= IHarmonyEscrow.State.Closed) over[ids[i]] = true;
        }
    }

    function _make(uint256 seed, uint96 amount, uint8 steps, uint16 fee)
        private
        view
        returns (IHarmonyEscrow.Terms memory terms)
    {
        terms.buyer = buyer(seed);
        terms.seller = seller(seed >> 1);
        terms.arbiter = seed % 5 == 0 ? address(0) : arbiter;
        terms.feeRecipient = house;
        terms.maxFeeBps = uint16(within(fee, 0, 1_000));
        terms.minFeeBps = terms.maxFeeBps / 2;
        terms.openBy = uint40(vm.getBlockTimestamp());
        terms.reviewSeconds = 1 days;
        terms.arbitrationSeconds = 2 days;
        terms.salt = seed;
        terms.milestones = new IHarmonyEscrow.Milestone[](within(steps, 1, 3));
        for (uint256 i = 0; i < terms.milestones.length; ++i) {
            terms.milestones[i] = IHarmonyEscrow.Milestone(uint96(within(amount, 1, 1e15)) / uint96(i + 1) + 1, 1 days);
        }
    }

    function _authorize(uint256 key, IHarmonyEscrow.Terms memory terms, bytes32 id)
        private
        view
        returns (IHarmonyEscrow.Authorization memory)
    {
        uint256 value = 0;
        for (uint256 i = 0; i < terms.milestones.length; ++i) {
            value += terms.milestones[i].amount;
        }
        uint256 until = vm.getBlockTimestamp() + 1;
        bytes32 kind = usdc.RECEIVE_WITH_AUTHORIZATION_TYPEHASH();
        bytes32 structHash =
            keccak256(abi.encode(kind, terms.buyer, address(escrow), value, uint256(0), until, id));
        bytes32 hash = keccak256(abi.encodePacked(hex"1901", usdc.DOMAIN_SEPARATOR(), structHash));
        return IHarmonyEscrow.Authorization(0, until, _signed(key, hash));
    }

    function _signed(uint256 key, bytes32 hash) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, hash);
        return abi.encodePacked(r, s, v);
    }

    function _pick(uint256 which) private view returns (IHarmonyEscrow.Terms memory terms) {
        if (ids.length != 0) terms = _terms[which % ids.length];
    }

    /// @dev Mostly whose turn it is.
    function _anybody(IHarmonyEscrow.Terms memory terms, uint256 who, address usual) private view returns (address) {
        address[5] memory others = [terms.buyer, terms.seller, arbiter, stranger, guardian];
        return who % 4 == 0 ? others[(who >> 2) % 5] : usual;
    }

    function _named(uint256 who) private view returns (address) {
        address[5] memory named = [buyer(0), buyer(1), seller(0), seller(1), house];
        return named[who % 5];
    }

    function _sometimesAll(IHarmonyEscrow.Terms memory terms, uint256 amount) private view returns (uint256) {
        IHarmonyEscrow.Escrow memory found = escrow.escrowOf(escrow.hashTerms(terms));
        if (amount % 3 == 0) return found.held;
        if (amount % 3 == 1 && found.milestone < terms.milestones.length) {
            return terms.milestones[found.milestone].amount;
        }
        return within(amount, 0, uint256(found.held) + 1);
    }

    function _try(address caller, bytes memory message) private returns (bool done) {
        vm.prank(caller);
        (done,) = address(escrow).call(message);
        if (done) ++succeeded;
    }
}
