"""The grammar of PowerShell, as far as another shell has a counterpart."""

from __future__ import annotations

import re

from harmony.assist.environments.shells.line import Piece, Step, Token, Word, refuse_keywords, refused
from harmony.assist.environments.shells.scan import Scan

CONTINUATION = " `\n  "
_ENVIRONMENT = re.compile(r"\$(?:env:([A-Za-z_]\w{0,99})|\{env:([A-Za-z_][\w()]{0,99})\})", re.IGNORECASE)
_OWN = re.compile(r"\$(HOME|PWD|LASTEXITCODE|null)(?!\w)", re.IGNORECASE)
_OWN_NAMES = {"home": "HOME", "pwd": "PWD", "lastexitcode": "?"}
_KEYWORDS = frozenset("if foreach for while do switch function param try trap class filter return throw".split())
_BARE = re.compile(r"(?!=)[\w%+=:./*?~\\-]{1,4000}\Z")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


def read(text: str) -> list[Token]:
    """The tokens of one line of PowerShell. Raises ``Untranslatable``."""
    scan = Scan(text)
    while scan.rest:
        _read_one(scan)
    scan.end_word()
    refuse_keywords(scan.tokens, _KEYWORDS, "PowerShell")
    return scan.tokens


def _read_one(scan: Scan) -> None:
    character = scan.peek()
    if character in " \t\n":
        scan.take()
        scan.end_word()
    elif scan.peek(2) == "`\n":
        scan.take(2)
        scan.broken()
    elif character == "`":
        scan.take()
        scan.add(scan.take(), quoted=True)
    elif character == "'":
        scan.take()
        _single_quoted(scan)
    elif character == '"':
        scan.take()
        _double_quoted(scan)
    elif character == "$":
        _dollar(scan, quoted=False)
    elif character == "#" and not scan.in_word:
        scan.take()
        scan.remark()
    elif character in "(){}[]<" or (character == "@" and not scan.in_word):
        raise refused(f"the form {scan.peek(2)!r} of PowerShell")
    elif character == "=" and not scan.in_word:
        scan.add(scan.take())
        scan.end_word()
    elif character == "&" and scan.peek(2) != "&&":
        if not scan.begins_command:
            raise refused("starting a command in the background with &")
        scan.take()
    elif not scan.operator():
        scan.add(scan.take())


def _single_quoted(scan: Scan) -> None:
    scan.add("", quoted=True)
    while scan.rest:
        if scan.peek(2) == "''":
            scan.take(2)
            scan.add("'", quoted=True)
        elif scan.peek() == "'":
            scan.take()
            return
        else:
            scan.add(scan.take(), quoted=True)
    raise refused("a quotation without an end")


def _double_quoted(scan: Scan) -> None:
    scan.add("", quoted=True)
    while scan.rest:
        if scan.peek() == "`":
            scan.take()
            letter = scan.take()
            scan.add(_ESCAPES.get(letter, letter), quoted=True)
        elif scan.peek() == "$":
            _dollar(scan, quoted=True)
        elif scan.peek(2) == '""':
            scan.take(2)
            scan.add('"', quoted=True)
        elif scan.peek() == '"':
            scan.take()
            return
        else:
            scan.add(scan.take(), quoted=True)
    raise refused("a quotation without an end")


def _dollar(scan: Scan, *, quoted: bool) -> None:
    if found := _ENVIRONMENT.match(scan.text, scan.at):
        scan.at = found.end()
        scan.add(found[1] or found[2], variable=True, quoted=quoted)
    elif found := _OWN.match(scan.text, scan.at):
        scan.at = found.end()
        name = found[1].lower()
        if name == "null":
            scan.add("NUL")
        else:
            scan.add(_OWN_NAMES[name], variable=True, quoted=quoted)
    elif scan.peek(2)[1:] in ("", " ", '"'):
        scan.add(scan.take(), quoted=quoted)
    else:
        raise refused("a variable of PowerShell's own, or an expression,")


def write_word(word: Word, *, program: bool = False) -> str:
    """A word as PowerShell reads it back; the name of a program that is quoted is called with ``&``."""
    literal = word.literal
    if literal is not None and not word.quoted and _BARE.match(literal):
        return literal
    if literal is not None and _BARE.match(literal) and not set(literal) & set("*?"):
        return literal
    quoted = _single(literal) if literal is not None else '"' + "".join(_inside(piece) for piece in word.pieces) + '"'
    if literal is None and len(word.pieces) == 1:
        quoted = _variable(word.pieces[0].text)
    return f"& {quoted}" if program else quoted


def write_set(name: str, value: Word, *, exported: bool) -> str:
    literal = value.literal
    written = _single(literal) if literal is not None else write_word(value)
    return f"$env:{name} = {written}"


def write_unset(name: str) -> str:
    return f"Remove-Item Env:{name}"


def write_remark(text: str) -> str:
    return f"# {text}".rstrip()


def environment_step(step: Step) -> tuple[str, str, Word | None] | None:
    """``set`` or ``unset`` with its name and value."""
    words = step.words
    first = words[0].pieces
    if len(first) == 1 and first[0].variable:
        operator = words[1].plain if len(words) == 3 else ""
        if operator not in ("=", "+=") or first[0].text in _OWN_NAMES.values():
            raise refused("a command that begins with a variable")
        return "set", first[0].text, words[2] if operator == "=" else Word((*first, *words[2].pieces))
    if len(words) == 2 and words[0].plain.lower() in ("remove-item", "ri", "del", "rm"):
        drive, _, name = words[1].plain.partition(":")
        if drive.lower() == "env" and name:
            return "unset", name, None
    return None


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _variable(name: str) -> str:
    own = {"?": "$LASTEXITCODE", "HOME": "$HOME", "PWD": "$PWD"}
    return own.get(name) or f"$env:{name}"


def _inside(piece: Piece) -> str:
    if not piece.variable:
        return re.sub(r'([`"$])', r"`\1", piece.text)
    own = {"?": "$LASTEXITCODE", "HOME": "$HOME", "PWD": "$PWD"}
    return own.get(piece.text) or f"${{env:{piece.text}}}"
