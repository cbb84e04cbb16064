"""What the guide of classification shows is what the code takes and answers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import harmony
from harmony.assist.problems.alone import classed, read
from harmony.assist.problems.model import Report
from harmony.assist.problems.taxonomy import FOLDER, parsed, shipped

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guides" / "classification.md"
SOURCE = str(Path(harmony.__path__[0]).parent)


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_the_rule_that_is_shown_is_taken_and_decides() -> None:
    rule = json.loads(blocks("json")[0])
    names = ("taxonomy", "rules", "scales", "measured")
    documents: dict[str, Any] = {n: json.loads((FOLDER / f"{n}.json").read_text(encoding="utf-8")) for n in names}
    documents["rules"]["rules"].append(rule)
    judged = classed(read(Report(log="FATAL unknown glaze 'teal' in recipe", exit_code=1)), parsed(documents))
    assert judged.decided_by == rule["id"]
    assert judged.class_percent == rule["weight"]


def test_the_command_that_is_shown_answers_as_shown() -> None:
    (shown,) = blocks("console")
    command, expected = shown.split("\n", 1)
    said = re.match(r'\$ echo "(.*)" \| harmony (.*)$', command)
    assert said is not None
    run = [sys.executable, "-m", "harmony.apps.cli", *said[2].split()]
    environment = {"PYTHONPATH": SOURCE, "HARMONY_DATA": "/nowhere"}
    done = subprocess.run(run, input=f"{said[1]}\n".encode(), capture_output=True, env=environment, check=False)
    assert done.stdout.decode() == expected


def test_the_lesson_that_is_shown_names_a_class_that_there_is() -> None:
    line = json.loads(blocks("json")[1])
    assert shipped().has(line["category"], line["subcategory"])


def test_every_field_of_a_rule_is_explained() -> None:
    fields = {
        name for rule in json.loads((FOLDER / "rules.json").read_text(encoding="utf-8"))["rules"] for name in rule
    }
    told = GUIDE.read_text(encoding="utf-8")
    assert [name for name in sorted(fields) if f"`{name}`" not in told and f'"{name}"' not in told] == []
