"""``harmony learn``: the classes of failures from problems that were resolved here, and what has drifted since."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from harmony.apps.cli import learned_file, running, screen
from harmony.assist.problems import learned as store
from harmony.assist.problems.alone import read
from harmony.assist.problems.drift import UNKNOWN_LEAST_TIMES, Drift, drift
from harmony.assist.problems.errors import LessonUnreadable, TooLittleToLearn
from harmony.assist.problems.learned import Learned, kinds_with
from harmony.assist.problems.learning import Comparison, Score, fitted, learn
from harmony.assist.problems.lessons import Lesson, lesson_of
from harmony.assist.problems.model import LOG_LIMIT_BYTES, UNKNOWN_CATEGORY, Environment, Report
from harmony.assist.problems.taxonomy import Kinds, shipped
from harmony.kernel.chance import SeededChance
from harmony.kernel.clock import SystemClock

LINE_LIMIT_BYTES = 8 * 1024**2
LESSONS_LIMIT_ITEMS = 20_000
"""Of a longer history the last ones are read; learning itself looks at fewer."""
REFUSED_SHOWN = 5
PAGES_LIMIT = LESSONS_LIMIT_ITEMS // 20
NOT_BETTER = 3
DRIFTED = 3

app = typer.Typer(add_completion=False)


@app.command()
def main_command(
    files: Annotated[list[Path] | None, typer.Argument(help="Resolved problems as JSON lines; - is stdin.")] = None,
    from_here: Annotated[bool, typer.Option("--from-here", help="Learn from the running Harmony's problems.")] = False,
    show_drift: Annotated[bool, typer.Option("--drift", help="Say what has changed; learn nothing.")] = False,
    revert: Annotated[bool, typer.Option("--revert", help="Take back what was learned last.")] = False,
    try_only: Annotated[bool, typer.Option("--try", help="Print the figures and install nothing.")] = False,
    seed: Annotated[int, typer.Option(min=0, max=1_000_000, help="Decides how folds are drawn.")] = 7,
    data: Annotated[Path | None, typer.Option(help="The data folder.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for a program.")] = False,
) -> int:
    """Learn the classes of failures from problems that were resolved here.

    Each line is {"text": ..., "category": ..., "subcategory": ..., "os": ..., "command": ..., "exit_code": ...}; it is
    redacted before it is looked at, and only counts, single words and fingerprints are kept. What is learned is
    installed only when cross-validation shows that it is better than the shipped rules.

    Exit codes: 0 installed, reverted, or (--drift) steady; 1 refused; 2 wrong usage; 3 not better, nothing installed,
    or (--drift) the history has shifted.
    """
    folder = learned_file.folder(data)
    if revert:
        return _revert(folder, as_json=as_json)
    if bool(files) == from_here:
        raise typer.BadParameter("give files of resolved problems, or --from-here")
    lessons, refused = _from_here(data) if from_here else _from_files(files or [])
    for line in refused[:REFUSED_SHOWN]:
        screen.err.print(f"left out: {screen.others(line)}", style="dim", soft_wrap=True)
    if len(refused) > REFUSED_SHOWN:
        screen.err.print(f"left out: {len(refused) - REFUSED_SHOWN} more", style="dim")
    if show_drift:
        return _drift(folder, lessons, as_json=as_json)
    return _learn(folder, [one for one in lessons if one.category], seed, try_only=try_only, as_json=as_json)


def main(arguments: list[str]) -> int:
    return screen.exit_code(app, arguments, "learn")


# --- the verbs -----------------------------------------------------------------------------------------------------


def _learn(folder: Path, lessons: Sequence[Lesson], seed: int, *, try_only: bool, as_json: bool) -> int:
    made_at = SystemClock().now().isoformat(timespec="seconds")
    learned, compared = learn(lessons, shipped(), seed=seed, made_at=made_at, chance=SeededChance(seed))
    installed = compared.better and not try_only
    if installed:
        store.install(folder, learned)
    if as_json:
        screen.out.print_json(json.dumps({"installed": installed, "better": compared.better, **asdict(compared)}))
        return 0 if compared.better else NOT_BETTER
    screen.out.print(_figures(compared))
    gain = f"gain {compared.gain:+.3f} [{compared.gain_low:+.3f}, {compared.gain_high:+.3f}]"
    if not compared.better:
        screen.out.print(f"{gain}: [bold]not surely better[/], so nothing was installed and the shipped rules stay.")
        return NOT_BETTER
    said = "better; --try installs nothing" if try_only else "better, and installed; `harmony learn --revert` undoes it"
    screen.out.print(f"{gain}: [bold]{said}[/].")
    return 0


def _revert(folder: Path, *, as_json: bool) -> int:
    now = store.revert(folder)
    if as_json:
        screen.out.print_json(json.dumps({"in_use": now}))
    else:
        screen.out.print(
            "what was learned before is in use again" if now == "former" else "the shipped rules are in use"
        )
    return 0


def _drift(folder: Path, lessons: Sequence[Lesson], *, as_json: bool) -> int:
    """Against what was learned; where nothing was, the older half of the history is what it is compared with."""
    path = folder / store.NAME
    now = lessons
    if path.exists():
        learned = store.read(path)
        kinds, against = kinds_with(learned, shipped()), f"what was learned on {learned.made_at[:10]}"
    else:
        half = len(lessons) // 2
        learned, now = _older(lessons[:half], shipped()), lessons[half:]
        kinds, against = shipped(), "the older half"
    if not now:
        raise TooLittleToLearn("there is nothing to compare")
    found = drift(learned, kinds, now)
    if as_json:
        screen.out.print_json(json.dumps({"against": against, "verdict": found.verdict, **asdict(found)}))
    else:
        _tell_drift(found, against)
    return DRIFTED if found.verdict == "shifted" or found.fallen else 0


def _older(lessons: Sequence[Lesson], kinds: Kinds) -> Learned:
    """How a history looked, as if it had been learned from, without anything learned."""
    return fitted(lessons, kinds, 0, "", (), words=False)


# --- where lessons come from ---------------------------------------------------------------------------------------


def _from_files(files: Sequence[Path]) -> tuple[list[Lesson], list[str]]:
    """The lessons of all files in their order, and why lines were left out."""
    lessons: list[Lesson] = []
    refused: list[str] = []
    for path in files:
        for number, line in enumerate(_lines(path), start=1):
            try:
                lessons.append(_lesson(line))
            except LessonUnreadable as refusal:
                refused.append(f"{path.name}:{number}: {refusal.message}")
            if len(lessons) > LESSONS_LIMIT_ITEMS:
                del lessons[0]
    if not lessons:
        raise LessonUnreadable("no line of the files is a resolved problem" + (f"; {refused[0]}" if refused else ""))
    return lessons, refused


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with open(0, "rb", closefd=False) if str(path) == "-" else path.open("rb") as stream:
            while line := stream.readline(LINE_LIMIT_BYTES + 1):
                whole = line
                while line and not line.endswith(b"\n") and len(line) > LINE_LIMIT_BYTES:
                    line = stream.readline(LINE_LIMIT_BYTES + 1)
                if whole.strip():
                    yield whole
    except OSError as trouble:
        raise LessonUnreadable(f"{path.name} cannot be read: {trouble.strerror}") from None


def _lesson(line: bytes) -> Lesson:
    if len(line) > LINE_LIMIT_BYTES:
        raise LessonUnreadable(f"longer than {LINE_LIMIT_BYTES} bytes")
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise LessonUnreadable("no JSON") from None
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise LessonUnreadable("no object with a text", field="text")
    category = _text(data, "category")
    subcategory = _text(data, "subcategory")
    known = {found.id for found in shipped().categories} | {UNKNOWN_CATEGORY, ""}
    if category not in known or (subcategory and not shipped().has(category, subcategory)):
        raise LessonUnreadable(f"there is no class {category}/{subcategory}", field="category")
    code = data.get("exit_code")
    report = Report(
        environment=Environment(os=_text(data, "os")[:500], previous_environment=_text(data, "previous")[:500]),
        log=data["text"][-LOG_LIMIT_BYTES:],
        command=_text(data, "command")[:4_000] or None,
        exit_code=code if isinstance(code, int) and not isinstance(code, bool) else 1,
    )
    return lesson_of(read(report), category, shipped())


def _text(data: dict[str, Any], name: str) -> str:
    found = data.get(name) or ""
    if not isinstance(found, str):
        raise LessonUnreadable(f"{name} is no text", field=name)
    return found


def _from_here(data: Path | None) -> tuple[list[Lesson], list[str]]:
    """The kept problems of the running Harmony, the oldest first; a category where a person settled one."""
    run = running.find(data)
    found: list[Lesson] = []
    cursor = ""
    for _ in range(PAGES_LIMIT):
        page = running.ask(run, "GET", f"/v1/problem-lessons?limit=20{cursor}")
        found += [
            Lesson(
                fingerprint=item["fingerprint"],
                category=item["correctedCategory"] or "",
                ranked=tuple((fit["rule"], fit["share"]) for fit in item["fitting"]),
                words=tuple(item["words"]),
            )
            for item in page["items"]
        ]
        if page["nextCursor"] is None:
            break
        cursor = f"&cursor={page['nextCursor']}"
    return found[::-1], []


# --- what is said --------------------------------------------------------------------------------------------------


def _figures(compared: Comparison) -> Table:
    title = f"{compared.lessons} resolved problems, {compared.failures} different failures, cross-validated"
    table = Table("", "right", "wrong", "not decided", "right less wrong, 95 %", title=title, title_justify="left")
    table.add_row("shipped rules", *_row(compared.shipped))
    table.add_row("learned here", *_row(compared.learned))
    return table


def _row(score: Score) -> tuple[str, str, str, str]:
    worth = f"{score.worth:.3f} [{score.low:.3f}, {score.high:.3f}]"
    return f"{score.right:.1%}", f"{score.wrong:.1%}", f"{score.undecided:.1%}", worth


def _tell_drift(found: Drift, against: str) -> None:
    out = screen.out
    out.print(f"[bold]{found.verdict}[/]: {found.now} problems against {against} ({found.then})")
    out.print(f"population stability {found.index:.3f}; {found.by_chance:.3f} comes of samples this small by itself")
    table = Table("category", "then", "now", "index", title="What moved most", title_justify="left")
    for shift in found.shifts[:8]:
        table.add_row(shift.category, f"{shift.then:.1%}", f"{shift.now:.1%}", f"{shift.index:.3f}")
    out.print(table)
    for fallen in found.fallen:
        counted = f"{fallen.now.right} right, {fallen.now.wrong} wrong"
        between = f"now between {fallen.low:.0%} and {fallen.high:.0%}"
        out.print(f"right less often: {fallen.rule}, trusted with {fallen.trusted:.0%}, {between} ({counted})")
    out.print(f"without a class: {found.unknown_share:.1%}")
    for fingerprint, then, now in found.unknown:
        out.print(f"frequent and without a class: {fingerprint} ({then} times then, {now} now)")
    if not found.unknown:
        out.print(f"no failure without a class came back {UNKNOWN_LEAST_TIMES} times or more", style="dim")
