"""The kinds of failure, as data: what is looked for, and which findings speak for which category.

A rule describes a kind (the type of the error, the form of its message, features of the environment), never one
failure. ``weight`` is how often, in percent, a failure that fits the rule is of its category; rules of one category
that ask for different features add up as independent evidence, of those that ask for the same the heaviest counts. A
failure that no rule describes is unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from harmony.assist.problems.model import Level


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that can be seen in the words of a failure or in the source lines of its stack."""

    name: str
    pattern: re.Pattern[str]
    in_source: bool = True
    """Whether source lines count; in them a backslash mostly begins an escape."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Fits when the error type is one of ``types`` (lower case), ``pattern`` occurs in the failure's line, and every
    one of ``features`` was observed; what is left empty asks nothing.
    """

    category: str
    subcategory: str
    weight: int
    reason: str
    types: frozenset[str] = frozenset()
    pattern: re.Pattern[str] | None = None
    features: frozenset[str] = field(default=frozenset())
    complexity: Level = "medium"


def _feature(name: str, pattern: str, *, in_source: bool = True) -> Feature:
    return Feature(name, re.compile(pattern), in_source)


def _rule(
    category: str,
    subcategory: str,
    weight: int,
    reason: str,
    *,
    types: str = "",
    pattern: str = "",
    features: str = "",
    complexity: Level = "medium",
) -> Rule:
    return Rule(
        category,
        subcategory,
        weight,
        reason,
        frozenset(types.lower().split()),
        re.compile(pattern, re.IGNORECASE) if pattern else None,
        frozenset(features.split()),
        complexity,
    )


FEATURES: tuple[Feature, ...] = (
    _feature("windows-drive-path", r"(?<![A-Za-z0-9])[A-Za-z]:[\\/]+(?=[\w\[.\\'\"]|$)"),
    _feature("backslash-path", r"(?:[\w.\])%-]|^|['\"])\\{1,2}[\w.\[%-]+(?:\\{1,2}[\w.\[%-]+)*\.?\w*", in_source=False),
    _feature("posix-path", r"(?:^|[\s'\"(=])(?:/(?:home|usr|etc|tmp|var|opt|mnt|root|srv|dev)/|~/)"),
    _feature("windows-only-module", r"['\"\s](?:winreg|msvcrt|_winapi|winsound|win32\w+|pywintypes)['\"\s.;]?"),
    _feature("posix-only-module", r"['\"\s](?:fcntl|pwd|grp|resource|termios|pty|syslog|posix|readline)['\"\s.;]?"),
    _feature("windows-only-call", r"\b(?:startfile|O_BINARY|WindowsError|getwindowsversion|add_dll_directory)\b"),
    _feature("posix-only-call", r"\b(?:fork|getuid|geteuid|uname|setsid|mkfifo|SIGKILL|SIGHUP|getpgid|killpg)\b"),
    _feature(
        "windows-shell-word", r"(?:^|\s)(?:dir|cls|copy|del|findstr|xcopy|tasklist|ipconfig|powershell)(?:\.exe)?: "
    ),
    _feature("carriage-return", r"\^M|\\r|\r", in_source=False),
)

COMMANDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("runs-git", re.compile(r"(?:^|[\s/])git\s")),
    (
        "runs-build",
        re.compile(
            r"\b(?:make|cmake|ninja|gcc|g\+\+|clang|tsc|webpack|vite|mvn|gradle|msbuild|"
            r"(?:cargo|go|docker|npm run) build)\b"
        ),
    ),
)
"""What a command line tells about what somebody was doing."""

NOT_FOUND = (
    "FileNotFoundError NotADirectoryError ENOENT ENOTDIR NoSuchFileException FileNotFoundException "
    "DirectoryNotFoundException"
)
SYSTEM_CALL = f"{NOT_FOUND} OSError IOError EINVAL error fatal"
NO_SUCH_FILE = (
    r"no such file or directory|cannot find the (?:path|file)|could not find a part of the path|not a directory"
)

