// SPDX-License-Identifier: MIT
pragma solidity ^0.8.34;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";

/// @notice The escrow as the exchange specification prints it, brought to this compiler and nothing else. It is here to
/// be broken, and to be measured against; it is deployed nowhere.
contract SpecifiedEscrow is ReentrancyGuard {
    IERC20 public immutable USDC;

    struct Escrow {
        address buyer;
        address seller;
        uint256 amount;
        bool released;
        bool refunded;
        uint256 createdAt;
    }

    mapping(uint256 => Escrow) public escrows;
    uint256 public escrowCount;

    event EscrowCreated(uint256 indexed escrowId, address buyer, uint256 amount);
    event EscrowAccepted(uint256 indexed escrowId, address seller);
    event EscrowReleased(uint256 indexed escrowId);
    event EscrowRefunded(uint256 indexed escrowId);

    constructor(address _usdc) {
        USDC = IERC20(_usdc);
    }

    function createEscrow(uint256 amount) external nonReentrant returns (uint256) {
        require(amount > 0, "Amount must be greater than 0");
        require(USDC.transferFrom(msg.sender, address(this), amount), "Transfer failed");

        uint256 escrowId = escrowCount++;
        escrows[escrowId] = Escrow({
            buyer: msg.sender,
            seller: address(0),
            amount: amount,
            released: false,
            refunded: false,
            createdAt: block.timestamp
        });

        emit EscrowCreated(escrowId, msg.sender, amount);
        return escrowId;
    }

    function acceptEscrow(uint256 escrowId) external {
        Escrow storage escrow = escrows[escrowId];
        require(escrow.seller == address(0), "Already accepted");
        require(!escrow.released && !escrow.refunded, "Escrow closed");

        escrow.seller = msg.sender;
        emit EscrowAccepted(escrowId, msg.sender);
    }

    function releaseEscrow(uint256 escrowId) external nonReentrant {
        Escrow storage escrow = escrows[escrowId];
        require(msg.sender == escrow.buyer, "Only buyer can release");
        require(escrow.seller != address(0), "No seller");
        require(!escrow.released && !escrow.refunded, "Already closed");

        escrow.released = true;
        require(USDC.transfer(escrow.seller, escrow.amount), "Transfer failed");

        emit EscrowReleased(escrowId);
    }

    function refundEscrow(uint256 escrowId) external nonReentrant {
        Escrow storage escrow = escrows[escrowId];
        require(msg.sender == escrow.buyer, "Only buyer can refund");
        require(!escrow.released && !escrow.refunded, "Already closed");

        escrow.refunded = true;
        require(USDC.transfer(escrow.buyer, escrow.amount), "Transfer failed");

        emit EscrowRefunded(escrowId);
    }
}
