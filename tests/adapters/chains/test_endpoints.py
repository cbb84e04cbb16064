"""Endpoints as hostile input: what they may answer, and who is asked next."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from harmony.adapters.chains.errors import AnswerRefused, ChainUnknown, ChainUnreachable, TransactionRefused
from harmony.adapters.chains.evm import EvmChain
from harmony.adapters.chains.known import settings_of
from harmony.adapters.chains.model import Signed
from harmony.adapters.chains.rpc import ANSWER_LIMIT_BYTES, ENDPOINTS_LIMIT, Endpoints

BASE = settings_of("eip155:8453")
HASH, OTHER_HASH = f"0x{'ab' * 32}", f"0x{'cd' * 32}"
VAULT, STRANGER = f"0x{'11' * 20}", f"0x{'22' * 20}"
SECRET = "a-key-of-the-provider"

Answers = Callable[[str, list[Any]], Any]


def block(number: int = 7, **others: Any) -> dict[str, Any]:
    return {"number": hex(number), "hash": HASH, "parentHash": OTHER_HASH, "timestamp": "0x1", **others}


def log(**others: Any) -> dict[str, Any]:
    return {
        "address": VAULT, "topics": [HASH], "data": "0x00", "blockNumber": "0x7", "blockHash": HASH,
        "transactionHash": HASH, "logIndex": "0x0", "removed": False, **others,
    }  # fmt: skip


def receipt(**others: Any) -> dict[str, Any]:
    place = {"transactionHash": HASH, "blockNumber": "0x7", "blockHash": HASH, "status": "0x1"}
    return {**place, "contractAddress": None, "logs": [log()], **others}


def chain(*endpoints: Answers | httpx.Response | Exception, agreeing: int = 1) -> EvmChain:
    """A chain whose endpoints answer so; each says that it speaks for Base unless it says otherwise."""

    async def handle(request: httpx.Request) -> httpx.Response:
        behind = endpoints[int(str(request.url.host).removeprefix("rpc"))]
        if isinstance(behind, Exception):
            raise behind
        if isinstance(behind, httpx.Response):
            return httpx.Response(behind.status_code, content=behind.content)
        asked = json.loads(request.content)
        found = behind(asked["method"], asked["params"])
        if found is None and asked["method"] == "eth_chainId":
            found = hex(8453)
        body = found if isinstance(found, dict) and "error" in found else {"result": found}
        return httpx.Response(200, json={"jsonrpc": "2.0", "id": asked["id"], **body})

    client = httpx.AsyncClient(transport=httpx.MockTransport(handle))
    urls = [f"https://rpc{number}/{SECRET}" for number in range(len(endpoints))]
    return EvmChain(BASE, Endpoints(urls, BASE.chain_id, client, agreeing))


def says(found: Any) -> Answers:
    return lambda method, _: None if method == "eth_chainId" else found


DEAD = httpx.ConnectError("nobody there")


@pytest.mark.parametrize(
    "first",
    [
        DEAD,
        httpx.ReadTimeout("late"),
        httpx.Response(500, content=b"{}"),
        httpx.Response(429, content=b"slow down"),
        httpx.Response(200, content=b"<html>"),
        httpx.Response(200, content=b"[" * 100_000),
        httpx.Response(200, content=b"0" * (ANSWER_LIMIT_BYTES + 1)),
        httpx.Response(200, content=b'{"id": 77, "result": "0x2105"}'),
        lambda method, _: "0x1" if method == "eth_chainId" else block(),
        says({"error": {"code": -32005, "message": "limit exceeded"}}),
        says({"error": "words"}),
        says("0x7"),
        says({**block(), "number": "0x07"}),
        says(block(number=2**63)),
        says(block(hash="0xab")),
    ],
)
async def test_the_next_endpoint_is_asked_when_one_fails_or_answers_what_cannot_be(first: Any) -> None:
    found = await chain(first, says(block())).head()
    assert (found.number, found.hash, found.parent) == (7, HASH, OTHER_HASH)


async def test_when_nobody_answers_the_refusal_names_no_address_with_its_key() -> None:
    for endpoints, refusal in (((DEAD, DEAD), ChainUnreachable), ((says(1), says(2)), AnswerRefused)):
        with pytest.raises(refusal) as refused:
            await chain(*endpoints).head()
        assert SECRET not in str(refused.value) and "rpc1" in str(refused.value)
    assert SECRET not in repr(Endpoints([f"https://rpc0/{SECRET}"], 1, httpx.AsyncClient())._endpoints)


@pytest.mark.parametrize(
    "answer",
    [
        [log(address=STRANGER)],
        [log(blockNumber="0x8")],
        [log(blockNumber="0x5")],
        [log(removed=True)],
        [log(topics=[HASH] * 5)],
        [log(topics=["0x12"])],
        [log(data="0x0")],
        [log(data="zz")],
        [log(logIndex="-1")],
        [log(), log(data="0x01")],
        [log()] * 10_001,
        {"logs": []},
        None,
    ],
)
async def test_logs_that_were_not_asked_for_or_contradict_each_other_are_refused(answer: Any) -> None:
    with pytest.raises(AnswerRefused):
        await chain(says(answer)).logs(VAULT, 6, 7)


async def test_a_log_that_is_answered_twice_counts_once() -> None:
    assert len(await chain(says([log(), log()])).logs(VAULT, 6, 7)) == 1


@pytest.mark.parametrize(
    "answer",
    [
        receipt(transactionHash=OTHER_HASH),
        receipt(logs=[log(transactionHash=OTHER_HASH)]),
        receipt(logs=[log(blockHash=OTHER_HASH)]),
        receipt(status="0x2"),
        receipt(status="0x0"),
        receipt(status=None),
    ],
)
async def test_a_receipt_that_is_not_of_the_transaction_is_refused(answer: Any) -> None:
    with pytest.raises(AnswerRefused):
        await chain(says(answer)).receipt(HASH)


async def test_a_block_other_than_the_one_asked_for_is_refused() -> None:
    with pytest.raises(AnswerRefused):
        await chain(says(block(8))).block(7)
    assert await chain(says(None)).block(7) is None


async def test_endpoints_that_must_agree_and_contradict_each_other_are_refused() -> None:
    assert await chain(says([log()]), says([log()]), agreeing=2).logs(VAULT, 6, 7)
    with pytest.raises(AnswerRefused, match="contradict"):
        await chain(says([log()]), says([]), agreeing=2).logs(VAULT, 6, 7)
    with pytest.raises(ChainUnreachable):
        await chain(says([log()]), DEAD, agreeing=2).logs(VAULT, 6, 7)
    assert await chain(says([log()]), DEAD, says([log()]), agreeing=2).logs(VAULT, 6, 7)


async def test_what_the_chain_itself_refuses_is_no_reason_to_ask_elsewhere() -> None:
    refusing = says({"error": {"code": 3, "message": "execution reverted: " + "x" * 1_000}})
    with pytest.raises(TransactionRefused) as refused:
        await chain(refusing, says("0x01")).call(VAULT, b"")
    assert len(refused.value.message) < 300
    known = says({"error": {"code": -32000, "message": "already known"}})
    await chain(known).broadcast(Signed(HASH, b"raw", VAULT, 1))


@pytest.mark.parametrize("count", [0, ENDPOINTS_LIMIT + 1])
async def test_there_are_one_to_ten_endpoints(count: int) -> None:
    with pytest.raises(ChainUnknown):
        Endpoints(["https://rpc0"] * count, 1, httpx.AsyncClient())
