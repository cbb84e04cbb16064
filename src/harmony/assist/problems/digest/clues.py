"""How error lines look, in many languages: patterns as data, the most telling first.

Each clue has two figures: how surely such a line is an error line (``error``), and how well it alone explains why the
work failed (``decisive``). A clue is tried only on lines that hold one of its ``stems`` (``|`` between them; ``@``
stands for "begins with a place in a file"), and only when they hold one of the few ``GATES``. The first clue that
matches counts. Patterns that begin with ``…`` may match anywhere in the line, the others at its beginning.
"""

from __future__ import annotations

from dataclasses import dataclass

from harmony.assist.problems.digest.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Clue:
    reason: str
    error: float
    decisive: float
    stems: str
    pattern: Pattern
    anywhere: bool = False


def _clue(reason: str, error: float, decisive: float, stems: str, *parts: str) -> Clue:
    source = "|".join(parts)
    return Clue(reason, error, decisive, stems, Pattern(source.removeprefix("…")), source.startswith("…"))


HARMLESS_STARTS = Pattern(
    r"~(?:get|fetch|ign|hit|Get|Fetch|Ign|Hit)(?::\d{1,5})? https?:|~(?:[Dd]own|[Uu]p)load(?:ing|ed)[: ]"
    r"|~(?:Unpacking|Selecting previously|Setting up|Collecting|Requirement already|Using cached|Receiving objects) "
    r"|~(?:inflating|extracting|creating|copying|adding|compiling|Compiling|checking|caching|installing|Installing|processing"
    r"|created?|writing|generating|Linking|Building|moving|deleting|x|a|cp|mv|rm|cc|gcc|g\+\+|clang|CC|CXX"
    r"|test)[: ] {0,9}\S{1,400}$"
    r"|~(?:✓|✔|√|ok|PASS(?:ED)?:?|OK|\[\s{0,9}OK|--- PASS|=== RUN|# Subtest|\+ |\$ |> |def |function |import "
    r"|from |class |it\()"
)
"""Lines that only speak of errors: a download, a copied file, a test that passed, a command or its source code."""
HARMLESS_ENDS = ("... ok", "...ok", "passed", "PASSED", " ok", "…ok", "success", "successful", "successfully", " OK")
ZERO = Pattern(
    r"(?:\b(?:0|[Nn]o|without|zero|WITHOUT|NO) (?:\w{1,12} )?(?:[Ee]rrors?|[Ff]ailures?|[Ff]ailed|[Ff]ailing"
    r"|[Pp]roblems|offenses)\b"
    r"|\b(?:[Ee]rrors?|[Ff]ailures?|[Ff]ailed|[Ff]ail|exit(?:ed)?|[Ee]xit ?[Cc]ode|ERRORS?|FAIL(?:ED"
    r"|URES)?)\"?(?: code| status| with)?(?: code)?\s{0,9}[:=]?\s{0,9}0\b(?![.\d]))"
)
CERTAIN = Pattern(
    r"[1-9]\d{0,8} (?:\w{1,12} )?(?:errors?|failures?|failed|failing)\b|(?:[Ff]ailures|[Ee]rrors"
    r"|[Ff]ailed)[:=] {0,9}[1-9]|TEST-UNEXPECTED"
)
"""Speaks of none of one kind, but of some of another."""
OPTION = Pattern(
    r"\|\s{1,20}\d{1,3}(?:\.\d{1,3})? \||--?(?:no-)?fail|-Werror|-Wno-error|fail-?fast|onerror|failonerror"
    r"|error[-_]page|continue-on-error|errors?\.\w{2,4}$"
)

