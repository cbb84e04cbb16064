"""What system is this: properties of a platform read from whatever facts there are.

Each clue is a pattern over one kind of fact and gives votes to one value of one property; the value with the most
votes wins, and what spoke for it is kept as evidence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from harmony.assist.environments.model import TEXT_LIMIT_CHARS, Clue, Facts, Platform

CLUE_LIMIT_CHARS = 120
CERTAIN, STRONG, WEAK = 100, 30, 5
"""Votes: the system names itself; only this system says so; mostly this system says so."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``value`` may name a group of the pattern: ``{version}``. ``sources`` are the fields of ``Facts`` it reads."""

    property: str
    value: str
    votes: int
    sources: tuple[str, ...]
    pattern: str


NAMED = ("os", "uname", "image")
SAID = (*NAMED, "text")
PLACES = ("paths", "text")

RULES: tuple[Rule, ...] = (
    # The system, as it is named.
    Rule("system", "windows", CERTAIN, NAMED, r"(?i)\bwin(?:dows|32|64|nt)?(?:\b|[-_ ]?\d)|\b(?:mingw|msys|cygwin)"),
    Rule("system", "macos", CERTAIN, NAMED, r"(?i)\bmac ?os\b|\bmacos[-_ ]?\d|\bdarwin\b|\bos ?x\b"),
    Rule("system", "linux", CERTAIN, NAMED,
         r"(?i)\b(?:gnu/)?linux|ubuntu|debian|fedora|red ?hat|\brhel|centos|alpine|\barch\b|suse|\bwsl"),
    Rule("system", "linux", STRONG, ("image",), r"(?i)bookworm|bullseye|buster|jammy|focal|noble|-slim\b"),
    Rule("system", "bsd", CERTAIN, NAMED, r"(?i)\b(?:free|open|net)bsd\b"),
    # The system, as a log gives it away.
    Rule("system", "windows", CERTAIN, ("text",), r"Microsoft Windows \[Version \d|OS Name:\s{1,20}Microsoft Windows"),
    Rule("system", "windows", STRONG, ("text",),
         r"\[WinError \d{1,5}\]|platform win32|is not recognized as an internal or external command|"
         r"is not recognized as (?:the )?name of a cmdlet|\bWin32Exception\b|##\[group\]Windows|Image: windows-"),
    Rule("system", "linux", CERTAIN, ("text",), r"(?m)^Linux \S{1,80} \d\.\d|PRETTY_NAME=\"|Linux version \d"),
    Rule("system", "linux", STRONG, ("text",),
         r"platform linux|Image: ubuntu-|\bapt(?:-get)? install|manylinux|\bglibc|\.so\.\d|ld-linux"),
    Rule("system", "macos", CERTAIN, ("text",), r"(?m)^Darwin \S{1,80} \d|ProductName:\s{1,9}mac ?OS"),
    Rule("system", "macos", STRONG, ("text",),
         r"platform darwin|Image: macos-|\.dylib\b|\bdyld\[|Homebrew|/opt/homebrew"),
    Rule("system", "windows", WEAK, PLACES, r"(?:^|[\s'\"(=])[A-Za-z]:\\{1,2}[\w.]|\\\\\w{1,60}\\\w"),
    Rule("system", "linux", WEAK, PLACES, r"(?:^|[\s'\"(=])/(?:home|usr/lib|proc|etc|var/lib|mnt)/\w"),
    Rule("system", "macos", WEAK + 1, PLACES, r"(?:^|[\s'\"(=])/(?:Users|Library|Applications|private/var)/\w"),
    Rule("system", "windows", STRONG, ("variables",), r"(?i)^(?:windir|systemroot|comspec|pathext|appdata)$"),
    Rule("system", "macos", STRONG, ("variables",), r"^__CF_USER_TEXT_ENCODING$|^DYLD_"),
    Rule("system", "windows", STRONG, ("shell",), r"(?i)\bcmd(?:\.exe)?$|powershell\.exe|git[- ]?bash|msys|mingw"),
    # Versions.
    Rule("version", "{v}", STRONG, SAID,
         r"(?i)(?:windows(?: server)?|ubuntu|debian|fedora|rhel|centos|alpine|mac ?os(?: x)?)"
         r"(?: gnu/linux)?[-:/ ]v?(?P<v>\d{1,4}(?:\.\d{1,4}){0,2})"),
    Rule("version", "{v}", WEAK, ("uname", "text"), r"Microsoft Windows \[Version (?P<v>[\d.]{3,30})\]"),
    Rule("version", "{v}", STRONG, ("text",), r"ProductVersion:\s{1,9}(?P<v>[\d.]{2,20})"),
    # Distributions.
    *(
        Rule("distribution", name, STRONG, SAID, rf"(?i)\b{words}(?![a-z])")
        for name, words in (
            ("ubuntu", "ubuntu"), ("debian", "debian"), ("fedora", "fedora"), ("rhel", "(?:rhel|red ?hat enterprise)"),
            ("centos", "centos"), ("alpine", "alpine"), ("arch", "arch linux"), ("suse", "(?:open)?suse"),
        )
    ),
    # Architecture.
    Rule("architecture", "arm64", STRONG, ("uname", "os", "image"), r"(?i)\b(?:aarch64|arm64)\b"),
    Rule("architecture", "x86_64", STRONG, ("uname", "os", "image"), r"(?i)\b(?:x86_64|amd64|x64)\b"),
    Rule("architecture", "arm64", WEAK, ("text",), r"\b(?:aarch64|arm64)\b"),
    Rule("architecture", "x86_64", WEAK, ("text",), r"\b(?:x86_64|amd64|win-amd64)\b"),
    Rule("architecture", "x86", WEAK, ("uname", "text"), r"\b(?:i[3-6]86|win32-x86)\b"),
    # Inside something.
    Rule("wsl", "yes", CERTAIN, SAID, r"(?i)microsoft-standard-wsl|\bwsl ?[12]?\b|-microsoft\b"),
    Rule("wsl", "yes", STRONG, ("variables",), r"^WSL_(?:DISTRO_NAME|INTEROP)$"),
    Rule("wsl", "yes", WEAK, PLACES, r"(?:^|[\s'\"(=])/mnt/[a-z]/(?:Users|Windows|Program)"),
    Rule("container", "docker", STRONG, PLACES, r"/\.dockerenv|docker-entrypoint\.sh|Successfully built [0-9a-f]{12}|"
         r"(?m:^#\d{1,3} \[.{1,80}\] RUN )|(?m:^Step \d{1,3}/\d{1,3} : )"),
    Rule("container", "docker", STRONG, ("os", "image"), r"(?i)\bdocker\b|^[\w./-]{1,100}:[\w.-]{1,60}$"),
    Rule("container", "kubernetes", CERTAIN, ("variables",), r"^KUBERNETES_(?:SERVICE_HOST|PORT)$"),
    Rule("container", "kubernetes", STRONG, ("text",), r"/var/run/secrets/kubernetes\.io|CrashLoopBackOff|\bkubelet\b"),
    # Run by.
    Rule("ci", "github-actions", STRONG, ("variables",), r"^GITHUB_(?:ACTIONS|WORKFLOW|RUN_ID)$"),
    Rule("ci", "github-actions", STRONG, PLACES,
         r"##\[(?:group|error|endgroup)\]|actions/checkout|/home/runner/|D:\\a\\"),
    Rule("ci", "github-actions", STRONG, ("image",), r"^(?:ubuntu|windows|macos)-(?:latest|\d)"),
    Rule("ci", "gitlab-ci", STRONG, ("variables",), r"^(?:GITLAB_CI|CI_JOB_ID)$"),
    Rule("ci", "gitlab-ci", STRONG, ("text",), r"Running with gitlab-runner|section_start:\d"),
    Rule("ci", "jenkins", STRONG, ("variables",), r"^JENKINS_(?:URL|HOME)$"),
    Rule("ci", "jenkins", STRONG, ("text",), r"\[Pipeline\] |Started by user "),
    Rule("ci", "travis", STRONG, ("text", "variables"), r"travis_(?:fold|time):|^TRAVIS$"),
    Rule("ci", "azure-pipelines", STRONG, ("variables", "text"), r"^TF_BUILD$|##vso\["),
    Rule("ci", "buildkite", STRONG, ("variables", "text"), r"^BUILDKITE$|\bbuildkite-agent\b"),
    Rule("ci", "circleci", STRONG, ("variables", "text"), r"^CIRCLECI$|CircleCI received"),
    # Shells.
    Rule("shell", "powershell", STRONG, ("shell",), r"(?i)powershell|\bpwsh\b"),
    Rule("shell", "cmd", STRONG, ("shell",), r"(?i)\bcmd(?:\.exe)?$"),
    Rule("shell", "{s}", STRONG, ("shell",), r"\b(?P<s>bash|zsh|fish|dash|ash|ksh|sh)(?:\.exe)?$"),
    Rule("shell", "powershell", WEAK, ("text",), r"FullyQualifiedErrorId|(?m:^PS [A-Z]:\\)|name of a cmdlet"),
    Rule("shell", "cmd", WEAK, ("text",), r"as an internal or external command|(?m:^[A-Z]:\\[^>\n]{0,200}>\w)"),
    Rule("shell", "bash", WEAK, ("text",), r"(?m:^(?:-|/\S{0,40}/)?bash: )"),
    Rule("shell", "zsh", WEAK, ("text",), r"(?m:^zsh: )"),
    Rule("shell", "sh", WEAK, ("text",), r"(?m:^(?:/bin/)?sh: )"),
)  # fmt: skip


