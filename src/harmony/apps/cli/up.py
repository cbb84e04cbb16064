"""``harmony up [NAME…]``: start Harmony here and stay in the foreground."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer
import uvloop
from rich.markup import escape

from harmony.apps.cli import screen
from harmony.apps.components.declared import chosen
from harmony.apps.runtime import logs, process
from harmony.apps.runtime.process import Running
from harmony.apps.settings import PORT_OFFSET_LIMIT
from harmony.apps.settings import chosen as chosen_settings

app = typer.Typer(add_completion=False)


@app.command()
def up(
    names: Annotated[list[str] | None, typer.Argument(help="Components to start; none: all of them.")] = None,
    data: Annotated[Path | None, typer.Option(help="The data folder; made when it is missing.")] = None,
    port_offset: Annotated[
        int | None, typer.Option(min=0, max=PORT_OFFSET_LIMIT, help="Added to every port, for a second Harmony.")
    ] = None,
) -> None:
    """Start Harmony here and stay in the foreground; Ctrl-C ends it."""
    settings = chosen_settings(data, port_offset)
    components = chosen(names or [])

    def started(running: Running) -> None:
        _announce(running)

    def open_logs() -> None:
        logs.configure(settings.data / "logs", to_person=True)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(process.run(settings, components, screen.saying(), started, open_logs))


def _announce(running: Running) -> None:
    screen.out.print("\n[bold green]Harmony is up.[/]")
    for name, port in sorted(running.ports.items(), key=lambda item: item[1]):
        screen.out.print(f"  {name:<20} http://127.0.0.1:{port}", soft_wrap=True)
    if running.sign_in_link:
        front = running.ports[process.FRONT_DOOR]
        screen.out.print("\nSign in once with this link (15 minutes):")
        screen.out.print(f"  http://127.0.0.1:{front}/sign-in#{running.sign_in_link}", soft_wrap=True)
    screen.out.print(f"\nData in {escape(str(running.data))}. Next: make demo. Ctrl-C ends it.", soft_wrap=True)


def main(arguments: list[str]) -> int:
    return screen.exit_code(app, arguments, "up")
