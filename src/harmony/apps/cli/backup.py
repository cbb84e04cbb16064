"""``harmony backup FOLDER``: a whole copy of a data folder, also while Harmony runs."""

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
def backup(
    target: Annotated[Path, typer.Argument(help="The folder to make; it must not exist yet, or be empty.")],
    data: Annotated[Path | None, typer.Option(help="The data folder.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for a program.")] = False,
) -> None:
    """Keep a whole copy, with the ledger's proof in it. It holds secrets: keep it as safe as the data folder."""
    made = asyncio.run(copies.backup(chosen(data), target, screen.saying()))
    if as_json:
        screen.out.print_json(json.dumps(asdict(made)))
        return
    proof = made.proof
    word = "proven" if proof["ok"] else "NOT whole, as it was in the original"
    screen.out.print(f"Kept in {escape(str(target))}: revision {made.revision}, {made.database_bytes} bytes.")
    screen.out.print(
        f"Ledger {word}: {proof['accounts']} accounts, {proof['transfers']} transfers, sealed to {proof['last_seal']}."
    )
    screen.out.print("Try it: harmony restore", escape(str(target)), "--data NEW-FOLDER", style="dim")


def main(arguments: list[str]) -> int:
    return screen.exit_code(app, arguments, "backup")
