"""Text without what a terminal would obey: colours, titles, cursor movements, control characters.

Taken out before anything is looked for: a colour in the midst of a secret would hide it from the rules, and whoever
took the colour out afterwards would put the secret together again.
"""

from __future__ import annotations

from bisect import bisect_right

from harmony.kernel.redaction.pattern import Pattern

SEQUENCE_LIMIT_CHARS = 4_096
"""A title or other message to the terminal that is longer than this is text, without its introducer."""

_ANY = Pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MESSAGE = rf"(?:\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f])[^\x07\x1b\x80-\x9f\n]{{0,{SEQUENCE_LIMIT_CHARS}}}"
_WHOLE = (
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"
    rf"|{_MESSAGE}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]{0,8}[0-~]"
    rf"|{_ANY.pattern}"
)
_CUT = rf"(?:\x1b\[|\x9b)[0-?]{{0,64}}[ -/]{{0,8}}\Z|{_MESSAGE}\x1b?\Z|\x1b[ -/]{{0,8}}\Z"
_OBEYED = Pattern(_WHOLE)
_OBEYED_OR_CUT = Pattern(rf"(?P<cut>{_CUT})|{_WHOLE}")


def plain(text: str) -> str:
    """``text`` with its line ends and tabs, and no other control character. Plain text stays as it is."""
    return _OBEYED.sub("", text) if _ANY.search(text) else text


class Stripped:
    """Makes text plain that arrives in pieces, and knows where in the original a plain character stood."""

    def __init__(self) -> None:
        self._held = ""
        self._given = 0
        self._cuts: list[int] = []
        """Behind this many plain characters something was taken out."""
        self._removed = [0]
        """How many characters are missing before the first cut, and behind each."""

    def take(self, piece: str, *, final: bool = False) -> str:
        """The plain text of the next piece; a sequence that the piece cuts in two is held until it is whole."""
        text = self._held + piece
        self._held = ""
        if not _ANY.search(text):
            self._given += len(text)
            return text
        kept: list[str] = []
        done = 0
        for found in (_OBEYED if final else _OBEYED_OR_CUT).finditer(text):
            kept.append(text[done : found.start()])
            self._given += found.start() - done
            done = found.end()
            if not final and found["cut"] is not None:
                self._held = found[0]
                return "".join(kept)
            self._note(done - found.start())
        kept.append(text[done:])
        self._given += len(text) - done
        return "".join(kept)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where plain characters ``start`` to ``end`` (not empty) stood; nothing before them may be forgotten yet."""
        begin = start + self._removed[bisect_right(self._cuts, start)]
        last = end - 1 + self._removed[bisect_right(self._cuts, end - 1)]
        return begin, last + 1

    def forget(self, before: int) -> None:
        """No plain character before this one will be asked for: what is remembered stays bounded."""
        passed = bisect_right(self._cuts, before)
        del self._cuts[:passed]
        del self._removed[:passed]

    def _note(self, length: int) -> None:
        total = self._removed[-1] + length
        if self._cuts and self._cuts[-1] == self._given:
            self._removed[-1] = total
        else:
            self._cuts.append(self._given)
            self._removed.append(total)
