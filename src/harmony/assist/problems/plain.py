"""Text without what a terminal would obey: colours, titles, cursor movements, control characters.

Taken out before anything is redacted: a colour in the midst of a secret would hide it from the rules, and whoever took
the colour out afterwards would put the secret together again.
"""

from __future__ import annotations

import re

SEQUENCE_LIMIT_CHARS = 4_096

_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"
    rf"|\x1b[\]PX^_][^\x07\x1b\n]{{0,{SEQUENCE_LIMIT_CHARS}}}(?:\x07|\x1b\\)"
    r"|\x1b[ -/]{0,8}[0-~]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def plain(text: str) -> str:
    """``text`` with its line ends and tabs, and no other control character. Plain text stays as it is."""
    return _CONTROL.sub("", _SEQUENCE.sub("", text))
