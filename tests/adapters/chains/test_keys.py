"""Keys sign and are never shown; signatures have one form."""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path

import pytest
from tests.adapters.chains.worlds import FUNDED

import tidy
from harmony.adapters.chains.errors import ChainUnknown, FeeTooHigh, KeyUnusable, SignatureRefused
from harmony.adapters.chains.keys import HALF_ORDER, EthSignatures, KeySigner, read_key
from harmony.adapters.chains.known import KNOWN, settings_of
from harmony.adapters.chains.model import FEE_LIMIT_WEI, Fees, replacement, require_payable

ADDRESS = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"


def test_a_key_is_in_nothing_that_is_shown(tmp_path: Path) -> None:
    signer = KeySigner(FUNDED)
    assert signer.address == ADDRESS and FUNDED[2:] not in f"{signer!r}{signer}"
    with pytest.raises(TypeError):
        pickle.dumps(signer)
    for wrong in ("", "0x12", FUNDED + "00", f"0x{'0' * 64}", f"0x{'f' * 64}", "zz" * 32):
        with pytest.raises(KeyUnusable) as refused:
            KeySigner(wrong)
        assert not wrong or wrong not in str(refused.value)


def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(FUNDED + "\n")
    file.chmod(0o640)
    with pytest.raises(KeyUnusable, match="chmod 600"):
        read_key(file)
    file.chmod(0o600)
    assert read_key(file).address == ADDRESS
    for missing in (tmp_path / "none", tmp_path):
        with pytest.raises(KeyUnusable):
            read_key(missing)


def test_whoever_signed_is_found_and_each_bit_counts() -> None:
    signature = KeySigner(FUNDED).sign_message("these deposits are mine")
    assert EthSignatures().signer_of("these deposits are mine", signature) == ADDRESS
    raw = bytes.fromhex(signature[2:])
    for bit in range(len(raw) * 8):
        bent = bytearray(raw)
        bent[bit // 8] ^= 1 << (bit % 8)
        try:
            assert EthSignatures().signer_of("these deposits are mine", f"0x{bent.hex()}") != ADDRESS
        except SignatureRefused:
            continue
    assert EthSignatures().signer_of("these deposits are hers", signature) != ADDRESS


def test_the_other_form_of_a_signature_is_refused() -> None:
    raw = bytes.fromhex(KeySigner(FUNDED).sign_message("x")[2:])
    order = 2 * HALF_ORDER + 1
    twin = raw[:32] + (order - int.from_bytes(raw[32:64])).to_bytes(32) + bytes([55 - raw[64]])
    for wrong in (f"0x{twin.hex()}", "", "0x", raw.hex(), f"0x{raw.hex()}00", f"0x{'00' * 65}"):
        with pytest.raises(SignatureRefused):
            EthSignatures().signer_of("x", wrong)


def test_python_refuses_deep_recursion_as_before() -> None:
    assert sys.getrecursionlimit() == 1_000
    with pytest.raises(RecursionError):
        json.loads("[" * 100_000)


def test_a_replacement_offers_an_eighth_more_and_what_is_asked_now_up_to_a_limit() -> None:
    assert replacement(Fees(80, 8), Fees(10, 1)) == Fees(90, 9)
    assert replacement(Fees(80, 8), Fees(200, 20)) == Fees(200, 20)
    assert replacement(Fees(1, 1), Fees(1, 1)) == Fees(2, 2)
    assert require_payable(Fees(FEE_LIMIT_WEI, FEE_LIMIT_WEI + 1)).tip == FEE_LIMIT_WEI
    with pytest.raises(FeeTooHigh):
        require_payable(Fees(FEE_LIMIT_WEI + 1, 0))
    with pytest.raises(FeeTooHigh):
        replacement(Fees(FEE_LIMIT_WEI, 1), Fees(1, 1))


def test_known_tokens_are_those_of_the_deployments() -> None:
    for chain, settings in KNOWN.items():
        file = tidy.ROOT / "contracts" / "deployments" / f"{chain.replace(':', '-')}.json"
        token = json.loads(file.read_text(encoding="utf-8"))["token"].lower() if file.exists() else None
        assert settings.token == token
        assert settings.chain_id == int(chain.removeprefix("eip155:"))


@pytest.mark.parametrize(
    "chain", ["", "base", "eip155:", "eip155:0", "eip155:08453", "eip155:8453\n", "solana:x", "eip155:5"]
)
def test_a_chain_that_is_not_known_is_refused(chain: str) -> None:
    with pytest.raises(ChainUnknown):
        settings_of(chain)
