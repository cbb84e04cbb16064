"""What can be set, in one place: arguments first, then the environment (``HARMONY_…``), then these defaults."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pydantic import AnyHttpUrl, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from harmony.adapters.db.default_folder import default_data_folder

PORT_OFFSET_LIMIT = 50_000


def _default_data() -> Path:
    return default_data_folder(os.environ, os.geteuid())


class Settings(BaseSettings):
    """The settings of one Harmony."""

    model_config = SettingsConfigDict(env_prefix="HARMONY_", extra="ignore")

    data: Path = Field(default_factory=_default_data, description="The data folder.")
    port_offset: int = Field(default=0, ge=0, le=PORT_OFFSET_LIMIT, description="Added to every port.")
    database_url: str | None = Field(default=None, description="A PostgreSQL >= 16 with pgvector; none: the embedded.")
    token: SecretStr | None = Field(default=None, description="The bearer token of commands that ask a Harmony.")
    otlp_endpoint: AnyHttpUrl | None = Field(
        default=None,
        description="Where traces and metrics go: an OpenTelemetry collector, such as http://127.0.0.1:4318.",
    )
    private_hooks: bool = Field(
        default=False, description="Whether web hooks and mail servers of alerts may be in private networks."
    )
    mirror_folder: Path | None = Field(
        default=None, description="Below it file:// remotes of mirrors may lie; none: `remotes` in the data folder."
    )
    chain: str | None = Field(
        default=None,
        description="The chain of the vault: `local` starts one here, or its CAIP-2 name, such as eip155:8453.",
    )
    chain_rpc: SecretStr | None = Field(default=None, description="Its JSON-RPC addresses, parted by spaces.")
    chain_agreeing: int = Field(default=1, ge=1, le=10, description="How many of them must answer alike about money.")
    chain_finality: int | None = Field(
        default=None, ge=0, le=100_000, description="Blocks on top with which a block is final; none: the chain's own."
    )
    chain_vault: str | None = Field(default=None, description="The address of HarmonyVault.")
    chain_vault_block: int = Field(default=0, ge=0, description="A block before which the vault told nothing.")
    chain_key: SecretStr | None = Field(default=None, description="The private key that publishes epochs.")
    chain_key_file: Path | None = Field(default=None, description="The same in a file that only its owner can read.")
    local_allowed: bool = Field(default=True, description="Whether loopback may call the orchestra without a token.")

    @field_validator("data")
    @classmethod
    def absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()


def chosen(data: Path | None, port_offset: int | None = None, chain: str | None = None) -> Settings:
    """The settings with what was given on the command line; None was not given."""
    given: dict[str, Any] = {"data": data, "port_offset": port_offset, "chain": chain}
    return Settings(**{name: value for name, value in given.items() if value is not None})
