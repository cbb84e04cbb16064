"""Reading what an endpoint answers. Whatever does not have the form that it must have raises ``AnswerRefused``."""

from __future__ import annotations

import re
from typing import Any

from harmony.adapters.chains.errors import AnswerRefused
from harmony.adapters.chains.model import Block, Log, Receipt, is_address, is_hash
from harmony.adapters.chains.ports import LOGS_LIMIT

TOPICS_LIMIT = 4
DATA_LIMIT_BYTES = 1_048_576
NUMBER_LIMIT = 2**63 - 1

_QUANTITY = re.compile(r"0x(0|[1-9a-f][0-9a-f]{0,63})\Z", re.ASCII)
_DATA = re.compile(r"0x(?:[0-9a-f]{2})*\Z", re.ASCII)


def quantity(value: Any, most: int = NUMBER_LIMIT) -> int:
    """A whole number from 0 to ``most``."""
    if not isinstance(value, str) or not _QUANTITY.match(value):
        raise AnswerRefused("the endpoint answered something that is no number")
    number = int(value, 16)
    if number > most:
        raise AnswerRefused("the endpoint answered a number beyond its bound")
    return number


def data(value: Any) -> bytes:
    """Bytes, at most ``DATA_LIMIT_BYTES``."""
    if not isinstance(value, str) or len(value) > 2 + 2 * DATA_LIMIT_BYTES or not _DATA.match(value.lower()):
        raise AnswerRefused("the endpoint answered something that is no data")
    return bytes.fromhex(value[2:])


def hashed(value: Any) -> str:
    """A hash of 32 bytes."""
    text = value.lower() if isinstance(value, str) else ""
    if not is_hash(text):
        raise AnswerRefused("the endpoint answered something that is no hash")
    return text


def address(value: Any) -> str:
    text = value.lower() if isinstance(value, str) else ""
    if not is_address(text):
        raise AnswerRefused("the endpoint answered something that is no address")
    return text


def block(value: Any, number: int | None = None) -> Block | None:
    """A block, None for null; ``number`` is the one that was asked for."""
    if value is None:
        return None
    fields = _fields(value)
    found = Block(
        quantity(fields.get("number")),
        hashed(fields.get("hash")),
        hashed(fields.get("parentHash")),
        quantity(fields.get("timestamp")),
    )
    if number is not None and found.number != number:
        raise AnswerRefused("the endpoint answered another block than the one asked for")
    return found


def receipt(value: Any, tx_hash: str) -> Receipt | None:
    """The receipt of ``tx_hash``, None for null: all its logs are of this transaction and its block."""
    if value is None:
        return None
    fields = _fields(value)
    contract = fields.get("contractAddress")
    found = Receipt(
        tx_hash=hashed(fields.get("transactionHash")),
        block_number=quantity(fields.get("blockNumber")),
        block_hash=hashed(fields.get("blockHash")),
        succeeded=quantity(fields.get("status"), 1) == 1,
        logs=tuple(_log(one) for one in _items(fields.get("logs"))),
        contract=None if contract is None else address(contract),
    )
    here = (found.tx_hash, found.block_number, found.block_hash)
    if found.tx_hash != tx_hash or any((log.tx_hash, log.block_number, log.block_hash) != here for log in found.logs):
        raise AnswerRefused("the endpoint answered another transaction's receipt")
    if found.logs and not found.succeeded:
        raise AnswerRefused("the endpoint answered logs of a transaction that failed")
    return found


def logs(value: Any, of: str, first: int, last: int) -> list[Log]:
    """Logs of the contract ``of`` in order, each once; one that was doubled counts once."""
    found: dict[tuple[int, int], Log] = {}
    for one in _items(value):
        log = _log(one)
        if log.address != of or not first <= log.block_number <= last:
            raise AnswerRefused("the endpoint answered a log that was not asked for")
        if found.setdefault((log.block_number, log.index), log) != log:
            raise AnswerRefused("the endpoint answered two logs at one place")
    return [found[place] for place in sorted(found)]


def _log(value: Any) -> Log:
    fields = _fields(value)
    topics = fields.get("topics")
    if fields.get("removed", False) is not False or not isinstance(topics, list) or len(topics) > TOPICS_LIMIT:
        raise AnswerRefused("the endpoint answered something that is no log of a block")
    return Log(
        address=address(fields.get("address")),
        topics=tuple(hashed(topic) for topic in topics),
        data=data(fields.get("data")),
        block_number=quantity(fields.get("blockNumber")),
        block_hash=hashed(fields.get("blockHash")),
        tx_hash=hashed(fields.get("transactionHash")),
        index=quantity(fields.get("logIndex")),
    )


def _fields(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise AnswerRefused("the endpoint answered something that is no object")
    return value


def _items(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > LOGS_LIMIT:
        raise AnswerRefused(f"the endpoint answered something that is no list of at most {LOGS_LIMIT}")
    return value
