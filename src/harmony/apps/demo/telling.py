"""Tell the story: find or start a Harmony, play what is open, show it to a person or a program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from rich.console import Console
from rich.markup import escape

import harmony
from harmony.adapters.db.pool import new_trace
from harmony.adapters.terminal.plain import plain
from harmony.apps.demo import state as states
from harmony.apps.demo import story
from harmony.apps.demo.errors import StoryInterrupted
from harmony.apps.demo.stage import Stage
from harmony.apps.demo.state import State
from harmony.apps.runtime import run_file
from harmony.apps.runtime.errors import NotRunning
from harmony.apps.runtime.run_file import RunFile
from harmony.apps.settings import Settings
from harmony.kernel.chance import SystemChance
from harmony.kernel.clock import SystemClock
from harmony.kernel.errors import Refusal

PROGRAM_FOLDER = Path(harmony.__file__).parents[2] / "demo"
START_LIMIT_SECONDS = 120.0
STOP_LIMIT_SECONDS = 10.0
LOOK_AGAIN_SECONDS = 0.1
LIST_LIMIT_LINES = 12
REQUEST_TIMEOUT_SECONDS = 30.0
GOOD = ("told", "nothing to resume")

Event = dict[str, Any]
Listener = Callable[[Event], None]


def tell(settings: Settings, *, resume: bool, listener: Listener, say: Callable[[str], None]) -> dict[str, Any]:
    """Tell the story, or the open rest of the newest one; the summary, with ``outcome``.

    ``told``, ``nothing to resume``, ``interrupted`` (go on with --resume) or ``went wrong``.
    """
    found = states.unfinished(settings.data) if resume else _new_story(settings.data)
    if found is None:
        listener({"event": "nothing to resume"})
        return {"trace_id": None, "outcome": "nothing to resume", "steps": [], "ledger_proof": None, "revisions": []}
    try:
        with _harmony(settings, say) as run:
            _play(settings, run, found, listener)
    except Refusal as refusal:
        outcome = "interrupted" if isinstance(refusal, StoryInterrupted | NotRunning) else "went wrong"
        listener({"event": outcome, "message": refusal.message, "hint": refusal.hint, "details": refusal.details})
        return story.summary(found, outcome)
    listener({"event": "told", "request_id": found.fact("request_id"), "trace_id": found.trace})
    return story.summary(found, "told")


def _play(settings: Settings, run: RunFile, found: State, listener: Listener) -> None:
    """Everything that is not done yet, on a stage of its own; from here on the story can be resumed."""
    states.save(settings.data, found)
    client = httpx.Client(base_url=run.front_door, timeout=REQUEST_TIMEOUT_SECONDS, trust_env=False)
    with client as http, TemporaryDirectory(prefix="harmony-demo-") as workspace:
        stage = Stage(run, found, http, SystemClock(), SystemChance(), Path(workspace), PROGRAM_FOLDER)
        for number, step, act, facts in story.tell(stage, settings.data):
            if act is None:
                listener({"event": "step", "step": number, "of": len(story.STEPS), "name": step.name})
            else:
                listener({"event": "act", "step": number, "act": act.name, "facts": _shown(facts)})


def _new_story(data: Path) -> State:
    now = SystemClock().now()
    chance = SystemChance()
    return State(run=f"{now:%Y%m%d%H%M%S}-{chance.secret_bytes(3).hex()}", trace=new_trace(chance))


def _shown(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if not name.endswith("_token")}


@contextmanager
def _harmony(settings: Settings, say: Callable[[str], None]) -> Iterator[RunFile]:
    """The Harmony that runs on the data folder; a new one, ended afterwards, when none does."""
    run = run_file.read(settings.data)
    if run is not None:
        yield run
        return
    say(f"starting a Harmony on {settings.data} …")
    command = [sys.executable, "-m", "harmony.apps.cli", "up", "--data", str(settings.data)]
    command += ["--port-offset", str(settings.port_offset)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
    try:
        yield _started(process, settings.data)
    finally:
        _end(process)


def _started(process: subprocess.Popen[bytes], data: Path) -> RunFile:
    """Wait until it answers; when it ends instead, its own last words are the reason."""
    clock = SystemClock()
    ends = clock.monotonic() + START_LIMIT_SECONDS
    while clock.monotonic() < ends:
        run = run_file.read(data)
        if run is not None and run.process == process.pid and _healthy(run):
            return run
        if process.poll() is not None:
            assert process.stderr is not None
            words = process.stderr.read().decode(errors="replace").strip().splitlines()
            raise NotRunning("Harmony did not start: " + " ".join(words[-4:]))
        clock.pause(LOOK_AGAIN_SECONDS)
    raise NotRunning(f"Harmony did not start within {START_LIMIT_SECONDS:.0f} seconds")


def _healthy(run: RunFile) -> bool:
    try:
        return httpx.get(f"{run.front_door}/conductor/health", trust_env=False).is_success
    except httpx.HTTPError:
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.kill(process.pid, signal.SIGTERM)
        try:
            process.wait(STOP_LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process.stderr is not None:
        process.stderr.close()


class ForPerson:
    """Tells the story on a console while it happens."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def __call__(self, event: Event) -> None:
        told = getattr(self, "_" + event["event"].replace(" ", "_"))
        told(event)

    def _step(self, event: Event) -> None:
        self._console.print(f"\n[bold]{event['step']}/{event['of']}  {escape(event['name'])}[/]")

    def _act(self, event: Event) -> None:
        self._console.print(f"  [green]✓[/] {escape(event['act'])}")
        for name, value in event["facts"].items():
            label = name.replace("_", " ")
            for line in _lines(value):
                self._console.print(f"      [dim]{label:<24}[/] {escape(plain(line))}", soft_wrap=True)
                label = ""

    def _told(self, event: Event) -> None:
        self._console.print("\n[bold green]Told.[/] Every payment was made once, and the solution is remembered.")
        self._console.print(f"  On the page (make up): /problems/{event['request_id']}", soft_wrap=True)

    def _nothing_to_resume(self, _event: Event) -> None:
        self._console.print("There is no unfinished story. `make demo` tells a new one.")

    def _interrupted(self, event: Event) -> None:
        self._console.print(f"\n[bold yellow]Interrupted:[/] {escape(plain(event['message']))}", soft_wrap=True)
        self._console.print("  Nothing is lost: go on with [bold]make demo ARGS=--resume[/]")

    def _went_wrong(self, event: Event) -> None:
        self._console.print(f"\n[bold red]Went wrong:[/] {escape(plain(event['message']))}", soft_wrap=True)
        self._console.print(f"  {escape(event['hint'])}", soft_wrap=True)


