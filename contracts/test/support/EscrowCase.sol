// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyEscrow} from "../../src/interfaces/IHarmonyEscrow.sol";
import {HarmonyEscrow} from "../../src/HarmonyEscrow.sol";
import {PracticeUsdc} from "../../src/practice/PracticeUsdc.sol";
import {vm} from "./Vm.sol";

/// @notice People, money and terms for the suites about the escrow.
abstract contract EscrowCase {
    uint256 internal constant BUYER_KEY = 0xb;
    uint256 internal constant SELLER_KEY = 0x5;
    uint256 internal constant START = 1_800_000_000;
    uint96 internal constant PRICE = 100_000_000;
    bytes internal constant NOTHING = "";

    PracticeUsdc internal usdc;
    HarmonyEscrow internal escrow;
    address internal buyer = vm.addr(BUYER_KEY);
    address internal seller = vm.addr(SELLER_KEY);
    address internal arbiter = address(0xa4b);
    address internal house = address(0x40e);
    address internal guardian = address(0x64a);
    address internal stranger = address(0x571);

    function setUp() public virtual {
        vm.warp(START);
        _settle(new PracticeUsdc());
    }

    function _settle(PracticeUsdc token) internal {
        usdc = token;
        escrow = new HarmonyEscrow(usdc, guardian);
        usdc.mint(buyer, 1_000 * uint256(PRICE));
        vm.prank(buyer);
        usdc.approve(address(escrow), type(uint256).max);
    }

    /// @dev One step of 100 USDC, half a per cent to two per cent fee, one day to deliver, two to review.
    function _terms() internal view returns (IHarmonyEscrow.Terms memory terms) {
        terms.buyer = buyer;
        terms.seller = seller;
        terms.arbiter = arbiter;
        terms.feeRecipient = house;
        terms.minFeeBps = 50;
        terms.maxFeeBps = 200;
        terms.openBy = uint40(START + 1 hours);
        terms.reviewSeconds = 2 days;
        terms.arbitrationSeconds = 7 days;
        terms.work = keccak256("what both agreed on");
        terms.salt = 1;
        terms.milestones = new IHarmonyEscrow.Milestone[](1);
        terms.milestones[0] = IHarmonyEscrow.Milestone(PRICE, 1 days);
    }

    /// @dev The same in three steps of 20, 30 and 50 USDC.
    function _steps() internal view returns (IHarmonyEscrow.Terms memory terms) {
        terms = _terms();
        terms.milestones = new IHarmonyEscrow.Milestone[](3);
        terms.milestones[0] = IHarmonyEscrow.Milestone(20_000_000, 1 days);
        terms.milestones[1] = IHarmonyEscrow.Milestone(30_000_000, 2 days);
        terms.milestones[2] = IHarmonyEscrow.Milestone(50_000_000, 3 days);
    }

    function _signed(uint256 key, bytes32 hash) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, hash);
        return abi.encodePacked(r, s, v);
    }

    function _open(IHarmonyEscrow.Terms memory terms) internal returns (bytes32 id) {
        bytes memory signature = _signed(SELLER_KEY, escrow.hashTerms(terms));
        vm.prank(buyer);
        return escrow.open(terms, NOTHING, signature);
    }

    function _submit(IHarmonyEscrow.Terms memory terms) internal {
        vm.prank(seller);
        escrow.submit(terms, keccak256("the work"));
    }

    function _opened() internal returns (IHarmonyEscrow.Terms memory terms) {
        terms = _terms();
        _open(terms);
    }

    function _submitted() internal returns (IHarmonyEscrow.Terms memory terms) {
        terms = _opened();
        _submit(terms);
    }

    function _disputed() internal returns (IHarmonyEscrow.Terms memory terms) {
        terms = _submitted();
        vm.prank(buyer);
        escrow.dispute(terms);
    }

    function _of(IHarmonyEscrow.Terms memory terms) internal view returns (IHarmonyEscrow.Escrow memory) {
        return escrow.escrowOf(escrow.hashTerms(terms));
    }

    function _requireState(IHarmonyEscrow.Terms memory terms, IHarmonyEscrow.State state) internal view {
        vm.assertEq(uint256(_of(terms).state), uint256(state));
    }

    function _wrongState(IHarmonyEscrow.Terms memory terms, IHarmonyEscrow.State state)
        internal
        view
        returns (bytes memory)
    {
        return abi.encodeWithSelector(IHarmonyEscrow.WrongState.selector, escrow.hashTerms(terms), state);
    }

    function _notYours(address caller, address wanted) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IHarmonyEscrow.NotYours.selector, caller, wanted);
    }

    function _tooLate(uint256 due) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IHarmonyEscrow.TooLate.selector, due);
    }
}
