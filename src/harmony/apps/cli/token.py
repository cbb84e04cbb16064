"""``harmony token create|list|revoke|link``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Column, Table

from harmony.apps.cli import running, screen

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Create, list and revoke tokens; make a sign-in link."
)

Data = Annotated[Path | None, typer.Option(help="The data folder of the running Harmony.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object for a program.")]


@app.command()
def create(
    label: Annotated[str, typer.Argument(help="What the token is for, for your own memory.")],
    principal: Annotated[str | None, typer.Option(help="Whose token; left out: the operator's.")] = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="How long it lives.")] = 90,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Make a bearer token. It is shown this once."""
    body = {"label": label, "principal_id": principal, "days": days}
    made = running.ask(running.find(data), "POST", "/auth/tokens", body)
    if as_json:
        screen.out.print_json(json.dumps(made))
        return
    screen.out.print(made["token"], soft_wrap=True)
    screen.err.print(f"{made['id']}, for {made['principal_id']}, until {made['expires_at'][:10]}", style="dim")


@app.command("list")
def list_tokens(
    everyone: Annotated[bool, typer.Option(help="Everyone's tokens, not only the operator's.")] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """The tokens there are, without their secrets."""
    found: dict[str, Any] = running.ask(running.find(data), "GET", f"/auth/tokens?everyone={str(everyone).lower()}")
    if as_json:
        screen.out.print_json(json.dumps(found))
        return
    table = Table(Column("id", no_wrap=True, overflow="fold"), "label", "of", "until", "state")
    for token in found["tokens"]:
        state = "revoked" if token["revoked_at"] else "valid"
        table.add_row(
            token["id"],
            screen.others(token["label"]),
            screen.others(token["principal_id"]),
            token["expires_at"][:10],
            state,
        )
    screen.out.print(table)


@app.command()
def revoke(token_id: Annotated[str, typer.Argument(help="Its id, as `list` shows it.")], data: Data = None) -> None:
    """End a token at once. This cannot be undone; make a new one instead."""
    running.ask(running.find(data), "DELETE", f"/auth/tokens/{token_id}")
    screen.out.print("revoked")


@app.command()
def link(principal: Annotated[str, typer.Option(help="Who signs in with it.")] = "operator", data: Data = None) -> None:
    """A one-time sign-in link for the page; it works once, for 15 minutes."""
    run = running.find(data)
    made = running.ask(run, "POST", "/auth/links", {"principal_id": principal})
    screen.out.print(f"{run.front_door}/sign-in#{made['link']}", soft_wrap=True)


def main(arguments: list[str]) -> int:
    return screen.exit_code(app, arguments, "token")
