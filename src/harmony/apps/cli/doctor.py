"""``harmony doctor``: what this machine offers and whether Harmony runs well."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import httpx
import typer
from rich.markup import escape
from rich.table import Table

from harmony.adapters.db import programs
from harmony.adapters.db.errors import ProgramsMissing
from harmony.adapters.sandbox import isolation
from harmony.apps.cli import screen
from harmony.apps.components.declared import COMPONENTS
from harmony.apps.components.page import BUILT
from harmony.apps.runtime import run_file, sockets
from harmony.apps.settings import Settings
from harmony.apps.settings import chosen as chosen_settings

app = typer.Typer(add_completion=False)

Verdict = Literal["good", "attention", "bad"]
SIGNS: dict[Verdict, str] = {"good": "[green]✓ good[/]", "attention": "[yellow]! look[/]", "bad": "[red]✗ bad[/]"}


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    verdict: Verdict
    detail: str


@app.command()
def doctor(
    data: Annotated[Path | None, typer.Option(help="The data folder.")] = None,
    port_offset: Annotated[int | None, typer.Option(help="As for `harmony up`.")] = None,
) -> int:
    """Check what this machine offers and whether Harmony runs well; exit code 1 when something is bad."""
    settings = chosen_settings(data, port_offset)
    findings = [*_machine(), *_harmony(settings)]
    table = Table("what", "state", "detail")
    for finding in findings:
        table.add_row(finding.what, SIGNS[finding.verdict], escape(finding.detail))
    screen.out.print(table)
    return int(any(finding.verdict == "bad" for finding in findings))


def _machine() -> Iterator[Finding]:
    version = platform.python_version()
    supported = (3, 11) <= sys.version_info[:2] <= (3, 13)
    yield Finding("Python", "good" if supported else "bad", f"{version}, supported are 3.11 to 3.13")
    try:
        programs.installed()
        yield Finding("PostgreSQL", "good", "the embedded server's programs are installed")
    except ProgramsMissing as refusal:
        yield Finding("PostgreSQL", "bad", f"{refusal.message}. {refusal.hint}")
    walls = isolation.available()
    if walls.sufficient:
        detail = "seccomp, Landlock and limits" + (", namespaces" if walls.user_namespaces else ", no namespaces")
        yield Finding("isolation", "good", f"delivered programs run behind {detail}")
    else:
        detail = f"missing: {', '.join(walls.missing)}; delivered programs are reviewed by their buyers instead"
        yield Finding("isolation", "attention", detail)
    if (BUILT / "index.html").is_file():
        yield Finding("page", "good", "built")
    else:
        yield Finding("page", "attention", "not built: make setup")


def _harmony(settings: Settings) -> Iterator[Finding]:
    run = run_file.read(settings.data)
    if run is None:
        yield Finding("Harmony", "attention", f"does not run on {settings.data}: make up")
        for component in COMPONENTS:
            port = component.port + settings.port_offset
            holder = sockets.holder(port)
            if holder:
                yield Finding(component.name, "bad", f"port {port} is held by {holder}: use --port-offset")
            else:
                yield Finding(component.name, "good", f"port {port} is free")
        return
    yield Finding("Harmony", "good", f"process {run.process} on {settings.data}")
    for name, port in run.ports.items():
        yield _answering(name, port)


def _answering(name: str, port: int) -> Finding:
    try:
        answer = httpx.get(f"http://127.0.0.1:{port}/health", timeout=5.0, trust_env=False)
    except httpx.HTTPError:
        return Finding(name, "bad", f"port {port} does not answer; see the log in the data folder")
    verdict: Verdict = "good" if answer.is_success else "attention"
    return Finding(name, verdict, f"port {port}: {answer.status_code} {answer.json().get('status', '')}")


def main(arguments: list[str]) -> int:
    return screen.exit_code(app, arguments, "doctor")
