"""``harmony translate``: a filter that rewrites a path or a command for another system. Needs no server."""

from __future__ import annotations

import argparse
import json
import re
import sys

from harmony.assist.environments.model import COMMAND_LIMIT_CHARS, SHELL_OF, STYLES, Mount
from harmony.assist.environments.service.translate import Kind, translate
from harmony.kernel.errors import Refusal

REFUSED = 1
USAGE_ERROR = 2

_COMMAND = re.compile(r"\s|&&|\||=")
_PATH = re.compile(r"(?:[A-Za-z]:[\\/]|\\\\|/|~|\.{1,2}[\\/])")


def main(arguments: list[str]) -> int:
    """Words as arguments, or one path or command a line on standard input. Exit 1 when something was refused."""
    parser = _parser()
    options = parser.parse_args(arguments)
    mounts = tuple(_mount(parser, given) for given in options.mount)
    if options.text:
        texts = [" ".join(options.text)]
    else:
        given = sys.stdin.buffer.read().decode("utf-8", errors="replace")
        texts = [given.rstrip("\n")] if options.kind == "command" else given.splitlines()
    answers = [_answer(text, options, mounts) for text in texts if text]
    return max(answers, default=0)


def _answer(text: str, options: argparse.Namespace, mounts: tuple[Mount, ...]) -> int:
    kind: Kind = options.kind or _kind(text)
    try:
        if kind == "path" and len(text) > COMMAND_LIMIT_CHARS:
            text = text[:COMMAND_LIMIT_CHARS]
        found = translate(text, options.source, options.target, kind, mounts)
    except Refusal as refusal:
        if options.json:
            error = {"code": refusal.code, "message": refusal.message, "hint": refusal.hint}
            sys.stdout.write(json.dumps({"text": None, "kind": kind, "notes": [], "refused": error}) + "\n")
        else:
            sys.stderr.write(f"harmony: {refusal.message}\n  {refusal.hint}\n")
        return USAGE_ERROR if refusal.field in ("from", "to") else REFUSED
    if options.json:
        answer = {"text": found.text, "kind": kind, "notes": list(found.notes), "refused": None}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        return 0
    sys.stdout.write(found.text + "\n")
    sys.stderr.writelines(f"note: {note}\n" for note in found.notes)
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