def detect(facts: Facts) -> Platform:
    """The platform that the facts speak of. Pure; silent facts leave a property empty."""
    votes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    clues: list[Clue] = []
    for rule, source, text, match in _seen(facts):
        value = rule.value.format(**match.groupdict())
        votes[rule.property][value] += rule.votes
        clues.append(Clue(rule.property, value, source, _line_of(text, match)))
    chosen = {name: max(values, key=lambda value: values[value]) for name, values in votes.items()}
    if "wsl" in chosen and votes["wsl"]["yes"] >= STRONG:
        chosen["system"] = "linux"
    return _platform(chosen, tuple(clue for clue in clues if chosen.get(clue.property) == clue.value))


def named(os: str) -> Platform:
    """The platform behind a name that a person or a tool gave: ``Windows 10``, ``Ubuntu 22.04``."""
    return detect(Facts(os=os))


def _platform(chosen: dict[str, str], evidence: tuple[Clue, ...]) -> Platform:
    plain: dict[str, Any] = {name: value for name, value in chosen.items() if name != "wsl"}
    if chosen.get("distribution") and "system" not in plain:
        plain["system"] = "linux"
    if plain.get("system") != "linux":
        plain.pop("distribution", None)
    return Platform(**plain, wsl="wsl" in chosen and plain.get("system") == "linux", evidence=evidence)


def _seen(facts: Facts) -> Iterator[tuple[Rule, str, str, re.Match[str]]]:
    for rule in RULES:
        pattern = _compiled(rule.pattern)
        for source in rule.sources:
            for text in _texts(facts, source):
                if match := pattern.search(text):
                    yield rule, source, text, match
                    break


def _texts(facts: Facts, source: str) -> tuple[str, ...]:
    found = getattr(facts, source)
    texts = found if isinstance(found, tuple) else (found,)
    return tuple(text[-TEXT_LIMIT_CHARS:] for text in texts if text)


def _line_of(text: str, match: re.Match[str]) -> str:
    start = text.rfind("\n", 0, match.start() + 1) + 1
    end = text.find("\n", match.end())
    line = text[start : end if end >= 0 else len(text)].strip()
    return line[:CLUE_LIMIT_CHARS]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
