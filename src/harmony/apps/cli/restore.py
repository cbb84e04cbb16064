"""``harmony restore BACKUP --data FOLDER``: a new data folder from a backup, its ledger proven."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from harmony.apps.cli import screen
from harmony.apps.runtime import copies
from harmony.apps.settings import chosen

app = typer.Typer(add_completion=False)


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(help="The folder that `harmony backup` made.")],
    data: Annotated[Path | None, typer.Option(help="The data folder to make; new or empty.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for a program.")] = False,
) -> None:
    """Make a new data folder from a backup; never over one that holds something."""
    settings = chosen(data)
    made = asyncio.run(copies.restore(settings, source, screen.saying()))
    if as_json:
        screen.out.print_json(json.dumps(asdict(made)))
        return
    proof = made.proof
    screen.out.print(f"Restored to {escape(str(settings.data))} as it was at {made.made_at}.")
    screen.out.print(
        f"The ledger is the same: {proof['accounts']} accounts, {proof['transfers']} transfers, "
        f"sealed to {proof['last_seal']}, {proof['last_hash'][:16]}…"
    )


def main(arguments: list[str]) -> int:
    return screen.exit_code(app, arguments, "restore")
