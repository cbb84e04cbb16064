"""The known differences: each answers its own examples, invented failures find theirs, other failures find none."""

from __future__ import annotations

import re
import string

import pytest

from harmony.assist.environments.answers import answer, setting_of, tags_of
from harmony.assist.environments.catalogue import matching, quirks
from harmony.assist.environments.detection import RULES
from harmony.assist.environments.errors import SystemUnknown
from harmony.assist.environments.model import ANSWERS_LIMIT_ITEMS, TEXT_LIMIT_CHARS, Example, Platform, Quirk, Setting
from harmony.assist.environments.service.list_quirks import list_quirks
from harmony.kernel.redaction.safety import danger

SYSTEMS = {"windows", "linux", "macos", "bsd"}
EXAMPLES = [(quirk, example) for quirk in quirks() for example in quirk.examples]
TAGS = {
    *(f"{place}-{name}" for place in ("on", "from") for name in (*SYSTEMS, "posix")),
    "on-wsl", "on-alpine", "in-container", "in-ci", "switched",
}  # fmt: skip

INVENTED = [
    (
        "Linux",
        "Windows",
        "IOError: [Errno 2] No such file or directory: 'E:\\\\pottery\\\\glazes.csv'",
        "paths.drive-letter",
    ),
    ("Fedora 40", "Windows 11", "open templates\\invoice.html: no such file or directory", "paths.backslash"),
    ("Windows 10", "Linux", "java.nio.file.NoSuchFileException: /var/lib/kiln/state.json", "paths.posix-on-windows"),
    (
        "Linux",
        "macOS",
        "ModuleNotFoundError: Cannot find module './Kiln/Oven' imported from 'src/main.ts'",
        "paths.case",
    ),
    ("Windows", "", "error: unable to create file data/Nul.txt: Invalid argument", "paths.reserved-name"),
    ("Windows", "", "[WinError 206] The filename or extension is too long", "paths.too-long"),
    (
        "Ubuntu 24.04",
        "Windows",
        "-bash: ./fire.sh: /bin/sh^M: bad interpreter: No such file or directory",
        "text.crlf-shebang",
    ),
    ("Windows 11", "", "warning: CRLF will be replaced by LF in glaze/mix.py.", "text.crlf-git"),
    (
        "Windows",
        "Linux",
        "UnicodeEncodeError: 'cp1252' codec can't encode character '\\u0142' in position 9",
        "text.cp1252",
    ),
    ("Debian 12", "Windows", "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xfc in position 3", "text.not-utf8"),
    ("Linux", "Windows", "SyntaxError: invalid non-printable character U+FEFF (kiln.py, line 1)", "text.bom"),
    ("Linux", "Windows", "sh: 1: ./mvnw: Permission denied", "files.executable-bit"),
    (
        "Windows",
        "Linux",
        "PermissionError: [WinError 32] 'firing.log' is being used by another process",
        "files.locked-on-windows",
    ),
    ("Windows", "", "fatal: unable to create symlink current: Permission denied", "files.symlink-privilege"),
    ("Linux", "", "rename /tmp/clay.part /srv/clay.bin: invalid cross-device link", "files.cross-device"),
    ("Windows", "Linux", "AttributeError: module 'os' has no attribute 'fork'", "processes.posix-module"),
    ("macOS", "Windows", "ImportError: No module named 'msvcrt'", "processes.windows-module"),
    ("Linux", "macOS", "exec ./kiln-server: exec format error", "processes.wrong-architecture"),
    ("Windows", "", "'rm' is not recognized as an internal or external command,", "shells.unix-command-on-windows"),
    ("macOS", "Linux", 'sed: 1: "glaze.toml": extra characters at the end of g command', "shells.sed-in-place"),
    (
        "macOS",
        "Linux",
        "grep: invalid option -- P\nusage: grep [-abcdDEFGHhIiJLlMmnOopqRSsUVvwXxZz]",
        "shells.gnu-options",
    ),
    ("Ubuntu", "macOS", 'fire.sh: 3: Syntax error: "(" unexpected', "shells.bashism"),
    ("Alpine 3.20", "Ubuntu", "/bin/sh: apt: not found", "packages.other-manager"),
    ("CentOS 7", "Ubuntu 22.04", "./kiln: libc.so.6: version `GLIBC_2.28' not found", "packages.glibc-version"),
    (
        "Linux",
        "Windows",
        "nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)",
        "network.privileged-port",
    ),
    (
        "Windows",
        "Linux",
        "The system cannot find the file specified\nRuntimeError: freeze_support() was omitted",
        "processes.spawn-main-guard",
    ),
    ("Alpine", "", "LoadError: Error relocating /app/glaze.so: __snprintf_chk: symbol not found", "packages.musl"),
    ("Linux", "macOS", "dial tcp: lookup host.docker.internal: no such host", "network.host-docker-internal"),
]

OTHERS = [
    ("Linux", "", "KeyError: 'glaze'"),
    ("Linux", "", "AssertionError: assert 3 == 4"),
    ("Windows 11", "", "TypeError: Cannot read properties of undefined (reading 'map')"),
    ("macOS", "", 'psycopg.errors.UndefinedColumn: column "tempreature" does not exist'),
    ("Linux", "Windows", "ZeroDivisionError: division by zero"),
    ("Linux", "", "FileNotFoundError: [Errno 2] No such file or directory: 'glazes.csv'"),
    ("Linux", "", "ModuleNotFoundError: No module named 'requests'"),
    ("Windows", "", "error[E0382]: borrow of moved value: `kiln`"),
    ("Linux", "", "requests.exceptions.HTTPError: 404 Client Error: Not Found for url: https://kiln.example/api"),
    ("Linux", "", 'java.lang.NullPointerException: Cannot invoke "Kiln.fire()" because "kiln" is null'),
    ("macOS", "Linux", "error: Your local changes to the following files would be overwritten by merge"),
    ("", "", "panic: runtime error: index out of range [3] with length 3"),
    ("Linux", "", "ERROR: Could not find a version that satisfies the requirement kilnn (from versions: none)"),
]


