"""The grammar of sh, as far as another shell has a counterpart."""

from __future__ import annotations

import re

from harmony.assist.environments.shells.line import Piece, Step, Token, Word, refuse_keywords, refused
from harmony.assist.environments.shells.scan import Scan

CONTINUATION = " \\\n  "
_NAME = re.compile(r"[A-Za-z_]\w{0,99}")
_KEYWORDS = frozenset("if then else elif fi for while until do done case esac function select time eval exec".split())
_BARE = re.compile(r"[\w@%+=:,./*?~-]{1,4000}\Z")
_ESCAPED = re.compile(r'([\\"$`])')


def read(text: str) -> list[Token]:
    """The tokens of one line of sh. Raises ``Untranslatable``."""
    scan = Scan(text)
    while scan.rest:
        _read_one(scan)
    scan.end_word()
    refuse_keywords(scan.tokens, _KEYWORDS, "sh")
    return scan.tokens


def _read_one(scan: Scan) -> None:
    character = scan.peek()
    if character in " \t\n":
        scan.take()
        scan.end_word()
    elif scan.peek(2) == "\\\n":
        scan.take(2)
        scan.broken()
    elif character == "\\":
        scan.take()
        scan.add(scan.take(), quoted=True)
    elif character == "'":
        scan.take()
        scan.add(_until(scan, "'"), quoted=True)
    elif character == '"':
        scan.take()
        _double_quoted(scan)
    elif character == "$":
        _dollar(scan, quoted=False)
    elif character == "#" and not scan.in_word:
        scan.take()
        scan.remark()
    elif (
        scan.peek(2) in ("<<", "&>")
        or scan.peek(2) == ">&"
        or character in "`(){}"
        or (character == "!" and scan.begins_command)
    ):
        raise refused(f"the form {scan.peek(2) if character in '<&>' else character!r} of sh")
    elif not scan.operator():
        if character == "&":
            raise refused("starting a command in the background with &")
        scan.add(scan.take())


def _double_quoted(scan: Scan) -> None:
    scan.add("", quoted=True)
    while scan.rest and scan.peek() != '"':
        if scan.peek() == "$":
            _dollar(scan, quoted=True)
        elif scan.peek() == "`":
            raise refused("a command whose output is inserted")
        elif scan.peek() == "\\" and scan.peek(2)[1:] in ("\\", '"', "$", "`"):
            scan.take()
            scan.add(scan.take(), quoted=True)
        else:
            scan.add(scan.take(), quoted=True)
    if not scan.rest:
        raise refused("a quotation without an end")
    scan.take()


def _dollar(scan: Scan, *, quoted: bool) -> None:
    braced = scan.peek(2) == "${"
    start = scan.at + (2 if braced else 1)
    name = _NAME.match(scan.text, start)
    if scan.peek(2) == "$?":
        scan.take(2)
        scan.add("?", variable=True, quoted=quoted)
    elif name and (not braced or scan.text[name.end() : name.end() + 1] == "}"):
        scan.at = name.end() + braced
        scan.add(name[0], variable=True, quoted=quoted)
    elif scan.peek(2)[1:] in ("", " ", '"'):
        scan.add(scan.take(), quoted=quoted)
    else:
        raise refused(f"the form {scan.peek(3)!r} of sh")


def _until(scan: Scan, end: str) -> str:
    stop = scan.text.find(end, scan.at)
    if stop < 0:
        raise refused("a quotation without an end")
    found = scan.text[scan.at : stop]
    scan.at = stop + len(end)
    return found


def write_word(word: Word, *, program: bool = False) -> str:
    """A word as sh reads it back. A program's name needs nothing of its own here."""
    literal = word.literal
    if literal is not None and not word.quoted and _BARE.match(literal):
        return literal
    if literal is not None and not word.quoted and _globs(literal):
        return re.sub(r"([^\w@%+=:,./*?~-])", r"\\\1", literal)
    if literal is not None:
        return literal if _BARE.match(literal) and not _globs(literal) and literal[:1] != "~" else _single(literal)
    if not any(piece.quoted for piece in word.pieces) and all(p.variable or _BARE.match(p.text) for p in word.pieces):
        return "".join(_unquoted(piece, word.pieces[at + 1 : at + 2]) for at, piece in enumerate(word.pieces))
    return '"' + "".join(_quoted(piece) for piece in word.pieces) + '"'


def write_set(name: str, value: Word, *, exported: bool) -> str:
    return f"{'export ' if exported else ''}{name}={write_word(value) if value.pieces else ''}"


def write_unset(name: str) -> str:
    return f"unset {name}"


def write_remark(text: str) -> str:
    return f"# {text}".rstrip()


def assignment(words: tuple[Word, ...]) -> tuple[str, Word] | None:
    """The name and value when the first word assigns: ``NAME=value``."""
    first = words[0].pieces[0] if words and words[0].pieces else None
    if first is None or first.variable or first.quoted:
        return None
    name = _NAME.match(first.text)
    if not name or first.text[name.end() : name.end() + 1] != "=":
        return None
    rest = first.text[name.end() + 1 :]
    return name[0], Word(((Piece(rest),) if rest else ()) + words[0].pieces[1:])


def environment_step(step: Step) -> tuple[str, str, Word | None] | None:
    """``set``, ``local`` or ``unset`` with its name and value, when that is all the command does."""
    head = step.words[0].plain if step.words else ""
    if head == "unset" and len(step.words) == 2:
        return "unset", step.words[1].plain, None
    if head == "export" and len(step.words) == 2 and (found := assignment(step.words[1:])):
        return "set", *found
    if head in ("export", "unset"):
        raise refused(f"this form of {head}")
    if len(step.words) == 1 and (found := assignment(step.words)):
        return "local", *found
    return None


def _globs(text: str) -> bool:
    return "*" in text or "?" in text


def _single(text: str) -> str:
    return "'" + text.replace("'", "'\"'\"'") + "'"


def _unquoted(piece: Piece, following: tuple[Piece, ...]) -> str:
    if not piece.variable:
        return piece.text
    joined = following and not following[0].variable and re.match(r"\w", following[0].text)
    return f"${{{piece.text}}}" if joined else f"${piece.text}"


def _quoted(piece: Piece) -> str:
    if piece.variable:
        return "$?" if piece.text == "?" else f"${{{piece.text}}}" if piece.text else ""
    return _ESCAPED.sub(r"\\\1", piece.text)
