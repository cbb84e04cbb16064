"""JSON-RPC over several endpoints. One that fails, lies or speaks for another chain is passed over."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx

from harmony.adapters.chains.errors import AnswerRefused, ChainUnknown, ChainUnreachable
from harmony.adapters.chains.wire import quantity

Result = TypeVar("Result")

ENDPOINTS_LIMIT = 10
ANSWER_LIMIT_BYTES = 8_388_608
TIMEOUT_SECONDS = 10.0
MESSAGE_LIMIT_CHARS = 200
BUSY = frozenset({-32005, -32603})
"""Codes that say more of the endpoint than of the question."""


class Told(Exception):
    """The endpoint answered with an error of its own: ``code`` and its words, cut."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(slots=True)
class Endpoint:
    """``url`` may hold a key of its provider, so it is never shown."""

    url: str = field(repr=False)
    name: str
    checked: bool = False


class Endpoints:
    """Asks one after the other, beginning with the last that answered."""

    def __init__(self, urls: Sequence[str], chain_id: int, client: httpx.AsyncClient, agreeing: int = 1) -> None:
        if not 1 <= agreeing <= len(urls) <= ENDPOINTS_LIMIT:
            raise ChainUnknown(f"a chain has 1 to {ENDPOINTS_LIMIT} endpoints, of which as many can agree", field="rpc")
        self._endpoints = [Endpoint(url, f"{urlsplit(url).hostname} ({at})") for at, url in enumerate(urls, start=1)]
        self._chain_id = chain_id
        self._client = client
        self._agreeing = agreeing
        self._asked = 0

    async def ask(
        self, method: str, parameters: Sequence[Any], read: Callable[[Any], Result], *, agreed: bool = False
    ) -> Result:
        """What ``read`` makes of the answer. ``agreed``: as many endpoints as were set must say the same.

        Raises ``ChainUnreachable``, ``AnswerRefused`` and, for an error of the chain's own, ``Told``.
        """
        wanted = self._agreeing if agreed else 1
        answers: list[Result] = []
        reasons: list[str] = []
        refused: AnswerRefused | None = None
        for endpoint in list(self._endpoints):
            try:
                answers.append(read(await self._one(endpoint, method, parameters)))
            except (httpx.HTTPError, AnswerRefused) as error:
                endpoint.checked = False
                refused = error if isinstance(error, AnswerRefused) else refused
                reasons.append(
                    f"{endpoint.name}: {error if isinstance(error, AnswerRefused) else type(error).__name__}"
                )
                self._endpoints.sort(key=lambda one: one is endpoint)
                continue
            if any(answer != answers[0] for answer in answers):
                raise AnswerRefused("the chain's endpoints contradict each other")
            if len(answers) == wanted:
                return answers[0]
        if refused is not None and len(reasons) == len(self._endpoints):
            raise AnswerRefused(f"{method}: {'; '.join(reasons)}")
        raise ChainUnreachable(f"{method}: {'; '.join(reasons)}")

    async def _one(self, endpoint: Endpoint, method: str, parameters: Sequence[Any]) -> Any:
        if not endpoint.checked:
            found = quantity(await self._send(endpoint, "eth_chainId", []))
            if found != self._chain_id:
                raise AnswerRefused(f"speaks for eip155:{found}, not for eip155:{self._chain_id}")
            endpoint.checked = True
        return await self._send(endpoint, method, parameters)

    async def _send(self, endpoint: Endpoint, method: str, parameters: Sequence[Any]) -> Any:
        self._asked += 1
        number = self._asked
        body = {"jsonrpc": "2.0", "id": number, "method": method, "params": list(parameters)}
        async with self._client.stream("POST", endpoint.url, json=body, timeout=TIMEOUT_SECONDS) as response:
            content = await _bounded(response)
            response.raise_for_status()
        try:
            answer = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise AnswerRefused("did not answer JSON") from error
        if not isinstance(answer, dict) or answer.get("id") != number:
            raise AnswerRefused("answered another question")
        if answer.get("error") is not None:
            raise _told(answer["error"])
        if "result" not in answer:
            raise AnswerRefused("answered nothing")
        return answer["result"]


async def _bounded(response: httpx.Response) -> bytes:
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > ANSWER_LIMIT_BYTES:
            raise AnswerRefused(f"answered more than {ANSWER_LIMIT_BYTES} bytes")
    return bytes(content)


def _told(error: Any) -> Exception:
    """The endpoint's own error; one that only says that it is busy counts as no answer."""
    if not isinstance(error, dict) or not isinstance(error.get("code"), int):
        return AnswerRefused("answered an error without a code")
    message = str(error.get("message", ""))[:MESSAGE_LIMIT_CHARS]
    return AnswerRefused("is busy") if error["code"] in BUSY else Told(error["code"], message)
