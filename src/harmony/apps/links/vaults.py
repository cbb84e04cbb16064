"""``Vaults``: the vault on the chain that the settings name, or on a chain of our own (``local_chain.py``)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx

from harmony.adapters.chains.errors import ChainUnknown
from harmony.adapters.chains.evm import EvmChain
from harmony.adapters.chains.keys import EthSignatures, KeySigner, read_key
from harmony.adapters.chains.known import settings_of
from harmony.adapters.chains.model import is_address
from harmony.adapters.chains.ports import Chain, Signer
from harmony.adapters.chains.rpc import Endpoints
from harmony.apps.links import local_chain
from harmony.apps.settings import Settings
from harmony.kernel.chance import Chance
from harmony.kernel.clock import Clock
from harmony.settlement.balances import contract as asked
from harmony.settlement.balances.vaults import Vault, Vaults

LOCAL = "local"
CONNECTIONS_LIMIT = 8


@asynccontextmanager
async def connected(
    settings: Settings, clock: Clock, chance: Chance, say: Callable[[str], None]
) -> AsyncIterator[Vaults]:
    """The vaults while the block lasts; raises by name what is missing or is not what it should be."""
    limits = httpx.Limits(max_connections=CONNECTIONS_LIMIT)
    async with httpx.AsyncClient(trust_env=settings.chain != LOCAL, limits=limits) as client:
        if settings.chain == LOCAL:
            async with local_chain.started(settings, client, clock, chance, say) as vault:
                yield Vaults({vault.name: vault})
            return
        vault = await _public(settings, client)
        say(f"the vault {vault.address} on {vault.chain.settings.name} is served")
        yield Vaults({vault.name: vault})


async def _public(settings: Settings, client: httpx.AsyncClient) -> Vault:
    known = settings_of(settings.chain or "", settings.chain_finality)
    address = (settings.chain_vault or "").lower()
    if known.token is None or not is_address(address) or settings.chain_rpc is None:
        raise ChainUnknown("a chain is set by HARMONY_CHAIN_RPC and HARMONY_CHAIN_VAULT too", field="chain")
    urls = settings.chain_rpc.get_secret_value().split()
    chain = EvmChain(known, Endpoints(urls, known.chain_id, client, settings.chain_agreeing))
    operator = _key(settings)
    await require_ours(chain, address, known.token, operator)
    return Vault(chain, address, known.token, settings.chain_vault_block, operator, EthSignatures())


def _key(settings: Settings) -> KeySigner:
    if settings.chain_key_file is not None:
        return read_key(settings.chain_key_file)
    return KeySigner(settings.chain_key.get_secret_value() if settings.chain_key else "")


async def require_ours(chain: Chain, address: str, token: str, operator: Signer) -> None:
    """Refuse a vault of another token, or that another key publishes to."""
    holds = asked.address_in(await chain.call(address, asked.TOKEN))
    publishes = asked.address_in(await chain.call(address, asked.OPERATOR))
    if (holds, publishes) != (token, operator.address):
        raise ChainUnknown(f"the vault {address} is for the token {holds} and the operator {publishes}", field="vault")