def _lines(value: Any) -> list[str]:
    """A fact in a few lines: numbers as a range, long lists in running text, tables as `name value`."""
    if isinstance(value, dict):
        return [line for name, item in value.items() for line in _named(name.replace("_", " "), item)]
    if isinstance(value, list) and value and all(isinstance(item, int) for item in value):
        return [f"{value[0]} to {value[-1]}, {len(value)} in all"]
    if isinstance(value, list) and len(value) > LIST_LIMIT_LINES:
        return [" · ".join(_short(item) for item in value)]
    if isinstance(value, list):
        return [_short(item) for item in value]
    return [str(value)]


def _named(name: str, item: Any) -> list[str]:
    if isinstance(item, list):
        return [f"{name}: {_short(part)}" for part in item]
    return [f"{name} {_short(item)}"]


def _short(item: Any) -> str:
    if isinstance(item, dict):
        return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in item.items())
    return " ".join(map(str, item)) if isinstance(item, list) and _flat(item) else _joined(item)


def _flat(item: list[Any]) -> bool:
    """Whether it reads as one phrase: a number and a word, not a sentence of reasons."""
    return len(item) == 2 and all(isinstance(part, int | str) for part in item)


def _joined(item: Any) -> str:
    return ", ".join(_joined(part) for part in item) if isinstance(item, list) else str(item)
