"""``harmony inspect ROOM``: look into a room without touching it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer
from rich.console import Group
from rich.table import Table

from harmony.apps.cli import running, screen
from harmony.settlement.ledger import signed

app = typer.Typer(add_completion=False)


@app.command()
def inspect(
    room: Annotated[str | None, typer.Argument(help="The room; left out: which rooms there are.")] = None,
    data: Annotated[Path | None, typer.Option(help="The data folder of the running Harmony.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for a program.")] = False,
    verify: Annotated[
        Path | None, typer.Option(help="With `ledger`: check a signed proof or an export, without any Harmony.")
    ] = None,
    key: Annotated[str | None, typer.Option(help="With --verify: the public key that must have signed.")] = None,
) -> None:
    """Look into a room without touching it."""
    if verify is not None:
        _verify(room, verify, key, as_json)
        return
    run = running.find(data)
    found: dict[str, Any] = running.ask(run, "GET", f"/inspect/{room}" if room else "/inspect/")
    if as_json:
        screen.out.print_json(json.dumps(found))
    else:
        screen.out.print(Group(*_shown(found)))


def _verify(room: str | None, file: Path, key: str | None, as_json: bool) -> None:
    if room != "ledger":
        raise typer.BadParameter("only `harmony inspect ledger` verifies a file", param_hint="--verify")
    try:
        with file.open("rb") as lines:
            verdict = signed.verify(_bounded(lines), key)
    except OSError as error:
        raise typer.BadParameter(f"{file} cannot be read", param_hint="--verify") from error
    found = {"verified": verdict.ok, **asdict(verdict)}
    if as_json:
        screen.out.print_json(json.dumps(found))
    else:
        screen.out.print(Group(*_shown(found)))
    if not verdict.ok:
        raise typer.Exit(screen.REFUSED)


def _bounded(file: BinaryIO) -> Iterator[bytes]:
    """The lines; one that is too long ends, and is found, just beyond its limit."""
    while line := file.readline(signed.LINE_LIMIT_BYTES + 1):
        yield line


def _shown(found: dict[str, Any]) -> list[Table]:
    """Facts in one table, each list of things in a table of its own."""
    facts = Table("fact", "value", title=None)
    tables = []
    for name, value in found.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            table = Table(*value[0], title=name, title_justify="left")
            for item in value:
                table.add_row(*(screen.others(str(cell)) for cell in item.values()))
            tables.append(table)
        else:
            facts.add_row(name, screen.others(", ".join(map(str, value)) if isinstance(value, list) else str(value)))
    return [facts, *tables] if facts.row_count else tables


def main(arguments: list[str]) -> int:
    return screen.exit_code(app, arguments, "inspect")
