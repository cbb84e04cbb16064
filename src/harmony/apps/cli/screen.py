"""How commands speak to a person: one console, refusals with their remedy, Typer run to an exit code."""

from __future__ import annotations

from collections.abc import Callable

import typer
from rich.console import Console
from rich.markup import escape
from typer.exceptions import Abort, Exit, TyperException

from harmony.adapters.terminal.plain import plain
from harmony.kernel.errors import Refusal

REFUSED = 1
INTERRUPTED = 130

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def exit_code(app: typer.Typer, arguments: list[str], name: str) -> int:
    """Run ``app`` and turn what it raises into an exit code: refusals and misuse are said with their remedy, never
    with a traceback."""
    command = typer.main.get_command(app)
    try:
        result = command.main(arguments, prog_name=f"harmony {name}", standalone_mode=False)
    except Refusal as refusal:
        say_refusal(refusal)
        return REFUSED
    except Exit as exited:
        return exited.exit_code
    except TyperException as error:  # an option or argument that cannot be used
        err.print(f"[bold red]harmony:[/] {escape(error.format_message())}", soft_wrap=True)
        err.print(f"  `harmony {name} --help` says what it takes.", style="dim", soft_wrap=True)
        return error.exit_code
    except (KeyboardInterrupt, Abort):
        return INTERRUPTED
    return result if isinstance(result, int) else 0


def say_refusal(refusal: Refusal) -> None:
    err.print(f"[bold red]harmony:[/] {others(refusal.message)}", soft_wrap=True)
    err.print(f"  {others(refusal.hint)}", style="dim", soft_wrap=True)


def others(text: str) -> str:
    """Words of others between the words of a command: neither markup nor control characters work in them."""
    return escape(plain(text))


def saying(quiet: bool = False) -> Callable[[str], None]:
    """A line a step for a person, nothing when quiet."""
    return (lambda _line: None) if quiet else (lambda line: err.print(escape(line), style="dim", soft_wrap=True))
