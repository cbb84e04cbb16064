"""Is the class of a failure right, is unknown said where it is due, and is the confidence what it claims?

Measured on the invented cases that ship as the test: the first half, by which rules were made and their reliability is
counted, and the second, by whose figures no rule was changed. One author wrote both halves before the rules and knew
both when writing them: read the second half's figures as an upper bound for logs of strangers. Then, where
``HARMONY_DATA`` or ``../shared/data`` beside the repository holds labelled data: no set in it is labelled with classes.
Two labels come near: the exception of the tracebacks (a coarse class follows from it by ``OF_EXCEPTION``; the rules
read the same name and are counted from it, so this proves wiring rather than insight), and the status of the CI logs (a
log that went well must show no problem, one that failed must). Beside each figure stands a naive one: the first of a
dozen keywords in the last line that speaks of an error.

  python bench/classification.py             the figures, with 95 % bootstrap intervals
  python bench/classification.py --matrix    the confusion matrix of both halves
  python bench/classification.py --count     count each rule's reliability anew into kinds/measured.json
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from harmony.apps.cli.classify import Classed, classed_log
from harmony.assist.problems.digest.sources import logs_at
from harmony.assist.problems.measuring import (
    NOTHING,
    Case,
    Outcome,
    abstention,
    accuracy,
    bootstrap,
    by_rule,
    calibration,
    calibration_error,
    case_of,
    category_of,
    confusion,
    coverage,
    exactness,
    outcome,
    precision,
)
from harmony.assist.problems.model import UNKNOWN_CATEGORY, Report
from harmony.assist.problems.taxonomy import FOLDER, Counts, Kinds, shipped
from harmony.kernel.chance import SeededChance

CHECKOUT = Path(__file__).resolve().parents[1]
CASES = CHECKOUT / "tests" / "assist" / "problems" / "classes"
OF_EXCEPTION = {
    "SyntaxError": "syntax",
    "IndentationError": "syntax",
    "TypeError": "type-error",
    "AttributeError": "type-error",
    "NameError": "logic-error",
    "UnboundLocalError": "logic-error",
    "ZeroDivisionError": "logic-error",
    "ArithmeticError": "logic-error",
    "ValueError": "logic-error",
    "IndexError": "logic-error",
    "KeyError": "logic-error",
    "ModuleNotFoundError": "dependency-missing",
    "MemoryError": "memory",
    "URLError": "network",
}
"""ImportError and LookupError are left out: their class does not follow from the name."""
KEYWORDS = {
    "permission": "permission",
    "denied": "permission",
    "timeout": "timeout",
    "timed out": "timeout",
    "connection": "network",
    "no such file": "filesystem",
    "module": "dependency-missing",
    "syntax": "syntax",
    "typeerror": "type-error",
    "memory": "memory",
    "assert": "test-failure",
    "conflict": "git",
}


def cases(half: str) -> list[Case]:
    lines = (CASES / f"{half}.jsonl").read_text(encoding="utf-8").split("\n")
    return [case_of(line) for line in lines if line]


def naive(case: Case) -> Outcome:
    lines = [line.lower() for line in (case.report.log or "").splitlines()]
    speaking = [line for line in lines if "error" in line or "fail" in line or "fatal" in line] or lines[-1:]
    found = next((category for word, category in KEYWORDS.items() if word in speaking[-1]), UNKNOWN_CATEGORY)
    if found == UNKNOWN_CATEGORY and case.report.exit_code == 0:
        found = NOTHING
    return Outcome(case.id, category_of(case.kind), found, 50, "")


def data_folder() -> Path | None:
    named = os.environ.get("HARMONY_DATA")
    folder = Path(named) if named else CHECKOUT.parent / "shared" / "data"
    return folder if (folder / "tracebacks").is_dir() else None


def tracebacks(folder: Path) -> list[Case]:
    """One traceback a case, of the newest Python, so that none counts six times."""
    lines = (folder / "tracebacks" / "tracebacks.jsonl").read_text(encoding="utf-8").split("\n")
    newest: dict[str, dict[str, Any]] = {}
    for row in (json.loads(line) for line in lines if line):
        if row["exception"] in OF_EXCEPTION:
            known = newest.get(row["case"])
            if known is None or _version(row) > _version(known):
                newest[row["case"]] = row
    return [
        Case(row["case"], OF_EXCEPTION[row["exception"]], Report(log=row["traceback"], exit_code=1))
        for row in newest.values()
    ]


def ci_logs(folder: Path, kinds: Kinds) -> list[tuple[bool, Classed]]:
    """Each log with a status, whether it went well, and what `harmony classify` makes of the whole of it."""
    lines = (folder / "ci-logs" / "cases.jsonl").read_text(encoding="utf-8").split("\n")
    rows = [row for row in (json.loads(line) for line in lines if line) if row["expected"].get("status")]
    found = []
    for row in rows:
        for log in logs_at(folder / "ci-logs" / row["log"]):
            found.append((row["expected"]["status"] == "ok", classed_log(log, Report(), kinds)))
    return found


def show(name: str, found: Sequence[Outcome], figure: Callable[[Sequence[Outcome]], float], other: str = "") -> None:
    low, high = bootstrap(found, figure, SeededChance(7))
    print(f"  {name:44s} {figure(found):.3f} [{low:.3f}, {high:.3f}]  {other}")


def tell(title: str, given: Sequence[Case], kinds: Kinds) -> list[Outcome]:
    begun = time.perf_counter()
    found = [outcome(case, kinds) for case in given]
    spent = (time.perf_counter() - begun) / len(given) * 1_000
    simple = [naive(case) for case in given]
    print(f"{title}: {len(found)} cases, {spent:.1f} ms a case")
    show("category right, abstention where due", found, accuracy, f"naive {accuracy(simple):.3f}")
    show("category right where decided", found, precision, f"naive {precision(simple):.3f}")
    show("decided of what has a kind", found, coverage, f"naive {coverage(simple):.3f}")
    if any("/" in one.expected for one in found):
        show("category and subcategory right", found, exactness)
    if any(one.expected in (UNKNOWN_CATEGORY, NOTHING) for one in found):
        show("abstained where due", found, abstention, f"naive {abstention(simple):.3f}")
    show("calibration error", found, calibration_error)
    bands = [
        f"{low}–{min(high, 100)}: {mean:.2f} says, {right:.2f} is ({n})"
        for low, high, n, mean, right in calibration(found)
    ]
    print("  confidence   " + "; ".join(bands))
    return found


def matrix(found: Iterable[Outcome]) -> None:
    counted = confusion(found)
    rows = sorted({expected for expected, _ in counted})
    columns = sorted({got for _, got in counted})
    width = max(map(len, rows)) + 1
    print(" " * width + " ".join(f"{n:>3d}" for n in range(len(columns))))
    for row in rows:
        print(f"{row:{width}s}" + " ".join(f"{counted[row, column] or '·':>3}" for column in columns))
    print("\n" + "\n".join(f"{n:>3d}  {column}" for n, column in enumerate(columns)))


def count(kinds: Kinds) -> None:
    """Write how often each rule was right and wrong: in the first half, and in the tracebacks where they are."""
    folder = data_folder()
    bare = Kinds(kinds.categories, kinds.features, kinds.commands, kinds.rules, kinds.scales)
    invented = by_rule(outcome(case, bare) for case in cases("first_half"))
    labelled = by_rule(outcome(case, bare) for case in tracebacks(folder)) if folder else {}
    written = {
        "version": 1,
        "invented": _pairs(invented),
        "labelled": _pairs(labelled),
        "labelled_from": "tracebacks: one a case, the class that follows from the exception" if folder else "",
    }
    lines = json.dumps(written, indent=1).replace("[\n   ", "[").replace(",\n   ", ", ").replace("\n  ]", "]")
    (FOLDER / "measured.json").write_text(lines + "\n", encoding="utf-8")
    print(f"counted {len(invented)} rules by invented cases, {len(labelled)} by labelled data, of {len(kinds.rules)}")


def _pairs(found: dict[str, Counts]) -> dict[str, list[int]]:
    return {rule: [counts.right, counts.wrong] for rule, counts in sorted(found.items())}


def _version(row: dict[str, Any]) -> tuple[int, ...]:
    return tuple(int(part) for part in str(row["python"]).split(".")[:2])


def main(arguments: Sequence[str]) -> None:
    kinds = shipped()
    if "--count" in arguments:
        count(kinds)
        return
    if "--matrix" in arguments:
        matrix([outcome(case, kinds) for half in ("first_half", "second_half") for case in cases(half)])
        return
    print(f"load {os.getloadavg()[0]:.1f}; {len(kinds.rules)} rules, {len(kinds.categories)} categories")
    tell("invented, first half (rules were made by it)", cases("first_half"), kinds)
    tell("invented, second half (held out)", cases("second_half"), kinds)
    folder = data_folder()
    if folder is None:
        print("no labelled data here: neither HARMONY_DATA nor ../shared/data")
        return
    tell(
        "tracebacks, class that follows from the exception (reliability is counted from them too)",
        tracebacks(folder),
        kinds,
    )
    found = ci_logs(folder, kinds)
    fine = [one for well, one in found if well]
    broken = [one for well, one in found if not well]
    named = [one for one in broken if one.judgement.decided_by]
    print(f"ci logs, as `harmony classify` reads them: {len(fine)} that went well, {len(broken)} that did not")
    print(f"  nothing failed where all went well           {statistics.fmean(not one.failed for one in fine):.3f}")
    print(f"  a failure seen where there was one           {statistics.fmean(one.failed for one in broken):.3f}")
    print(f"  of those, with a class                       {len(named) / len(broken):.3f}")
    categories = Counter(one.judgement.classification.category for one in named)
    print("  " + ", ".join(f"{category} {number}" for category, number in categories.most_common()))


if __name__ == "__main__":
    main(sys.argv[1:])
