"""What the log tells of the machine: system, languages, and the build system with its own verdict."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern

FACTS_LIMIT = 12
VALUE_CHARS = 80

_FACTS: dict[str, tuple[tuple[str, Pattern], ...]] = {
    "Python": (("python", Pattern(r"Python (?P<value>[23]\.\d{1,2}[\w.+]{0,20})$")),),
    "platform": (
        ("python", Pattern(r"platform .{1,40} -- Python (?P<value>[\d.]{3,20})")),
        ("system", Pattern(r"platform (?P<value>\w{1,40}) --")),
    ),
    "openjdk": (("java", Pattern(r"openjdk version \"(?P<value>[^\"]{1,40})\"")),),
    "java": (("java", Pattern(r"java version \"(?P<value>[^\"]{1,40})\"")),),
    "Java": (("java", Pattern(r"Java version: (?P<value>[\w.+-]{1,40})")),),
    "go": (("go", Pattern(r"go version go(?P<value>[\d.]{1,20})")),),
    "rustc": (("rust", Pattern(r"rustc (?P<value>\d[\w.-]{1,30})")),),
    "ruby": (("ruby", Pattern(r"ruby (?P<value>\d[\w.]{1,20})")),),
    "PHP": (("php", Pattern(r"PHP (?P<value>\d[\w.-]{1,30}) \(cli\)")),),
    "gcc": (("gcc", Pattern(r"gcc \(.{1,60}\) (?P<value>\d[\d.]{1,20})")),),
    "clang": (("clang", Pattern(r"clang version (?P<value>\d[\d.]{1,20})")),),
    "Now": (("node", Pattern(r"Now using node v(?P<value>[\d.]{1,20})")),),
    "node": (("node", Pattern(r"node: v?(?P<value>\d[\d.]{1,20})")),),
    "Image:": (("system", Pattern(r"~Image: (?P<value>[\w.-]{1,60})$")),),
    "Description:": (("system", Pattern(r"Description:\s{1,9}(?P<value>\S.{1,60})$")),),
    "Virtual": (("system", Pattern(r"Virtual environment: (?P<value>[\w.-]{1,60})")),),
    "Apache": (("maven", Pattern(r"Apache Maven (?P<value>\d[\w.-]{1,30})")),),
    "Gradle": (("gradle", Pattern(r"Gradle (?P<value>\d[\w.-]{1,20})$")),),
}
_BUILDS: dict[str, tuple[str, str | None, bool | None]] = {
    "BUILD SUCCESS": ("BUILD SUCCESS$", "Maven", True),
    "BUILD FAILURE": ("BUILD FAILURE$", "Maven", False),
    "BUILD SUCCESSFUL": ("BUILD SUCCESSFUL", None, True),
    "BUILD FAILED": ("BUILD FAILED", None, False),
}


_CALLED = Pattern(
    r"[>$+] (?:(?:npx|yarn(?: run)?|pnpm(?: exec)?|bundle exec|poetry run|python3? -m|cross-env(?: \w{1,40}=\S{1,80})?"
    r"|vendor/bin|\./vendor/bin) )?(?:\S{0,200}/)?(?P<runner>jest|vitest|mocha|karma|ava|pytest|rspec|phpunit"
    r"|ctest)(?: |$)"
)


class Environment:
    """Facts by name; ``build_system`` and ``built`` (its verdict) as the last build tool said."""

    def __init__(self) -> None:
        self.facts: dict[str, str] = {}
        self.build_system: str | None = None
        self.built: bool | None = None
        self.called: tuple[str, ...] = ()
        """The test runner that was called, for logs in which it never came to a summary."""
        self.heads = frozenset(
            (*_FACTS, "BUILD", ">", "$", "+", "Buildfile:", "Scanning", "make:", "ninja:", "npm", "[success]")
        )

    def read(self, head: str, text: str) -> None:
        """A line whose first word is in ``heads``."""
        text = text.strip()
        for name, pattern in _FACTS.get(head, ()):
            if name not in self.facts and len(self.facts) < FACTS_LIMIT and (found := pattern.match(text)):
                self.facts[name] = found["value"][:VALUE_CHARS]
        if head in ("$", ">", "+") and not self.called and (found := _CALLED.match(text)):
            self.called = (found["runner"],)
        if head == "BUILD":
            self._build(text)
        elif head == "Buildfile:":
            self.build_system = "Ant"
        elif head == "Scanning" and text.startswith("Scanning for projects"):
            self.build_system = "Maven"
        elif head == ">" and text.startswith("> Task :"):
            self.build_system = "Gradle"
        elif head == "npm" and text.startswith("npm ERR!"):
            self.built = False
        elif head == "make:" and "***" in text:
            self.build_system, self.built = self.build_system or "Make", False

    def _build(self, text: str) -> None:
        for beginning, (_, system, built) in _BUILDS.items():
            if text.startswith(beginning):
                self.built = built
                self.build_system = system or self.build_system
        if text.startswith(("BUILD SUCCESSFUL in", "BUILD FAILED in")):
            self.build_system = "Gradle"
