// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Consent} from "../Consent.sol";

/// @title A dollar that buys nothing, behaving outwardly as USDC does
/// @notice For local chains and tests: six decimals, permits (EIP-2612), authorizations (EIP-3009, by keys and by
/// contracts), a denylist and a pause in the hand of the owner, and the refusals in USDC's own words, since callers
/// read them. Whoever deploys it may mint, and may hand that over.
contract PracticeUsdc is IERC20Metadata, EIP712, Nonces {
    bytes32 public constant TRANSFER_WITH_AUTHORIZATION_TYPEHASH = keccak256(
        "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    bytes32 public constant RECEIVE_WITH_AUTHORIZATION_TYPEHASH = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    bytes32 public constant CANCEL_AUTHORIZATION_TYPEHASH =
        keccak256("CancelAuthorization(address authorizer,bytes32 nonce)");

    bytes32 public constant PERMIT_TYPEHASH =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    string public constant name = "USD Coin";
    string public constant symbol = "USDC";
    uint8 public constant decimals = 6;
    /// @notice USDC signs as version 2.
    string public constant version = "2";
    uint256 private constant DENIED = 1 << 255;

    address public owner;
    bool public paused;
    uint256 public totalSupply;
    /// @dev The balance, and in the uppermost bit whether the account is denied: as in USDC, one slot says both.
    mapping(address account => uint256) private _balances;
    mapping(address account => mapping(address spender => uint256)) public allowance;
    mapping(address authorizer => mapping(bytes32 nonce => bool)) public authorizationState;

    event AuthorizationUsed(address indexed authorizer, bytes32 indexed nonce);
    event AuthorizationCanceled(address indexed authorizer, bytes32 indexed nonce);

    /// @notice Not a rule of USDC's: only the owner mints, denies and pauses here.
    error OnlyOwner();

    modifier onlyOwner() {
        if (msg.sender != owner) revert OnlyOwner();
        _;
    }

    constructor() EIP712("USD Coin", "2") {
        owner = msg.sender;
    }

    function handOver(address to) external onlyOwner {
        owner = to;
    }

    function mint(address account, uint256 amount) external onlyOwner {
        totalSupply += amount;
        _update(address(0), account, amount);
    }

    function blacklist(address account) external onlyOwner {
        _balances[account] |= DENIED;
    }

    function unBlacklist(address account) external onlyOwner {
        _balances[account] &= ~DENIED;
    }

    function setPaused(bool value) external onlyOwner {
        paused = value;
    }

    function approve(address spender, uint256 value) external returns (bool) {
        _approve(msg.sender, spender, value);
        return true;
    }

    function transfer(address to, uint256 value) external returns (bool) {
        _move(msg.sender, to, value);
        return true;
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        uint256 allowed = allowance[from][msg.sender];
        require(value <= allowed, "ERC20: transfer amount exceeds allowance");
        allowance[from][msg.sender] = allowed - value;
        _move(from, to, value);
        return true;
    }

    function permit(address account, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
    {
        require(block.timestamp <= deadline, "FiatTokenV2: permit is expired");
        bytes32 structHash = keccak256(
            abi.encode(PERMIT_TYPEHASH, account, spender, value, _useNonce(account), deadline)
        );
        _requireSigned(account, structHash, abi.encodePacked(r, s, v));
        _approve(account, spender, value);
    }

    function transferWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes memory signature
    ) public {
        _use(from, validAfter, validBefore, nonce);
        bytes32 kind = TRANSFER_WITH_AUTHORIZATION_TYPEHASH;
        _requireSigned(from, keccak256(abi.encode(kind, from, to, value, validAfter, validBefore, nonce)), signature);
        _move(from, to, value);
    }

    function transferWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        transferWithAuthorization(from, to, value, validAfter, validBefore, nonce, abi.encodePacked(r, s, v));
    }

    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes memory signature
    ) public {
        require(to == msg.sender, "FiatTokenV2: caller must be the payee");
        _use(from, validAfter, validBefore, nonce);
        bytes32 kind = RECEIVE_WITH_AUTHORIZATION_TYPEHASH;
        _requireSigned(from, keccak256(abi.encode(kind, from, to, value, validAfter, validBefore, nonce)), signature);
        _move(from, to, value);
    }

    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        receiveWithAuthorization(from, to, value, validAfter, validBefore, nonce, abi.encodePacked(r, s, v));
    }

    function cancelAuthorization(address authorizer, bytes32 nonce, bytes memory signature) external {
        require(!authorizationState[authorizer][nonce], "FiatTokenV2: authorization is used or canceled");
        _requireSigned(
            authorizer, keccak256(abi.encode(CANCEL_AUTHORIZATION_TYPEHASH, authorizer, nonce)), signature
        );
        authorizationState[authorizer][nonce] = true;
        emit AuthorizationCanceled(authorizer, nonce);
    }

    function balanceOf(address account) public view returns (uint256) {
        return _balances[account] & ~DENIED;
    }

    function isBlacklisted(address account) public view returns (bool) {
        return _balances[account] & DENIED != 0;
    }

    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    /// @dev Moves `value`, out of nothing where `from` is zero. Tokens that behave worse change this.
    function _update(address from, address to, uint256 value) internal virtual {
        require(!paused, "Pausable: paused");
        require(!isBlacklisted(from) && !isBlacklisted(to), "Blacklistable: account is blacklisted");
        if (from != address(0)) {
            uint256 before = _balances[from];
            require(value <= before, "ERC20: transfer amount exceeds balance");
            _balances[from] = before - value;
        }
        _balances[to] += value;
        emit Transfer(from, to, value);
    }

    function _move(address from, address to, uint256 value) private {
        require(to != address(0), "ERC20: transfer to the zero address");
        require(!isBlacklisted(msg.sender), "Blacklistable: account is blacklisted");
        _update(from, to, value);
    }

    function _approve(address account, address spender, uint256 value) private {
        allowance[account][spender] = value;
        emit Approval(account, spender, value);
    }

    function _use(address from, uint256 validAfter, uint256 validBefore, bytes32 nonce) private {
        require(block.timestamp > validAfter, "FiatTokenV2: authorization is not yet valid");
        require(block.timestamp < validBefore, "FiatTokenV2: authorization is expired");
        require(!authorizationState[from][nonce], "FiatTokenV2: authorization is used or canceled");
        authorizationState[from][nonce] = true;
        emit AuthorizationUsed(from, nonce);
    }

    function _requireSigned(address account, bytes32 structHash, bytes memory signature) private view {
        bool signed = Consent.given(account, _hashTypedDataV4(structHash), signature);
        require(signed, "FiatTokenV2: invalid signature");
    }
}
