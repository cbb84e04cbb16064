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
        default=None, description="Where traces go: an OpenTelemetry collector, such as http://127.0.0.1:4318."
    )
    local_allowed: bool = Field(default=True, description="Whether loopback may call the orchestra without a token.")

    @field_validator("data")
    @classmethod
    def absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()


def chosen(data: Path | None, port_offset: int | None = None) -> Settings:
    """The settings with what was given on the command line; None was not given."""
    given: dict[str, Any] = {"data": data, "port_offset": port_offset}
    return Settings(**{name: value for name, value in given.items() if value is not None})
