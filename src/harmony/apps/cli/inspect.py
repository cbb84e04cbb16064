"""``harmony inspect ROOM``: look into a room without touching it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Group
from rich.table import Table

from harmony.apps.cli import running, screen

app = typer.Typer(add_completion=False)


@app.command()
def inspect(
    room: Annotated[str | None, typer.Argument(help="The room; left out: which rooms there are.")] = None,
    data: Annotated[Path | None, typer.Option(help="The data folder of the running Harmony.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for a program.")] = False,
) -> None:
    """Look into a room without touching it."""
    run = running.find(data)
    found: dict[str, Any] = running.ask(run, "GET", f"/inspect/{room}" if room else "/inspect/")
    if as_json:
        screen.out.print_json(json.dumps(found))
    else:
        screen.out.print(Group(*_shown(found)))


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