def first(text: str, os: str = "", previous: str = "") -> str | None:
    found = answer(text, setting_of(text, os, previous))
    return found[0].quirk.id if found else None


@pytest.mark.parametrize(("quirk", "example"), EXAMPLES, ids=[quirk.id for quirk, _ in EXAMPLES])
def test_each_quirk_answers_its_own_examples_first(quirk: Quirk, example: Example) -> None:
    assert first(example.text, example.os, example.previous) == quirk.id


@pytest.mark.parametrize(("os", "previous", "text", "expected"), INVENTED, ids=[row[3] for row in INVENTED])
def test_an_invented_failure_finds_its_quirk_first(os: str, previous: str, text: str, expected: str) -> None:
    assert first(text, os, previous) == expected


@pytest.mark.parametrize(("os", "previous", "text"), OTHERS)
def test_another_failure_finds_none(os: str, previous: str, text: str) -> None:
    assert first(text, os, previous) is None


def test_the_specification_s_cases_are_answered() -> None:
    message = "FileNotFoundError: No such file or directory: '/home/user/data.csv'"
    moved = answer(message, setting_of(message, "Linux", "Windows"))
    assert moved[0].quirk.id == "paths.moved-system"
    assert moved[0].reasons[0].text == message
    snippet = (
        "file_path = os.path.join('C:\\\\', 'Users', 'username', 'data.csv')\nwith open(file_path, 'r') as f:\n"
        "FileNotFoundError: [Errno 2] No such file or directory"
    )
    assert first(snippet, "Ubuntu 22.04", "Windows 10") == "paths.drive-letter"
    assert first(snippet, "Windows 10") is None


def test_the_catalogue_is_whole() -> None:
    found = quirks()
    assert len(found) >= 40
    assert len({quirk.id for quirk in found}) == len(found)
    for quirk in found:
        assert quirk.id.startswith(f"{quirk.subject}."), quirk.id
        assert quirk.systems and set(quirk.systems) <= SYSTEMS, quirk.id
        assert quirk.examples and quirk.symptoms and quirk.remedy, quirk.id
        for prose in (quirk.title, quirk.cause, quirk.verification, *quirk.remedy):
            assert prose == prose.strip() and prose[0] in string.printable, quirk.id
        assert quirk.cause.endswith(".") and quirk.verification.endswith("."), quirk.id


@pytest.mark.parametrize("quirk", quirks(), ids=lambda quirk: quirk.id)
def test_every_symptom_is_weighed_and_asks_only_for_what_can_be_told(quirk: Quirk) -> None:
    for symptom in quirk.symptoms:
        assert 0 < symptom.weight < 100
        assert symptom.reason
        assert symptom.needs | symptom.unless <= TAGS
        assert not re.compile(symptom.pattern).search(""), "a symptom is seen in something"


@pytest.mark.parametrize("pattern", sorted({s.pattern for quirk in quirks() for s in quirk.symptoms}))
def test_no_symptom_can_run_away(pattern: str) -> None:
    assert danger(pattern) == ""


@pytest.mark.parametrize("pattern", sorted({rule.pattern for rule in RULES}))
def test_no_clue_can_run_away(pattern: str) -> None:
    assert danger(pattern) == ""


def test_a_quirk_of_another_system_is_left_out() -> None:
    text = "PermissionError: [WinError 32] The process cannot access the file"
    assert answer(text, Setting())[0].quirk.id == "files.locked-on-windows"
    assert answer(text, Setting(Platform(system="linux"))) == ()


def test_answers_are_ranked_bounded_and_read_from_the_end() -> None:
    text = "\n".join(example.text for _, example in EXAMPLES)[:TEXT_LIMIT_CHARS]
    found = answer(text, Setting())
    confidences = [item.confidence_percent for item in found]
    assert len(found) == ANSWERS_LIMIT_ITEMS
    assert confidences == sorted(confidences, reverse=True)
    failure = "OSError: [WinError 1314] A required privilege is not held by the client\n"
    assert answer(failure + "x" * (TEXT_LIMIT_CHARS - len(failure)), Setting())
    assert not answer(failure + "x" * TEXT_LIMIT_CHARS, Setting())


def test_tags_tell_the_setting() -> None:
    tags = tags_of(setting_of("", "Ubuntu 22.04", "Windows 10"))
    assert {"on-linux", "on-posix", "on-ubuntu", "from-windows", "switched"} <= tags
    assert tags_of(Setting()) == frozenset()


def test_quirks_are_listed_by_system_and_words() -> None:
    assert {quirk.id for quirk in list_quirks("macos", "sed in place")} == {"shells.sed-in-place"}
    assert list_quirks("wsl") == list_quirks("linux")
    assert list_quirks("git-bash") == list_quirks("windows")
    assert set(list_quirks()) == set(matching())
    assert list_quirks("bsd", "no-such-word-anywhere") == ()
    with pytest.raises(SystemUnknown):
        list_quirks("amiga")
