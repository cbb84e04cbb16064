"""The generated reference in ``docs/reference``: ``write`` accepts what the code says now, ``check`` compares.

OpenAPI of every component, JSON schemas of every event, the catalogue of errors. Output is stable: the same code gives
the same bytes on every machine.
"""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import json
import pkgutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

import pydantic
from pydantic.fields import FieldInfo

import harmony
from harmony.apps.settings import Settings
from harmony.kernel.errors import Refusal, family
from harmony.messages.message import kinds

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
DIFF_LIMIT_LINES = 40
COMPONENTS = "harmony.apps.components"
SETTINGS_PREFIX = Settings.model_config["env_prefix"]
DATA_FOLDERS = "`~/.local/share/harmony`, as root `/var/lib/harmony`"


def documents() -> dict[str, str]:
    """Path below ``docs/reference`` to the text that belongs there."""
    _import_all(harmony)
    pages = {"errors.md": errors_page(), "settings.md": settings_page()}
    return {**pages, "events.json": _json(event_schemas()), **_openapi()}


def errors_page() -> str:
    """Every refusal of the imported house, by code."""
    refusals = {(kind.code, kind.__name__): kind for kind in family(Refusal) if kind.__module__.startswith("harmony.")}
    rows = [
        f"| `{kind.code}` | {kind.status} | {_sentence(kind)} | {kind.hint} |" for _, kind in sorted(refusals.items())
    ]
    head = (
        "# Errors\n\n"
        "Every refusal that Harmony answers with, by its stable code; the wire form is a problem document (RFC 9457).\n"
        "Generated from the code by `make bless`.\n\n"
        "| code | HTTP | what it means | what to do |\n|---|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


def settings_page() -> str:
    """Every setting of a Harmony, with the variable that sets it."""
    rows = [
        f"| `{SETTINGS_PREFIX}{name.upper()}` | {_default(field)} | {field.description} |"
        for name, field in sorted(Settings.model_fields.items())
    ]
    head = (
        "# Settings\n\n"
        "What the environment can set; an argument of the command comes first.\n"
        "Generated from the code by `make bless`.\n\n"
        "| variable | without it | what it sets |\n|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


def _default(field: FieldInfo) -> str:
    if field.default_factory is not None:
        return DATA_FOLDERS
    return "none" if field.default is None else f"`{field.default}`"


def event_schemas() -> dict[str, object]:
    """Kind of message to its version and the JSON schema of its payload."""
    return {
        name: {"version": message.VERSION, "payload": pydantic.TypeAdapter(message).json_schema()}
        for name, message in kinds().items()
        if message.__module__.startswith("harmony.messages.")  # a test may declare kinds of its own
    }


def _openapi() -> dict[str, str]:
    if importlib.util.find_spec(f"{COMPONENTS}.declared") is None:
        return {}
    components = importlib.import_module(f"{COMPONENTS}.declared").COMPONENTS
    document = importlib.import_module(f"{COMPONENTS}.application").document
    return {f"openapi/{component.name}.json": _json(document(component)) for component in components}


def _sentence(kind: type[Refusal]) -> str:
    """The first sentence of the class's docstring, or its name in words."""
    told = (kind.__doc__ or "") if "__doc__" in vars(kind) else ""
    if told:
        return " ".join(told.strip().split("\n\n")[0].split())
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in kind.__name__)
    return words.strip()


def _import_all(package: ModuleType) -> None:
    """Load every module, since only loaded classes are known; a ``__main__`` would act, so it is left out."""
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not found.name.endswith(".__main__"):
            importlib.import_module(found.name)


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def write(expected: Mapping[str, str]) -> int:
    """Bring ``docs/reference`` to ``expected``; generated files that are no longer said are removed."""
    for name in _stale(expected):
        (REFERENCE / name).unlink()
        print(f"removed docs/reference/{name}")
    for name, text in expected.items():
        file = REFERENCE / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            print(f"wrote docs/reference/{name}")
    return 0


def check(expected: Mapping[str, str]) -> int:
    """1 with the differences printed when a committed reference is not what the code says."""
    different = [name for name, text in expected.items() if _committed(name) != text]
    for name in different:
        lines = difflib.unified_diff(
            _committed(name).splitlines(), expected[name].splitlines(), f"committed {name}", f"code {name}", lineterm=""
        )
        print("\n".join(list(lines)[:DIFF_LIMIT_LINES]))
    for name in _stale(expected):
        print(f"docs/reference/{name}: the code no longer says this")
        different.append(name)
    if different:
        print("`make bless` accepts what the code says; read the difference before committing it.")
    return 1 if different else 0


def _committed(name: str) -> str:
    file = REFERENCE / name
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _stale(expected: Mapping[str, str]) -> list[str]:
    generated = [*REFERENCE.glob("openapi/*.json"), *REFERENCE.glob("events.json")]
    return sorted(name for file in generated if (name := str(file.relative_to(REFERENCE))) not in expected)


VERBS: Mapping[str, Callable[[Mapping[str, str]], int]] = {"write": write, "check": check}

if __name__ == "__main__":
    if sys.argv[1:] not in (["write"], ["check"]):
        sys.exit("usage: tools/reference.py write|check")
    sys.exit(VERBS[sys.argv[1]](documents()))
