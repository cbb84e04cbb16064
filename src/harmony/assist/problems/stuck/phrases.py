"""Fixed phrases, as data. Every repetition in them is bounded, so no text can make them slow."""

from __future__ import annotations

import re

_I = re.IGNORECASE

ASKS_FOR_HELP = re.compile(
    r"\b(?:i|we)(?:['’]m|['’]re| am| are)\s{1,3}(?:(?:really|completely|totally|still|a bit|so|just|quite)\s){0,2}"
    r"(?:stuck|at a loss|out of ideas|going (?:round )?in circles|at my wits['’]? end)\b"
    r"|\b(?:i|we) (?:really )?(?:do not|don['’]?t) know what (?:else )?to (?:try|do)\b"
    r"|\bno idea (?:what|why|how)\b.{0,60}\b(?:wrong|fix|fails?|failing|works?|error|broken)\b"
    r"|\b(?:i|we)(?:['’]ve| have) tried everything\b"
    r"|\bnothing (?:i|we) (?:try|tried|do) (?:works|helps|worked|helped)\b"
    r"|\bi give up\b|\b(?:can|could) (?:some(?:one|body)|any(?:one|body)) (?:please )?help\b",
    _I,
)
"""A person says in so many words that it goes no further."""

ASKS_FOR_PERSON = re.compile(
    r"\b(?:talk|speak|escalate|transfer|hand)\b.{0,30}\b(?:human|person|someone|somebody|engineer|expert|colleague)\b",
    _I,
)

ASKS_TO_WAIT = re.compile(
    r"\b(?:check|poll|watch|monitor|ping|refresh|query|tail|look|checking|polling|watching|looking|monitoring)\b.{0,80}"
    r"\b(?:every (?:\d{1,4} |few |couple of |other |single )?(?:secs?|seconds?|mins?|minutes?|hours?|days?)"
    r"|until|till|periodically|regularly|continuously|repeatedly|once (?:a|per|every) (?:second|minute|hour))\b"
    r"|\bwait(?:ing)? (?:for|until|till)\b.{0,80}"
    r"\b(?:finish\w{0,3}|done|complet\w{1,4}|ready|is up|pass(?:es|ed)?|succeeds?|ends?|available|green|appears?)\b"
    r"|\bevery (?:\d{1,4} |few )?(?:seconds?|minutes?|hours?)\b.{0,60}\b(?:check|poll|look|ping|refresh|ask)\b"
    r"|\bkeep an eye on\b",
    _I,
)
"""Instructed polling: what follows may repeat itself for as long as it takes."""

FRUSTRATION = re.compile(
    r"\b(?:wtf|ffs|damn(?:ed|it)?|argh+|ugh+|ridiculous|frustrat\w{2,5}|annoying|useless|fed up|hate this"
    r"|for the (?:third|fourth|fifth|tenth|hundredth|nth) time|why (?:the hell|on earth)"
    r"|still (?:not working|does ?n[o'’]t work|broken|failing|the same error))(?!\w)|[!?]{3}",
    _I,
)

FAILED = re.compile(
    r"^\s{0,8}(?:error|fatal|panic)\b\s?(?:\[|:| )|^e {3}\S|^traceback \(most recent"
    r"|^\s{0,8}[\w.]{0,80}(?:error|exception)\b:"
    r"|\bexit(?:ed|code)?(?: (?:with|code|status)){0,2}[: ]{1,2}[1-9]|\bcommand not found\b"
    r"|\bno such file or directory\b|\bpermission denied\b|\b[1-9]\d{0,5} (?:failed|failures?|errors?)\b"
    r"|\bbuild failed\b|^fail(?:ed|ure)?\b|\bsegmentation fault\b",
    _I | re.MULTILINE,
)
"""A result that failed although nobody flagged it."""

FRUITLESS = re.compile(
    r"\b(?:not found|no (?:\w{1,20} )?(?:results?|match(?:es)?|such|output|data|entries|items|files|hits)|nothing"
    r"|invalid|denied|wrong|incorrect|unable|cannot|can['’]t|could not|fail(?:ed|s|ure)?|error|empty|unknown"
    r"|unsupported|rejected|timed? ?out|0 (?:results|matches|hits|rows))\b|^\s{0,4}(?:\[\]|\{\}|null|none|n/a)\s{0,4}$",
    _I,
)
"""A result that brought nothing, whether or not it counts as a failure."""

DECISIVE = re.compile(
    r"(?:error|exception|fail(?:ed|ure|s)?|fatal|panic|cannot|unable|denied|not found|undefined|refused)\b", _I
)

COUNTED = re.compile(r"\b(\d{1,7})(?= (?:failed|failures?|errors?|passed|passing|failing|warnings?|tests?)\b|\s?%)", _I)
"""Numbers of a failure that tell progress; the others (lines, addresses, durations) do not."""

EDITS = re.compile(
    r"(?<![a-z])(?:edit(?:or)?|write|create|insert|replace|patch|save|update_file|sed -i|cat >|tee)(?![a-z])", _I
)
UNDOES = re.compile(
    r"\bgit (?:checkout (?:--|\.|HEAD\b)|restore\b|reset --hard\b|revert\b|stash\b)"
    r"|\bundo(?:_edit)?\b|\brevert\w{0,4}\b|\brollback\b",
    _I,
)
WAITS = re.compile(r"\b(?:sleep|wait\w{0,3}|poll\w{0,3}|watch|status|tail -f|progress|is_ready|health)\b", _I)
PENDING = re.compile(
    r"\b(?:pending|queued|in[ _-]progress|running|waiting|starting|building|not (?:yet )?ready"
    r"|initiali[sz]ing|provisioning)\b",
    _I,
)
TERMINALS = re.compile(r"terminal|console|executor|environment|sandbox|interpreter", _I)
"""Names under which logs of several agents let a machine speak in the user's role."""

OBSTACLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "missing permission",
        re.compile(r"\b(?:permission denied|access denied|not authori[sz]ed|unauthori[sz]ed|forbidden|40[13])\b", _I),
    ),
    (
        "missing or wrong credentials",
        re.compile(
            r"\b(?:invalid|missing|expired|bad) (?:api[ _-]?key|credentials?|token|password)\b"
            r"|\bauthentication failed\b|\blogin required\b|\bcould not read username\b",
            _I,
        ),
    ),
    (
        "an exhausted quota",
        re.compile(
            r"\b(?:quota exceeded|rate limit\w{0,3}|insufficient (?:funds|quota|credits?)|payment required)\b", _I
        ),
    ),
    (
        "no way to the network",
        re.compile(
            r"\b(?:could not resolve host|network is unreachable|no route to host|name or service not known)\b", _I
        ),
    ),
    (
        "no room left",
        re.compile(r"\b(?:no space left on device|out of memory|cannot allocate memory|oom-?killed)\b", _I),
    ),
    ("an approval by a person", re.compile(r"\brequires? (?:human|manual) (?:approval|review)\b", _I)),
)
"""What neither trying again nor thinking harder removes: a person with the means must."""
