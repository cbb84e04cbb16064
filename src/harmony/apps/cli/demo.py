"""``harmony demo``: tell the whole story once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from harmony.apps.cli import screen
from harmony.apps.demo import telling
from harmony.apps.settings import PORT_OFFSET_LIMIT
from harmony.apps.settings import chosen as chosen_settings

app = typer.Typer(add_completion=False)


@app.command()
def demo(
    data: Annotated[Path | None, typer.Option(help="The data folder; default: the one of `make up`.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line; the last is the summary.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a story that was interrupted.")] = False,
    port_offset: Annotated[
        int | None, typer.Option(min=0, max=PORT_OFFSET_LIMIT, help="As for `harmony up`, if none runs yet.")
    ] = None,
) -> int:
    """Tell the whole story once: a failing program, an expert, a checked fix, a payment, a remembered solution.

    Starts a Harmony if none runs on the data folder, and ends it again.
    """
    settings = chosen_settings(data, port_offset)
    listener = _for_program if as_json else telling.ForPerson(screen.out)
    summary = telling.tell(settings, resume=resume, listener=listener, say=screen.saying(quiet=as_json))
    if as_json:
        screen.out.print(json.dumps(summary), soft_wrap=True, markup=False)
    return 0 if summary["outcome"] in telling.GOOD else 1


def _for_program(event: telling.Event) -> None:
    screen.out.print(json.dumps(event), soft_wrap=True, markup=False)


def main(arguments: list[str]) -> int:
    return screen.exit_code(app, arguments, "demo")
