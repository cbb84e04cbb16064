"""Chains as data. Depths: rollups settle on Ethereum; their operators do not turn back what is ten minutes old, and
Ethereum itself is final after two epochs. Addresses of USDC are those that Circle publishes; a test compares them with
``contracts/deployments``.
"""

from __future__ import annotations

from dataclasses import replace

from harmony.adapters.chains.errors import ChainUnknown
from harmony.adapters.chains.model import ChainSettings, evm_chain_id

LOCAL = "eip155:31337"
FINALITY_LIMIT_BLOCKS = 100_000

_KNOWN = (
    ChainSettings("eip155:1", "Ethereum", 64, 12.0, "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"),
    ChainSettings("eip155:11155111", "Sepolia", 64, 12.0, "0x1c7d4b196cb0c7b01d743fbc6116a902379c7238"),
    ChainSettings("eip155:8453", "Base", 300, 2.0, "0x833589fcd6edb6e08f4c7c32d4f71b54bda02913"),
    ChainSettings("eip155:84532", "Base Sepolia", 300, 2.0, "0x036cbd53842c5426634e7929541ec2318f3dcf7e"),
    ChainSettings(LOCAL, "local chain", 0, 1.0, None),
)
KNOWN = {settings.chain: settings for settings in _KNOWN}


def settings_of(chain: str, finality_blocks: int | None = None) -> ChainSettings:
    """The settings of a known chain, with another depth when one is given; raises ``ChainUnknown``."""
    evm_chain_id(chain)
    if chain not in KNOWN:
        raise ChainUnknown("this chain is not known", field="chain", details={"chains": sorted(KNOWN)})
    found = KNOWN[chain]
    return found if finality_blocks is None else replace(found, finality_blocks=finality_blocks)
