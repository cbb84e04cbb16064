"""Every house rule fires on what it is there for, and leaves alone what it should."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

import pytest

import tidy
from house import escapes, sql, words
from house.source import House, Source

SERVICE = "src/harmony/settlement/ledger/service.py"
STORE = "src/harmony/settlement/ledger/store.py"
CARD = '"""ledger: the money.\n\nOwns: accounts.\nPromises: sums.\nBegin: model.py.\n"""\n'
OWNERS = (
    "-- room: settlement/ledger\nCREATE TABLE accounts (id text);\n"
    "-- room: assist/experts\nCREATE TABLE experts (id text);\n"
)
MIGRATION = "src/harmony/apps/migrations/0001_pre_all.sql"
# Composed from pieces, so that this file is not itself an escape or an address.
QA = "# no" + "qa: X1"
IGNORE = "# type: " + "ignore[x]"

FIRES = [
    ("clock", SERVICE, "from datetime import datetime\nnow = datetime.now()\n"),
    ("clock", SERVICE, "import datetime as d\nnow = d.datetime.utcnow()\n"),
    ("clock", SERVICE, "import time\nstarted = time.time()\n"),
    ("clock", SERVICE, "from time import sleep as rest\nrest(1)\n"),
    ("clock", SERVICE, "import asyncio\nasync def f() -> None:\n    await asyncio.sleep(1)\n"),
    ("chance", SERVICE, "import random\nx = random.choice([1])\n"),
    ("chance", SERVICE, "from uuid import uuid4\nx = uuid4()\n"),
    ("chance", SERVICE, "import secrets\nx = secrets.token_hex()\n"),
    ("print", SERVICE, "print(1)\n"),
    ("environ", SERVICE, "import os\nx = os.environ['A']\n"),
    ("environ", SERVICE, "import os\nx = os.environ.get('A')\n"),
    ("environ", SERVICE, "from os import getenv\nx = getenv('A')\n"),
    ("float-money", SERVICE, "def f(price_minor: int) -> float:\n    return float(price_minor)\n"),
    ("float-money", SERVICE, "def f(a: Amount) -> float:\n    return a.minor / 3\n"),
    ("dynamic-code", SERVICE, "eval('1')\n"),
    ("dynamic-code", SERVICE, "import pickle\nx = pickle.loads(b'')\n"),
    ("dynamic-code", SERVICE, "import subprocess\nsubprocess.run('ls', shell=True)\n"),
    ("assert", SERVICE, "def f(x: int) -> None:\n    assert x > 0\n"),
    ("broad-except", SERVICE, "try:\n    x = 1\nexcept Exception:\n    x = 2\n"),
    ("broad-except", SERVICE, "try:\n    x = 1\nexcept (ValueError, BaseException):\n    x = 2\n"),
    ("file-length", SERVICE, "x = 1\n" * 501),
    ("function-length", SERVICE, "def f() -> None:\n" + "    x = 1\n" * 70),
    ("name", "src/harmony/settlement/ledger/utils.py", ""),
    ("name", "web/src/common/page.tsx", ""),
    ("name", SERVICE, "class LedgerManager:\n    x = 1\n"),
    ("import-at-top", SERVICE, "def f() -> None:\n    import json\n"),
    ("import-at-top", SERVICE, "import importlib\ndef f() -> None:\n    importlib.import_module('json')\n"),
    ("absolute-import", SERVICE, "from .model import Account\n"),
    ("kernel-alone", "src/harmony/kernel/ids.py", "import pydantic\n"),
    ("kernel-alone", "src/harmony/kernel/ids.py", "from msgspec import json\n"),
    ("two-planes", "src/harmony/apps/web.py", "import harmony.assist.experts\nimport harmony.settlement.ledger\n"),
    ("room-placed", "src/harmony/settlement/purse/__init__.py", CARD),
    ("room-file", "src/harmony/settlement/ledger/chain.py", "x = 1\n"),
    ("room-card", "src/harmony/settlement/ledger/__init__.py", '"""ledger: the money. Owns: all.\n"""\n'),
    ("room-card", "src/harmony/adapters/bus/__init__.py", ""),
    ("card-without-code", "src/harmony/settlement/ledger/__init__.py", CARD + "x = 1\n"),
    ("sql-in-store", SERVICE, "Q = 'SELECT a FROM accounts WHERE id = $1'\n"),
    ("sql-in-store", "src/harmony/apps/cli/inspect.py", "Q = 'DELETE FROM accounts'\n"),
    ("sql-parameters", STORE, "def q(x: str) -> str:\n    return f'SELECT a FROM accounts WHERE id = {x}'\n"),
    ("sql-parameters", STORE, "def q(x: str) -> str:\n    return 'SELECT a FROM accounts WHERE id = ' + x\n"),
    ("sql-parameters", STORE, "def q(x: str) -> str:\n    return 'SELECT a FROM {}'.format(x)\n"),
    ("own-tables", STORE, "Q = 'SELECT a FROM accounts JOIN experts USING (id)'\n"),
    ("own-tables", STORE, "Q = 'UPDATE experts SET name = $1'\n"),
    ("no-key-across-planes", MIGRATION, OWNERS + "CREATE TABLE ratings (a text REFERENCES accounts (id));\n"),
    ("table-owned", MIGRATION, "CREATE TABLE lost (id text);\n"),
    ("escape-reason", SERVICE, f"x = 1  {QA}\n"),
    ("escape-reason", SERVICE, f"x = 1  {IGNORE}\n"),
    ("machine-path", "docs/guide.md", "see /ro" + "ot/harmony\n"),
    ("registry-address", "docs/guide.md", "from py" + "pi.org\n"),
    ("unfinished", SERVICE, "# TO" + "DO later\n"),
    ("link", "docs/guide.md", "[there](nowhere.md)\n"),
    ("test-sleep", "tests/test_a.py", "import time\ntime.sleep(1)\n"),
    ("test-sleep", "tests/test_a.py", "def f(page: object) -> None:\n    page.wait_for_timeout(5)\n"),
    ("skip-reason", "tests/test_a.py", "import pytest\n@pytest.mark.skip\ndef test_a() -> None: ...\n"),
    ("skip-reason", "tests/test_a.py", "import pytest\n@pytest.mark.skipif(True)\ndef test_a() -> None: ...\n"),
    ("no-mock", "tests/test_a.py", "from unittest.mock import Mock\n"),
]

ALLOWED = [
    ("src/harmony/kernel/clock.py", "import time\nx = time.monotonic()\n"),
    ("src/harmony/kernel/chance.py", "import random\nx = random.Random(1)\n"),
    ("src/harmony/apps/cli/show.py", "print(1)\ndef f() -> None:\n    import json\n"),
    ("src/harmony/apps/settings.py", "import os\nx = os.environ['A']\n"),
    ("src/harmony/apps/links/pay.py", "import harmony.assist.experts\nimport harmony.settlement.ledger\n"),
    (SERVICE, "import os\nx = {**os.environ, 'A': '1'}\n"),
    (SERVICE, "def f(clock: Clock) -> None:\n    clock.time.sleep(1)\n    random = clock\n    random.choice()\n"),
    (SERVICE, "def f(x: object) -> None:\n    assert isinstance(x, int) and x is not None\n"),
    (SERVICE, "try:\n    x = 1\n# whatever a plugin raises is its own affair\nexcept Exception:\n    x = 2\n"),
    (SERVICE, "from datetime import datetime\nx = datetime.now()  # tidy: ok(clock): told to a person at once\n"),
    (SERVICE, '"""SELECT a FROM accounts is what the store asks."""\n'),
    (SERVICE, f"x = 1  {QA}  # the driver gives no type\n"),
    (SERVICE, "x = 1\n" * 500),
    (SERVICE, "def f() -> None:\n" + "    x = 1\n" * 69),
    (STORE, "COLUMNS = 'a, b'\nQ = f'SELECT {COLUMNS} FROM accounts'\n"),
    (STORE, "Q = 'WITH experts_seen AS (SELECT 1) SELECT a FROM accounts'\n"),
    ("src/harmony/settlement/ledger/service/post.py", "x = 1\n"),
    ("src/harmony/kernel/ids.py", "import re\nfrom harmony.kernel.clock import Clock\n"),
    ("tests/test_a.py", "import asyncio\nasync def f() -> None:\n    await asyncio.sleep(0)\n"),
    ("tests/test_a.py", "import pytest\n@pytest.mark.skip(reason='needs a browser')\ndef test_a() -> None: ...\n"),
]


def house_of(tmp_path: Path, *files: tuple[str, str]) -> House:
    """A house with the card of one room, the owners of two tables, and ``files``."""
    (tmp_path / "tools").mkdir()
    (tmp_path / escapes.BUDGETS).write_text(json.dumps(dict.fromkeys(escapes.KINDS, 9)))
    (tmp_path / ".importlinter").write_text("(harmony.settlement.ledger)\n")
    texts = {"src/harmony/settlement/ledger/__init__.py": CARD, MIGRATION: OWNERS, **dict(files)}
    return House(tmp_path, tuple(Source(PurePosixPath(path), text) for path, text in texts.items()))


def broken(house: House) -> set[str]:
    return {finding.rule.name for finding in tidy.findings(house)}


@pytest.mark.parametrize(("rule", "path", "text"), FIRES)
def test_a_rule_fires(tmp_path: Path, rule: str, path: str, text: str) -> None:
    assert rule in broken(house_of(tmp_path, (path, text)))


@pytest.mark.parametrize(("path", "text"), ALLOWED)
def test_what_is_allowed_is_left_alone(tmp_path: Path, path: str, text: str) -> None:
    assert broken(house_of(tmp_path, (path, text))) == set()


def test_every_rule_is_seen_to_fire() -> None:
    counted = {escapes.BUDGET.name, escapes.RAISED.name}  # these two have tests of their own below
    assert {rule.name for rule in tidy.RULES} == {rule for rule, _, _ in FIRES} | counted


def test_every_finding_gives_place_rule_reason_and_mend(tmp_path: Path) -> None:
    house = house_of(tmp_path, (SERVICE, "\nprint(1)\n"))
    assert str(tidy.findings(house)[0]) == (
        f"{SERVICE}:2: `print` is not used here [print]\n"
        "    Why: what a server has to say belongs in structured, redacted logs; only commands speak to a person\n"
        "    Mend: log with structlog, or move the words to apps/cli"
    )


def test_a_file_named_in_the_card_belongs_to_the_room(tmp_path: Path) -> None:
    card = ("src/harmony/settlement/ledger/__init__.py", CARD.replace("model.py", "`chain.py`, which seals"))
    assert broken(house_of(tmp_path, card, ("src/harmony/settlement/ledger/chain.py", "x = 1\n"))) == set()


def test_two_findings_on_one_line_are_both_told(tmp_path: Path) -> None:
    house = house_of(tmp_path, (SERVICE, "import time\nprint(time.time())\n"))
    assert [finding.rule.name for finding in tidy.findings(house)] == ["print", "clock"]


def test_an_escape_over_its_budget_is_found_and_lowering_never_raises(tmp_path: Path) -> None:
    line = f"x = 1  {QA}  # the driver gives no type\n"
    house = house_of(tmp_path, (SERVICE, line * 10))
    assert broken(house) == {escapes.BUDGET.name}
    escapes.lower(house)
    budgets = escapes.read_budgets(tmp_path)
    assert budgets["no" + "qa"] == 9
    assert budgets["skip"] == 0


def test_an_escape_inside_a_string_is_no_escape(tmp_path: Path) -> None:
    house = house_of(tmp_path, (SERVICE, f"x = '''\n{QA}\n'''\n"))
    assert escapes.count(house).total() == 0


def test_owners_come_from_the_nearest_header() -> None:
    assert sql.table_owners([Source(PurePosixPath(MIGRATION), OWNERS)]) == {
        "accounts": "settlement/ledger",
        "experts": "assist/experts",
    }


@pytest.mark.parametrize("text", ["see ~/work/notes", "https://example.org/work/a", "the workroom/root/b"])
def test_an_ordinary_path_is_no_machine_path(text: str) -> None:
    assert list(words.check(Source(PurePosixPath("docs/a.md"), text))) == []
