// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.34;

import {IHarmonyEscrow} from "../../src/interfaces/IHarmonyEscrow.sol";
import {IPayouts} from "../../src/interfaces/IPayouts.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";
import {EscrowCase} from "../support/EscrowCase.sol";
import {TollToken} from "../support/Tokens.sol";
import {CodeWallet} from "../support/Wallets.sol";
import {vm} from "../support/Vm.sol";

/// @notice docs/openWithAuthorization.md: one signature of the buyer's is both consent and payment.
contract OpenWithAuthorizationTest is EscrowCase {
    function setUp() public override {
        super.setUp();
        vm.prank(buyer);
        usdc.approve(address(escrow), 0);
    }

    function test_a_relayer_opens_with_the_authorization_and_the_sellers_signature() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        bytes32 id = escrow.hashTerms(terms);
        IHarmonyEscrow.Authorization memory authorization = _authorization(id, PRICE, 0, START + 1);
        bytes memory signature = _signed(SELLER_KEY, id);
        vm.prank(stranger);
        escrow.openWithAuthorization(terms, authorization, signature);
        vm.assertEq(_of(terms).held, PRICE);
        vm.assertEq(usdc.balanceOf(address(escrow)), PRICE);
        vm.assertTrue(usdc.authorizationState(buyer, id));
    }

    function test_a_wallet_of_code_authorizes_by_its_code() public {
        CodeWallet wallet = new CodeWallet(buyer);
        usdc.mint(address(wallet), PRICE);
        IHarmonyEscrow.Terms memory terms = _terms();
        terms.buyer = address(wallet);
        bytes32 id = escrow.hashTerms(terms);
        bytes memory signature = _signed(SELLER_KEY, id);
        IHarmonyEscrow.Authorization memory authorization = _authorizationOf(address(wallet), id, PRICE, 0, START + 1);
        escrow.openWithAuthorization(terms, authorization, signature);
        vm.assertEq(_of(terms).held, PRICE);
    }

    function test_an_authorization_for_other_terms_opens_nothing() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        IHarmonyEscrow.Authorization memory authorization =
            _authorization(escrow.hashTerms(terms), PRICE, 0, START + 1);
        terms.seller = vm.addr(SELLER_KEY + 1);
        bytes memory signature = _signed(SELLER_KEY + 1, escrow.hashTerms(terms));
        vm.expectRevert("FiatTokenV2: invalid signature");
        escrow.openWithAuthorization(terms, authorization, signature);
    }

    function test_the_amount_authorized_is_the_amount_of_the_terms() public {
        _refused(PRICE - 1, 0, START + 1, "FiatTokenV2: invalid signature");
        _refused(PRICE + 1, 0, START + 1, "FiatTokenV2: invalid signature");
    }

    function test_it_is_valid_strictly_after_and_strictly_before() public {
        _refused(PRICE, START, START + 10, "FiatTokenV2: authorization is not yet valid");
        _refused(PRICE, 0, START, "FiatTokenV2: authorization is expired");
    }

    function test_a_cancelled_authorization_opens_nothing() public {
        bytes32 id = escrow.hashTerms(_terms());
        bytes32 structHash = keccak256(abi.encode(usdc.CANCEL_AUTHORIZATION_TYPEHASH(), buyer, id));
        usdc.cancelAuthorization(buyer, id, _signed(BUYER_KEY, _typed(structHash)));
        _refused(PRICE, 0, START + 1, "FiatTokenV2: authorization is used or canceled");
    }

    function test_nobody_can_use_the_authorization_around_the_escrow() public {
        bytes32 id = escrow.hashTerms(_terms());
        IHarmonyEscrow.Authorization memory authorization = _authorization(id, PRICE, 0, START + 1);
        vm.expectRevert("FiatTokenV2: caller must be the payee");
        usdc.receiveWithAuthorization(buyer, address(escrow), PRICE, 0, START + 1, id, authorization.signature);
    }

    function test_the_sellers_consent_is_asked_for() public {
        IHarmonyEscrow.Terms memory terms = _terms();
        bytes32 id = escrow.hashTerms(terms);
        IHarmonyEscrow.Authorization memory authorization = _authorization(id, PRICE, 0, START + 1);
        vm.expectRevert(abi.encodeWithSelector(IHarmonyEscrow.ConsentMissing.selector, seller, id));
        escrow.openWithAuthorization(terms, authorization, NOTHING);
    }

    function test_a_token_that_takes_a_fee_is_refused() public {
        _settle(new TollToken());
        IHarmonyEscrow.Terms memory terms = _terms();
        bytes32 id = escrow.hashTerms(terms);
        IHarmonyEscrow.Authorization memory authorization = _authorization(id, PRICE, 0, START + 1);
        bytes memory signature = _signed(SELLER_KEY, id);
        vm.expectRevert(abi.encodeWithSelector(IPayouts.TransferNotExact.selector, PRICE, PRICE - PRICE / 100));
        escrow.openWithAuthorization(terms, authorization, signature);
    }

    function test_a_pause_stops_it() public {
        vm.prank(guardian);
        escrow.pause();
        IHarmonyEscrow.Terms memory terms = _terms();
        bytes32 id = escrow.hashTerms(terms);
        IHarmonyEscrow.Authorization memory authorization = _authorization(id, PRICE, 0, START + 1);
        bytes memory signature = _signed(SELLER_KEY, id);
        vm.expectRevert(Pausable.EnforcedPause.selector);
        escrow.openWithAuthorization(terms, authorization, signature);
    }

    function _refused(uint256 value, uint256 validAfter, uint256 validBefore, string memory words) private {
        IHarmonyEscrow.Terms memory terms = _terms();
        bytes32 id = escrow.hashTerms(terms);
        IHarmonyEscrow.Authorization memory authorization = _authorization(id, value, validAfter, validBefore);
        bytes memory signature = _signed(SELLER_KEY, id);
        vm.expectRevert(bytes(words));
        escrow.openWithAuthorization(terms, authorization, signature);
    }

    function _authorization(bytes32 nonce, uint256 value, uint256 validAfter, uint256 validBefore)
        private
        view
        returns (IHarmonyEscrow.Authorization memory)
    {
        return _authorizationOf(buyer, nonce, value, validAfter, validBefore);
    }

    function _authorizationOf(address from, bytes32 nonce, uint256 value, uint256 validAfter, uint256 validBefore)
        private
        view
        returns (IHarmonyEscrow.Authorization memory)
    {
        bytes32 kind = usdc.RECEIVE_WITH_AUTHORIZATION_TYPEHASH();
        bytes32 structHash =
            keccak256(abi.encode(kind, from, address(escrow), value, validAfter, validBefore, nonce));
        return IHarmonyEscrow.Authorization(validAfter, validBefore, _signed(BUYER_KEY, _typed(structHash)));
    }

    function _typed(bytes32 structHash) private view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", usdc.DOMAIN_SEPARATOR(), structHash));
    }
}
