"""``harmony simulate PLANE --seed N``: a plane under seeded misfortune, on a database that is gone afterwards."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

import harmony.apps
from harmony.adapters.db import migrate
from harmony.adapters.db.embedded import EmbeddedPostgres
from harmony.apps.cli import screen
from harmony.apps.simulate.stepper import STEPS_DEFAULT, STEPS_LIMIT, Report
from harmony.apps.simulate.worlds import WORLDS, simulate
from harmony.kernel.clock import SystemClock

MIGRATIONS = Path(harmony.apps.__path__[0]) / "migrations"
VIOLATED = 1

app = typer.Typer(add_completion=False)


@app.command()
def command(
    plane: Annotated[str, typer.Argument(help=f"What to simulate: {', '.join(WORLDS)}.")],
    seed: Annotated[int, typer.Option(min=0, help="The same seed does the same.")] = 1,
    steps: Annotated[int, typer.Option(min=1, max=STEPS_LIMIT, help="How many steps to take.")] = STEPS_DEFAULT,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for a program.")] = False,
) -> int:
    """Take seeded steps and check what must hold after each; 1 when something does not."""
    if plane not in WORLDS:
        raise typer.BadParameter(f"there is no world of {plane!r}; there is: {', '.join(WORLDS)}")
    report = asyncio.run(_simulate(plane, seed, steps))
    if as_json:
        screen.out.print_json(json.dumps(asdict(report)))
    else:
        word = "every rule held" if report.violation is None else f"violated: {screen.others(report.violation)}"
        screen.out.print(f"{plane}, seed {report.seed}: {report.steps} steps, {report.entries} entries, {word}")
        screen.out.print(f"journal {report.digest}", soft_wrap=True)
    return 0 if report.violation is None else VIOLATED


async def _simulate(plane: str, seed: int, steps: int) -> Report:
    """On a PostgreSQL in a temporary folder, without the disk's guarantees."""
    folder = Path(tempfile.mkdtemp(prefix="harmony-simulate-"))
    if os.geteuid() == 0:
        folder.chmod(0o711)  # the server's system user passes through
    try:
        postgres = await EmbeddedPostgres.start(
            folder / "data", progress=screen.saying(), clock=SystemClock(), durable=False
        )
        try:
            await asyncio.to_thread(migrate.upgrade, postgres.dsn, MIGRATIONS)
            return await simulate(postgres.dsn, plane, seed, steps)
        finally:
            await postgres.stop()
    finally:
        shutil.rmtree(folder)


def main(arguments: list[str]) -> int:
    return screen.exit_code(app, arguments, "simulate")