RULES: tuple[Rule, ...] = (
    # What works on one system and not on the other.
    _rule("cross-platform-compatibility", "file-path-handling", 80,
          "a path with a Windows drive, where paths have none", types=SYSTEM_CALL, pattern=NO_SUCH_FILE,
          features="on-posix windows-drive-path"),
    _rule("cross-platform-compatibility", "file-path-handling", 70,
          "a path joined with backslashes, which separate nothing here", types=SYSTEM_CALL, pattern=NO_SUCH_FILE,
          features="on-posix backslash-path"),
    _rule("cross-platform-compatibility", "file-path-handling", 70,
          "a path of Linux or macOS, where paths begin with a drive", types=SYSTEM_CALL,
          features="on-windows posix-path", pattern=NO_SUCH_FILE),
    _rule("cross-platform-compatibility", "file-path-handling", 70,
          "a file is not found since the work moved to another system", types=SYSTEM_CALL, pattern=NO_SUCH_FILE,
          features="switched-environment"),
    _rule("cross-platform-compatibility", "file-path-handling", 75, "a character that a Windows file name cannot hold",
          pattern=r"winerror 123|filename, directory name, or volume label syntax"),
    _rule("cross-platform-compatibility", "platform-specific-module", 95, "a module that only Windows has",
          types="ModuleNotFoundError ImportError", features="on-posix windows-only-module"),
    _rule("cross-platform-compatibility", "platform-specific-module", 95, "a module that only Linux and macOS have",
          types="ModuleNotFoundError ImportError", features="on-windows posix-only-module"),
    _rule("cross-platform-compatibility", "platform-specific-call", 95, "a call that only Windows offers",
          types="AttributeError NameError", features="on-posix windows-only-call"),
    _rule("cross-platform-compatibility", "platform-specific-call", 95, "a call that only Linux and macOS offer",
          types="AttributeError NameError ImportError", features="on-windows posix-only-call"),
    _rule("cross-platform-compatibility", "line-endings", 90, "a script with the line ends of Windows",
          types="BadInterpreter SyntaxError CommandNotFound", features="carriage-return"),
    _rule("cross-platform-compatibility", "shell-commands", 90, "a command of the Windows shell",
          types="CommandNotFound", features="on-posix windows-shell-word"),
    _rule("cross-platform-compatibility", "binary-format", 85, "a program built for another system or processor",
          pattern=r"exec format error|not a valid win32 application|wrong elf class|bad cpu type|invalid elf header"),
    # Files.
    _rule("filesystem", "missing-file", 60, "a file or folder that does not exist", types=NOT_FOUND,
          complexity="low"),
    _rule("filesystem", "missing-file", 55, "the system names a missing file", pattern=NO_SUCH_FILE,
          complexity="low"),
    _rule("filesystem", "already-exists", 75, "something of this name exists", types="FileExistsError EEXIST",
          complexity="low"),
    _rule("filesystem", "disk-full", 90, "no space is left",
          pattern=r"no space left on device|disk quota exceeded|\bENOSPC\b"),
    _rule("filesystem", "too-many-open-files", 90, "too many files are open",
          pattern=r"too many open files|\bEMFILE\b"),
    # Parts that are missing or do not fit.
    _rule("dependency-missing", "module-not-installed", 85, "a module that is not installed",
          types="ModuleNotFoundError MODULE_NOT_FOUND ERR_MODULE_NOT_FOUND ClassNotFoundException "
                "NoClassDefFoundError", complexity="low"),
    _rule("dependency-missing", "module-not-installed", 80, "the loader cannot find a module",
          pattern=r"no module named|cannot find module|could not resolve module|unresolved import|"
                  r"no matching distribution found|can't resolve '", complexity="low"),
    _rule("dependency-missing", "shared-library", 85, "a shared library that is not installed",
          pattern=r"cannot open shared object file|dll load failed|library not loaded|image not found"),
    _rule("dependency-missing", "command-not-installed", 80, "a program that is not installed or not on the path",
          types="CommandNotFound", complexity="low"),
    _rule("dependency-missing", "command-not-installed", 70, "exit code 127: the shell found no such program",
          features="exit-127", complexity="low"),
    _rule("dependency-missing", "header-not-installed", 85, "a header file that is not installed",
          types="CompilerError", pattern=r"\.(?:h|hpp|hh)['\">:]? ?(?:: )?(?:no such file|file not found|not found)"),
    _rule("version-conflict", "dependency-resolution", 90, "versions that exclude one another",
          types="ERESOLVE ResolutionImpossible SolverProblemError VersionConflict ContextualVersionConflict"),
    _rule("version-conflict", "dependency-resolution", 80, "the installer cannot fit the versions together",
          pattern=r"conflicting dependencies|unable to resolve dependency|version solving failed|"
                  r"requires .{1,80} but you have|incompatible with"),
    _rule("version-conflict", "runtime-version", 80, "the runtime has another version than asked for",
          pattern=r"requires python|unsupported engine|requires node|compiled by a more recent version|"
                  r"unsupported class file major version|requires a different python|glibc_\d"),
    _rule("version-conflict", "api-changed", 65, "a name that this version of a package does not have",
          types="ImportError", pattern=r"cannot import name"),
    # The program itself.
    _rule("syntax", "source-code", 90, "the source does not parse", types="SyntaxError IndentationError TabError",
          complexity="low"),
    _rule("syntax", "source-code", 75, "the compiler cannot parse the source", types="CompilerError",
          pattern=r"expected .{1,40}(?:before|;)|unexpected token|syntax error", complexity="low"),
    _rule("syntax", "data-format", 80, "data that does not parse",
          types="JSONDecodeError YAMLError ScannerError ParserError TOMLDecodeError ParseError ExpatError",
          complexity="low"),
    _rule("type-error", "wrong-type", 85, "a value of the wrong type", types="TypeError ClassCastException",
          complexity="low"),
    _rule("type-error", "missing-attribute", 70, "an attribute that the value does not have", types="AttributeError",
          complexity="low"),
    _rule("type-error", "null-value", 88, "a value that is absent is used",
          types="NullPointerException TypeError AttributeError panic",
          pattern=r"nonetype|undefined|\bnull\b|nil pointer|nullpointer", complexity="low"),
    _rule("type-error", "static-types", 85, "the type checker refuses",
          pattern=r"\berror TS\d+|mismatched types|incompatible types?|is not assignable to", complexity="low"),
    _rule("logic-error", "missing-key", 75, "a key that the mapping does not have",
          types="KeyError NoSuchElementException", complexity="low"),
    _rule("logic-error", "out-of-range", 80, "a position beyond the end",
          types="IndexError RangeError ArrayIndexOutOfBoundsException IndexOutOfBoundsException panic",
          pattern=r"out of (?:range|bounds)|index", complexity="low"),
    _rule("logic-error", "arithmetic", 80, "an arithmetic impossibility",
          types="ZeroDivisionError OverflowError FloatingPointError ArithmeticException", complexity="low"),
    _rule("logic-error", "unbound-name", 80, "a name that has no value",
          types="NameError UnboundLocalError ReferenceError", complexity="low"),
    _rule("logic-error", "endless-recursion", 85, "a recursion without an end",
          types="RecursionError StackOverflowError"),
    _rule("logic-error", "invalid-value", 55, "a value that the call refuses",
          types="ValueError IllegalArgumentException", complexity="low"),
    # What the system refuses.
    _rule("permission", "access-denied", 90, "the system denies access",
          types="PermissionError EACCES EPERM AccessDeniedException AccessDenied"),
    _rule("permission", "access-denied", 75, "access is denied",
          pattern=r"permission denied|access is denied|operation not permitted|must be run as root"),
    _rule("permission", "access-denied", 60, "exit code 126: found, but not allowed to run", features="exit-126"),
    _rule("memory", "out-of-memory", 90, "the memory is used up", types="MemoryError OutOfMemoryError OutOfMemory"),
    _rule("memory", "out-of-memory", 70, "exit code 137: killed, mostly for want of memory", features="exit-137"),
    _rule("memory", "out-of-memory", 80, "the memory is used up",
          pattern=r"out of memory|cannot allocate memory|bad_alloc|heap space"),
    _rule("memory", "invalid-access", 85, "memory that is not the program's own", types="SegmentationFault",
          complexity="high"),
    _rule("memory", "invalid-access", 80, "exit code 139: stopped for touching foreign memory", features="exit-139",
          complexity="high"),
    # What is far away.
    _rule("network", "connection", 85, "a connection that does not come about or breaks",
          types="ConnectionError ConnectionRefusedError ConnectionResetError ConnectionAbortedError "
                "BrokenPipeError ECONNREFUSED ECONNRESET ENOTFOUND EHOSTUNREACH ConnectException "
                "UnknownHostException gaierror NewConnectionError"),
    _rule("network", "connection", 75, "the network is spoken of",
          pattern=r"connection (?:refused|reset|aborted)|network is unreachable|no route to host|"
                  r"could not resolve host|name or service not known|getaddrinfo"),
    _rule("network", "address-in-use", 85, "another program listens there",
          pattern=r"address already in use|\bEADDRINUSE\b", complexity="low"),
    _rule("network", "certificate", 85, "a certificate that is not trusted",
          types="SSLError SSLCertVerificationError CertificateError SSLHandshakeException"),
    _rule("network", "certificate", 80, "a certificate that is not trusted",
          pattern=r"certificate verify failed|self[- ]signed certificate|unable to get local issuer"),
    _rule("timeout", "no-answer-in-time", 85, "no answer came in time",
          types="TimeoutError ReadTimeout ConnectTimeout TimeoutException ETIMEDOUT TimeoutExpired "
                "DeadlineExceeded SocketTimeoutException"),
    _rule("timeout", "no-answer-in-time", 75, "no answer came in time", pattern=r"timed? ?out\b|deadline exceeded"),
    _rule("timeout", "no-answer-in-time", 65, "exit code 124: stopped after its time", features="exit-124"),
    _rule("database", "statement-refused", 85, "the database refuses the statement",
          types="OperationalError ProgrammingError IntegrityError DatabaseError UniqueViolation UndefinedTable "
                "UndefinedColumn SQLException PSQLException SequelizeDatabaseError"),
    _rule("database", "statement-refused", 75, "the database is spoken of",
          pattern=r"relation \S+ does not exist|no such (?:table|column)|duplicate key value|"
                  r"violates .{1,40} constraint|deadlock detected|database is locked|unknown column"),
    # Words and settings.
    _rule("encoding", "text-encoding", 92, "bytes that are no text in this encoding",
          types="UnicodeDecodeError UnicodeEncodeError UnicodeError MalformedInputException"),
    _rule("encoding", "text-encoding", 70, "an encoding is spoken of",
          pattern=r"codec can't (?:de|en)code|invalid (?:utf-8|byte sequence)|malformed utf"),
    _rule("configuration", "setting-missing", 80, "a setting that is missing or wrong",
          types="ImproperlyConfigured ConfigError ConfigurationError MissingSectionHeaderError NoOptionError "
                "NoSectionError"),
    _rule("configuration", "setting-missing", 70, "a setting is spoken of",
          pattern=r"environment variable .{1,80}(?:not set|missing|required)|"
                  r"missing (?:required )?(?:setting|configuration|config)|invalid configuration|\bnot configured\b",
          complexity="low"),
    _rule("configuration", "setting-missing", 85, "an environment variable that is not set", types="KeyError",
          features="reads-environment", complexity="low"),
    # The tools of the trade.
    _rule("test-failure", "assertion", 80, "an assertion that does not hold",
          types="AssertionError AssertionFailedError ERR_ASSERTION", complexity="low"),
    _rule("test-failure", "assertion", 75, "a test that failed", types="TestFailed", complexity="low"),
    _rule("git", "conflict", 90, "two changes that git cannot join", types="MergeConflict"),
    _rule("git", "rejected", 88, "a push that the other side refuses", types="PushRejected"),
    _rule("git", "repository-state", 80, "git refuses", types="fatal",
          pattern=r"repository|refs?\b|branch|pathspec|unrelated histories|index\.lock|remote|revision|worktree|"
                  r"commit"),
    _rule("git", "repository-state", 60, "git was running", types="error fatal", features="runs-git"),
    _rule("build", "compilation", 65, "the compiler refuses", types="CompilerError", complexity="medium"),
    _rule("build", "linking", 88, "the linker misses something", types="LinkerError"),
    _rule("build", "build-tool", 70, "the build tool stopped", types="MakeError CMakeError NpmError"),
    _rule("build", "compilation", 80, "the Rust compiler refuses", pattern=r"^error\[E\d{4}\]"),
    _rule("build", "build-tool", 55, "a build was running", types="error", features="runs-build"),
)  # fmt: skip

SKILLS: dict[str, tuple[str, ...]] = {
    "cross-platform-compatibility": ("cross-platform-development",),
    "file-path-handling": ("file-handling",),
    "dependency-missing": ("packaging",),
    "version-conflict": ("packaging",),
    "permission": ("system-administration",),
    "memory": ("performance-optimization",),
    "network": ("networking",),
    "timeout": ("networking",),
    "database": ("databases",),
    "encoding": ("text-encoding",),
    "configuration": ("devops",),
    "test-failure": ("testing",),
    "git": ("git",),
    "build": ("build-systems",),
    "filesystem": ("file-handling",),
}
"""The skills that a category or subcategory asks for, beside the program's language."""
