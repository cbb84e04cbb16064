"""``harmony translate``: a filter that rewrites a path or a command for another system. Needs no server."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from typing import IO

from harmony.adapters.terminal.plain import plain
from harmony.apps.cli import filtering
from harmony.assist.environments.model import COMMAND_LIMIT_CHARS, SHELL_OF, STYLES, Mount
from harmony.assist.environments.service.translate import Kind, translate
from harmony.kernel.errors import Refusal

NAME = "translate"
REFUSED = 1
LINE_LIMIT_BYTES = 4 * COMMAND_LIMIT_CHARS + 4
"""More than a text within its limit can have; what is longer is read so far and refused by its length."""

_COMMAND = re.compile(r"\s|&&|\||=")
_PATH = re.compile(r"(?:[A-Za-z]:[\\/]|\\\\|/|~|\.{1,2}[\\/])")


def main(arguments: list[str]) -> int:
    """Words as arguments, or one path or command a line on standard input. Exit 1 when something was refused."""
    parser = _parser()
    options = parser.parse_args(arguments)
    mounts = tuple(_mount(parser, given) for given in options.mount)
    if not options.text and sys.stdin.isatty():
        parser.error("give a path or a command, or pipe some in")
    return filtering.run(NAME, lambda: max((_answer(text, options, mounts) for text in _texts(options)), default=0))


def _texts(options: argparse.Namespace) -> Iterator[str]:
    """What is to be translated: the arguments, one command, or a text a line."""
    if options.text:
        yield " ".join(options.text)
        return
    if options.kind == "command":
        lines = iter([sys.stdin.buffer.read(LINE_LIMIT_BYTES)])
    else:
        lines = _lines(sys.stdin.buffer)
    yield from (text for line in lines if (text := line.decode("utf-8", errors="replace").rstrip("\r\n")))


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Of a line beyond the limit its beginning; the rest is passed over."""
    while line := stream.readline(LINE_LIMIT_BYTES):
        yield line
        while line and not line.endswith(b"\n"):
            line = stream.readline(LINE_LIMIT_BYTES)


def _answer(text: str, options: argparse.Namespace, mounts: tuple[Mount, ...]) -> int:
    kind: Kind = options.kind or _kind(text)
    try:
        found = translate(text, options.source, options.target, kind, mounts)
    except Refusal as refusal:
        if options.json:
            error = {"code": refusal.code, "message": refusal.message, "hint": refusal.hint}
            filtering.write(json.dumps({"text": None, "kind": kind, "notes": [], "refused": error}))
        else:
            filtering.say_refusal(NAME, refusal)
        return filtering.USAGE_ERROR if refusal.field in ("from", "to") else REFUSED
    if options.json:
        answer = {"text": found.text, "kind": kind, "notes": list(found.notes), "refused": None}
        filtering.write(json.dumps(answer, ensure_ascii=False))
        return 0
    # A terminal obeys control characters, and the text may be of others; its line ends stay.
    filtering.write("\n".join(map(plain, found.text.split("\n"))) if sys.stdout.isatty() else found.text)
    sys.stderr.writelines(f"note: {filtering.shown(note)}\n" for note in found.notes)
    return 0


def _kind(text: str) -> Kind:
    """A path when it looks like one: it begins as paths do, or has neither blanks nor operators."""
    return "path" if (_PATH.match(text) and " -" not in text) or not _COMMAND.search(text) else "command"


def _mount(parser: argparse.ArgumentParser, given: str) -> Mount:
    source, separator, target = given.partition("=")
    if not (source and separator and target):
        parser.error("--mount takes SOURCE=TARGET")
    return Mount(source, target)


def _parser() -> argparse.ArgumentParser:
    names = ", ".join(dict.fromkeys((*STYLES, *SHELL_OF)))
    parser = argparse.ArgumentParser(
        prog="harmony translate",
        description="Rewrite a path or a command for another system; what has no counterpart is refused.",
        epilog=f"Systems and shells: {names}. Exit code 1: something was refused.",
    )
    parser.add_argument("text", nargs="*", help="the path or command; without it, standard input, one a line")
    parser.add_argument("--from", dest="source", required=True, metavar="SYSTEM", help="where it comes from")
    parser.add_argument("--to", dest="target", required=True, metavar="SYSTEM", help="where it shall work")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--path", dest="kind", action="store_const", const="path", help="the text is a path")
    kind.add_argument(
        "--command", dest="kind", action="store_const", const="command", help="the text is a command or a script"
    )
    parser.add_argument(
        "--mount", action="append", default=[], metavar="SOURCE=TARGET", help="a folder that both see; may be repeated"
    )
    parser.add_argument("--json", action="store_true", help="print one object a text: text, kind, notes, refused")
    return parser
