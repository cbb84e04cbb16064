"""``harmony checklist``: the orchestra's activation checklist, ticked by asking what runs."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from harmony.apps.cli import running, screen
from harmony.apps.cli.ticking import Orchestra, Verdict
from harmony.kernel.clock import SystemClock

INCOMPLETE = 1
SIGNS: dict[Verdict, str] = {
    "ticked": "[green]✓[/]",
    "failed": "[red]✗ failed[/]",
    "absent": "[yellow]– absent[/]",
    "by hand": "[dim]by hand[/]",
    "not needed": "[dim]not needed[/]",
}

app = typer.Typer(add_completion=False)


@app.command()
def checklist(
    data: Annotated[Path | None, typer.Option(help="The data folder of the running Harmony.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for a program.")] = False,
) -> int:
    """Tick each line by a real check; 1 when one fails or a part does not run."""
    lines = list(Orchestra(running.find(data), SystemClock()).lines())
    counts = Counter(line.verdict for line in lines)
    complete = counts["failed"] + counts["absent"] == 0
    if as_json:
        screen.out.print_json(json.dumps({"complete": complete, "lines": [asdict(line) for line in lines]}))
    else:
        table = Table("", "line", "what was found")
        for line in lines:
            table.add_row(SIGNS[line.verdict], screen.others(line.text), screen.others(line.detail))
        screen.out.print(table)
        screen.out.print(", ".join(f"{many} {verdict}" for verdict, many in counts.items()))
    return 0 if complete else INCOMPLETE


def main(arguments: list[str]) -> int:
    return screen.exit_code(app, arguments, "checklist")
