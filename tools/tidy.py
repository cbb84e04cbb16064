"""The house rules as one program: ``tools/tidy.py`` names what breaks them, ``tools/tidy.py lower`` lowers budgets.

``tools/tidy.py rules`` lists the rules with their reasons. Exit code 0 when the house is tidy.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from house import behaviour, calls, escapes, imports, rooms, shapes, sql, words
from house.source import Finding, House, Rule, read_house

ROOT = Path(__file__).resolve().parents[1]
RULES: tuple[Rule, ...] = (
    *calls.RULES,
    *shapes.RULES,
    *imports.RULES,
    *rooms.RULES,
    *sql.RULES,
    *escapes.RULES,
    *words.RULES,
    *behaviour.RULES,
)
OF_PYTHON = (calls.check, imports.check, rooms.check, behaviour.check)
OF_EVERY_FILE = (shapes.check, words.check, escapes.check)
OF_THE_HOUSE = (imports.check_house, rooms.check_house, sql.check_house, escapes.check_house, words.check_house)


def findings(house: House) -> list[Finding]:
    """Everything that breaks a rule, by path and line."""
    return sorted(set(_findings(house)), key=lambda finding: (finding.path, finding.line, finding.message))


def _findings(house: House) -> Iterator[Finding]:
    for source in house.sources:
        for of_file in OF_EVERY_FILE:
            yield from of_file(source)
        for of_python in OF_PYTHON if source.is_python else ():
            yield from of_python(source)
    for of_house in OF_THE_HOUSE:
        yield from of_house(house)


def main(arguments: list[str]) -> int:
    if arguments == ["rules"]:
        for rule in RULES:
            print(f"{rule.name}\n    Why: {rule.reason}\n    Mend: {rule.mend}")
        return 0
    house = read_house(ROOT)
    if arguments == ["lower"]:
        for kind, (budget, counted) in escapes.lower(house).items():
            print(f"tools/budgets.json: `{kind}` lowered from {budget} to {counted}")
        return 0
    found = findings(house)
    for finding in found:
        print(finding)
    for kind, (budget, counted) in escapes.slack(house).items():
        print(f"The budget of `{kind}` is {budget}, used are {counted}: `python tools/tidy.py lower` lowers it.")
    print(f"{len(house.sources)} files, {len(RULES)} rules, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