CLUES = (
    _clue(
        "the harness says so",
        0.97,
        0.92,
        "TEST-UNEXPECTED|PROCESS-CRASH|REFTEST ERROR",
        r"….{0,60}(?:TEST-UNEXPECTED-|PROCESS-CRASH|REFTEST ERROR)",
    ),
    _clue(
        "the log's own closing line",
        0.75,
        0.10,
        "rror|xited|ailed|ailure|🚨",
        r"##\[error\]Process completed",
        r"Process completed with exit code",
        r"The command \".{0,1500}\" (?:failed|exited)",
        r"ERROR: Job failed",
        r"Build step '",
        r"Done\. Your build exited",
        r"\[taskcluster:error\]",
        r"🚨 Error: The command",
    ),
    _clue(
        "a tool stopped because something before it failed",
        0.80,
        0.18,
        "***|ninja:",
        r"(?:\S{1,200}/)?(?:g|mingw32-)?make(?:\[\d{1,3}\])?(?:\.exe)?: \*{3}",
        r"ninja: build stopped",
    ),
    _clue(
        "the harness gave up",
        0.85,
        0.30,
        "did not run|atal|xiting -",
        r"'.{1,200}' did not run successfully",
        r"Running post_fatal",
        r"Exiting -1",
    ),
    _clue(
        "a tool stopped because something before it failed",
        0.45,
        0.15,
        "ERR|FAIL|xecution fail|xit|aile|bort|* Try:|rror|ailures",
        r"npm (?:ERR!|error)",
        r"error Command failed with exit code",
        r"BUILD FAIL(?:ED|URE)",
        r"\* Try:",
        r"Execution failed for task",
        r"FAILURE: Build failed",
        r"> Task :\S{1,200} FAILED",
        r":\S{1,200} FAILED$",
        r"lerna ERR!",
        r".{0,9}ERR_PNPM",
        r"rake aborted!",
        r"~ERROR: {1,9}InvocationError",
        r"~\S{1,40}: commands failed",
        r"Error:? (?:exit status|Command failed)",
        r"error: (?:could not compile|aborting due to|build failed|Recipe|test failed, to rerun)",
        r".{0,40}Failed to execute goal .{0,300}(?:There are test failures|MojoFailureException|test failures)",
        r"(?:Some|There are|There were) (?:test failures|tests? failed|failing tests|failed tests)",
        r"\d{1,9} (?:tests?|specs?|suites?) failed",
        r"(?:ERRORS?|FAILURES)!$",
        r"(?:Failed|FAILED) \((?:failures|errors|skipped)=",
        r"=== Task Finished|.{0,200}exited with (?:code|status) [1-9]\d{0,2}\.?$",
    ),
    _clue(
        "memory checker", 0.95, 0.93, "anitizer", r"….{0,200}(?:SUMMARY: \w{1,20}Sanitizer|ERROR: \w{1,20}Sanitizer)"
    ),
    _clue(
        "fatal error",
        0.90,
        0.88,
        "atal error|FATAL E|atal Error|ABORT",
        r"…(?:\bfatal error\b|FATAL ERROR|Fatal error|FATAL EXCEPTION|###!!! ABORT)",
    ),
    _clue(
        "assertion in native code",
        0.90,
        0.88,
        "ssertion",
        r"…(?:Assertion (?:failure|failed)\b|Assertion [`'].{1,300}failed)",
    ),
    _clue(
        "the program crashed",
        0.85,
        0.88,
        "anic|egmentation|SIG|dumped|CRASH|rror|double free|hs_err|emory|illed|mashing|signal 9",
        r"…(?:\bpanicked at |^panic: |Segmentation fault|SIGSEGV|SIGABRT|core dumped|Hit MOZ_CRASH|Bus error\b"
        r"|stack smashing"
        r"|double free or corruption|hs_err_pid|heap out of memory|OutOfMemoryError|OOMKilled|signal 9 |\bKilled$)",
    ),
    _clue(
        "compiler error with its place",
        0.85,
        0.92,
        "rror|@|:[|e: ",
        r"~\S{0,300}[\w)\]]:\d{1,7}(?::\d{1,7})?(?:-\d{1,7})?:? ?(?:fatal |syntax )?[Ee]rror\b",
        r"~\S{1,300}\(\d{1,7}(?:,\d{1,7}){0,3}\) ?: (?:fatal )?error\b",
        r"error(?:\[E\d{4}\])?: ",
        r"~error TS\d",
        r"~\S{1,300}:\d{1,7}:\d{1,7} - error\b",
        r"~\S{1,300}:\[\d{1,7},\d{1,7}\] ",
        r"e: (?:file://)?/",
        r"~\S{1,300}\.(?:go|rs|hs|elm|ml|swift|zig|nim|d|scala|kt):\d{1,7}:\d{1,7}: (?!warning|note|info)",
    ),
    _clue(
        "linker error",
        0.85,
        0.92,
        "ndefined |nresolved ext|ld: |rror|ultiple def|collect2|ailed",
        r"…(?:undefined reference to|[Uu]ndefined symbol|[Uu]nresolved external|\bld: (?:symbol|library|cannot"
        r"|error)|ld-link: error"
        r"|multiple definition of|collect2: |linker command failed)",
    ),
    _clue(
        "assertion of a test",
        0.55,
        0.86,
        "E   |ssert|rror",
        r"E {3,60}\S",
        r"~(?:Failure/Error: |(?:java|junit|org)\S{0,80}Assert\S{0,40}(?:Error|Failed)|AssertionError)",
    ),
    _clue(
        "uncaught exception",
        0.60,
        0.84,
        "rror|xception|ailure|ault|nterrupt|imeout",
        r"~(?:Uncaught |Unhandled |Exception in thread \"[^\"]{0,100}\" )?[A-Za-z_\\][\w$.:\\]{0,200}?"
        r"(?:Error|Exception|Failure|Fault|Interrupt|Timeout)\b(?:$|:|\s\(| \[)",
        r"~(?:PHP )?(?:Parse|Fatal|Syntax) error:",
        r"\*\* \([A-Z]\w{0,60}Error\)",
    ),
    _clue("cause of the exception", 0.45, 0.76, "aused by", r"~Caused by: "),
    _clue(
        "a test failed",
        0.60,
        0.72,
        "ail|FAIL|rror|ERR|not ok|✕|✖|✗|✘|×|⨯|●",
        r"~(?:--- FAIL:|FAILED \S|FAIL: |FAIL \S|ERROR: \w{1,80} \(|not ok \d|(?:✕|✖|✗|✘|×"
        r"|⨯) {1,4}(?!\d{1,6} problems)\S|# {1,3}Failed test\b|● (?!Console)\S"
        r"|\[  FAILED  \] |test .{1,200}\.{3} FAILED"
        r"|Failed \S{3,200} \[)",
        r".{0,300}(?:<<< (?:FAILURE|ERROR)|\*{3} FAILED \*{3}|\*{3}Failed|> .{1,200} FAILED$|::\S{1,300} FAILED"
        r"|\| FAIL \||\[FAIL\]$)",
    ),
    _clue(
        "something the work needs is missing",
        0.50,
        0.80,
        "not found|o such|n't|o module|ModuleN|ImportE|o matching|annot find|nable to locate|ould not |nmet|has"
        " no|ENOENT|not exist|nknown|nsupported"
        "|not recognized|not in|no required|annot load|issing ",
        r"…(?:command not found|No such file or directory|[Cc]annot find (?:module|symbol|package)"
        r"|[Cc]an't (?:find|resolve|open)|No module named|ModuleNotFoundError|ImportError"
        r"|No matching distribution|Could not find a version|Unable to locate package|Could not (?:resolve|find"
        r"|transfer|determine|load)|unmet dependenc"
        r"|has no installation candidate|404 {1,3}Not Found|\bENOENT\b|Couldn't find|could not be found"
        r"|does not exist|unknown (?:command|option|flag)"
        r"|[Uu]nsupported (?:class file|major)|is not recognized as|package .{1,200} is not in|no required module"
        r"|cannot load such file|^Missing )",
    ),
    _clue(
        "the machine or the network refused",
        0.50,
        0.74,
        "enied|o space|efused|rror|ould not connect|imed out|Time-out|ail|nreachable|emory|annot allocate|Too"
        " Many|EACCES|ECONNRE|ETIMEDOUT"
        "|nauthorized|orbidden|navailable",
        r"…(?:[Pp]ermission denied|No space left|Connection (?:refused|reset|timed out)|Could not connect"
        r"|TLS handshake|certificate (?:verify|has expired|problem)"
        r"|Network is unreachable|[Tt]imed out|Time-out|[Oo]ut of memory|[Cc]annot allocate|429 Too Many"
        r"|rate limit exceeded|EACCES|ECONNRE|ETIMEDOUT"
        r"|401 Unauthorized|403 Forbidden|503 Service|[Aa]uthentication failed|[Aa]ccess denied)",
    ),
    _clue(
        "git refused",
        0.60,
        0.72,
        "atal|CONFLICT|rror",
        r"fatal: ",
        r".{0,80}CONFLICT \(",
        r"error: (?:pathspec|failed to push|Your local)",
    ),
    _clue(
        "a checker's finding",
        0.35,
        0.66,
        "@|rror|ffense|roblem|reformat|Diff in",
        r"~\S{1,300}:\d{1,7}(?::\d{1,7})?:? (?:[A-Z]{1,4}\d{2,4}\b|[CWEF]: )",
        r"~\d{1,7}:\d{1,7} {1,6}error {1,6}\S",
        r".{0,40}\d{1,9} (?:offenses?|problems?|errors?) detected",
        r"would reformat ",
        r"Diff in /",
    ),
    _clue("logged as fatal", 0.85, 0.70, "atal|FATAL|CRITICAL", r"~(?:FATAL|CRITICAL|Fatal|fatal)\b"),
    _clue(
        "start of a traceback",
        0.60,
        0.35,
        "raceback|oroutine",
        r".{0,100}Traceback \(most recent call last\)",
        r"~goroutine \d{1,9} \[",
    ),
    _clue(
        "says error",
        0.40,
        0.52,
        "rror|ERROR",
        r"~(?:\S{1,80}[:\]] ?)?(?:ERROR|Error|error)(?:\s{0,3}:|!|\s{1,3}-|\]|\b.{0,3}E?\d{3,5}:)",
        r".{0,120}\bError: ",
    ),
    _clue(
        "says it could not go on",
        0.30,
        0.45,
        "annot|ould not|ouldn't|nable to|ailed to|borting|efused|ust be|ot a valid|nvalid",
        r"…\b(?:[Cc]annot|[Cc]ould not|[Cc]ouldn't|[Uu]nable to|[Ff]ailed to|[Aa]borting|[Rr]efused|must be"
        r"|is not a valid|[Ii]nvalid)\b",
    ),
    _clue(
        "speaks of a failure",
        0.22,
        0.30,
        "ail|FAIL|rror|ERROR|xception|rash|anging",
        r"…(?:\b(?:[Ff]ail(?:ed|ure|ures|s|ing)?|FAIL(?:ED|URE)?|ERROR|[Ee]rrors?|[Ee]xception|[Cc]rash(?:ed)?|[Hh]anging)\b|\w(?:Error|Exception)\b)",
    ),
)
RAISED = _clue("uncaught exception", 0.60, 0.84, "", r"[A-Za-z_][\w.]{0,200}(?:: .{1,600})?$")
"""The line that ends Python's traceback, at its own indentation: a class of any name, and what it says."""
PLACE_STEM = "@"
GATES = (
    "Diff in ",
    *(
        "rror",
        "ERR",
        "ail",
        "FAIL",
        "xception",
        "atal",
        "anic",
        "bort",
        "ABORT",
        "CRASH",
        "rash",
        "annot",
        "ould not",
        "n't ",
    ),
    *("nable to", "not ", "enied", "issing ", "nknown", "nsupported", "nresolved", "ndefined ", "nvalid", "efused"),
    *("ust be", "illed", "egmentation", "SIG", "dumped", "emory", "imed out", "imeout", "raceback", "oroutine"),
    *(
        "anitizer",
        "ssert",
        "***",
        "ninja: b",
        "xit",
        "EXPECTED",
        "E   ",
        "CONFLICT",
        "CRITICAL",
        "FATAL",
        "ffense",
        "roblem",
    ),
    *("reformat", "anging", "o such", "o space", "o matching", "has no", "aused by"),
    *(":[", "e: /", "e: file", "ld: ", "nreachable", "Too Many", "nauthorized", "orbidden", "ault:", "nterrupt"),
    *("no required", "collect2", "ImportE", "ModuleN", "o module"),
)
SIGNS = frozenset("✕✖✗✘×⨯●🚨")
"""A line that holds none of these, no sign and no place in a file tells of no error."""
