// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyEscrow} from "./interfaces/IHarmonyEscrow.sol";

/// @notice EIP-712 struct hashes of what parties sign.
library TermsHash {
    bytes32 internal constant MILESTONE = keccak256("Milestone(uint96 amount,uint32 deliverSeconds)");

    bytes32 internal constant TERMS = keccak256(
        "Terms(address buyer,address seller,address arbiter,address feeRecipient,uint16 minFeeBps,uint16 maxFeeBps,"
        "uint40 openBy,uint32 reviewSeconds,uint32 arbitrationSeconds,bytes32 work,uint256 salt,"
        "Milestone[] milestones)Milestone(uint96 amount,uint32 deliverSeconds)"
    );

    bytes32 internal constant SETTLEMENT = keccak256(
        "Settlement(bytes32 escrow,uint96 toSeller,uint96 toBuyer,uint16 feeBps,uint40 validUntil)"
    );

    function ofTerms(IHarmonyEscrow.Terms calldata terms) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                TERMS,
                terms.buyer,
                terms.seller,
                terms.arbiter,
                terms.feeRecipient,
                terms.minFeeBps,
                terms.maxFeeBps,
                terms.openBy,
                terms.reviewSeconds,
                terms.arbitrationSeconds,
                terms.work,
                terms.salt,
                _ofMilestones(terms.milestones)
            )
        );
    }

    function ofSettlement(IHarmonyEscrow.Settlement calldata settlement) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                SETTLEMENT,
                settlement.escrow,
                settlement.toSeller,
                settlement.toBuyer,
                settlement.feeBps,
                settlement.validUntil
            )
        );
    }

    function _ofMilestones(IHarmonyEscrow.Milestone[] calldata milestones) private pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](milestones.length);
        for (uint256 i = 0; i < milestones.length; ++i) {
            hashes[i] = keccak256(abi.encode(MILESTONE, milestones[i].amount, milestones[i].deliverSeconds));
        }
        return keccak256(abi.encodePacked(hashes));
    }
}
