"""From bytes to clean lines: encodings, cut lines, colours, carriage returns. Streaming, in bounded memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from harmony.assist.problems.digest.errors import NotText

CHUNK_BYTES = 262_144
LINE_HEAD_CHARS = 4_000
LINE_TAIL_CHARS = 500
"""Of a line longer than both, the head and the tail are kept; what lies between is passed over."""
SNIFF_BYTES = 8_192
CONTROL_SHARE_LIMIT = 0.10
"""With more control characters than this share at the beginning, it is no text."""
PICTURES_LIMIT = 1_000
"""Of a line drawn over more often than this by carriage returns, the last pictures are read."""

ESCAPE_SOURCE = r"\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|[\]_P^X][^\x07\x1b\n]{0,4000}(?:\x07|\x1b\\)?|[ -/]{0,4}[0-~])?"
_ESCAPE = re.compile(ESCAPE_SOURCE)
_MOVING = re.compile(r"[\d#=>.\s%/|\\-]{1,60}")
"""What changes from one picture of a progress bar to the next."""
_USUAL_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x08\x1b\x07")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Reader:
    """Yields the lines of one byte stream; afterwards ``n_bytes`` and ``n_cut`` tell how it went."""

    def __init__(self) -> None:
        self.n_bytes = 0
        self.n_cut = 0
        self._passed_over = 0

    def batches(self, chunks: Iterable[bytes]) -> Iterator[list[str]]:
        """Batches of lines without colours and line ends; the n-th line of all batches is line n.

        A line may still hold carriage returns (see ``pictures``); where no ``\\n`` is in the first chunk at all, it
        is they that end the lines. Raises NotText for binary data.
        """
        decoder: codecs.IncrementalDecoder | None = None
        held = ""
        returns_end_lines = False
        for chunk in chunks:
            self.n_bytes += len(chunk)
            if decoder is None:
                decoder = codecs.getincrementaldecoder(encoding_of(chunk[:SNIFF_BYTES]))(errors="replace")
                returns_end_lines = b"\r" in chunk and b"\n" not in chunk
            text = decoder.decode(chunk)
            block = held + (text.replace("\r", "\n") if returns_end_lines else text)
            end = block.rfind("\n")
            held = block[end + 1 :]
            if end >= 0:
                yield self._lines(block[:end])
            if len(held) > CHUNK_BYTES:
                self._passed_over += len(held) - LINE_HEAD_CHARS - LINE_TAIL_CHARS
                held = held[:LINE_HEAD_CHARS] + held[-LINE_TAIL_CHARS:]
        if held or self._passed_over:
            yield self._lines(held + (decoder.decode(b"", final=True) if decoder else ""))

    def _lines(self, block: str) -> list[str]:
        if "\x1b" in block:
            block = _ESCAPE.sub("", block)
        if "\r" in block:
            block = block.replace("\r\n", "\n")
        lines = block.split("\n")
        limit = LINE_HEAD_CHARS + LINE_TAIL_CHARS
        if len(block) > limit or self._passed_over:
            for at, line in enumerate(lines):
                if (len(line) > limit and "\r" not in line) or self._passed_over:
                    lines[at] = self._shortened(line)
        return lines

    def _shortened(self, line: str) -> str:
        self.n_cut += 1
        missing = self._passed_over + max(0, len(line) - LINE_HEAD_CHARS - LINE_TAIL_CHARS)
        self._passed_over = 0
        return f"{line[:LINE_HEAD_CHARS]} …[{missing} characters]… {line[-LINE_TAIL_CHARS:]}"


def encoding_of(beginning: bytes) -> str:
    """The encoding by its mark or by where its zero bytes lie; refuses what is no text."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if beginning.startswith(mark):
            return encoding
    if beginning.count(0) > len(beginning) // 4:
        even, odd = beginning[::2].count(0), beginning[1::2].count(0)
        if odd > 9 * even or even > 9 * odd:
            return "utf-16-le" if odd > even else "utf-16-be"
    odd_ones = sum(1 for byte in beginning if byte < 32 and byte not in _USUAL_CONTROLS)
    if odd_ones > CONTROL_SHARE_LIMIT * len(beginning):
        raise NotText("this is binary data, not a log")
    return "utf-8"


def pictures(line: str) -> list[str]:
    """What a line with carriage returns showed, one after the other. Redraws of one thing count once."""
    kept: list[str] = []
    for part in line.split("\r")[-PICTURES_LIMIT:]:
        part = part[: LINE_HEAD_CHARS + LINE_TAIL_CHARS]
        if kept and _MOVING.sub("", part[:60]) == _MOVING.sub("", kept[-1][:60]):
            kept[-1] = part
        elif part.strip():
            kept.append(part)
    return kept or [""]
