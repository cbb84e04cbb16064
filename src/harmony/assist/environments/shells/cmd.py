"""The grammar of cmd.exe, as far as another shell has a counterpart."""

from __future__ import annotations

import re

from harmony.assist.environments.shells.line import Operator, Piece, Step, Token, Word, refuse_keywords, refused
from harmony.assist.environments.shells.scan import Scan

CONTINUATION = " ^\n  "
_VARIABLE = re.compile(r"%([A-Za-z_][\w()]{0,99})%")
_FORMED = re.compile(r"%(?:%|~|\d|[A-Za-z_]\w{0,99}:)")
_KEYWORDS = frozenset("if for goto call setlocal endlocal shift start pushd popd".split())
_REMARK = re.compile(r"(?:rem(?=\s|$)|::)", re.IGNORECASE)
_SET = re.compile(r"set\s{1,20}(?P<rest>[^&|<>\n]{1,4000})", re.IGNORECASE)
_ASSIGNED = re.compile(r"(?P<name>[A-Za-z_][\w()]{0,99})=(?P<value>[^\n]{0,4000})\Z")
_SPECIAL = re.compile(r'[\s&|<>^()"%;,=]')

_OFTEN_WITH_BLANKS = frozenset("USERPROFILE TEMP TMP APPDATA LOCALAPPDATA PROGRAMFILES PROGRAMDATA CD".split())


def read(text: str) -> list[Token]:
    """The tokens of one line of cmd. Raises ``Untranslatable``."""
    scan = Scan(text)
    while scan.rest:
        _read_one(scan)
    scan.end_word()
    refuse_keywords(scan.tokens, _KEYWORDS, "cmd")
    return scan.tokens


def _read_one(scan: Scan) -> None:
    character = scan.peek()
    if scan.begins_command and _begin(scan):
        return
    if character in " \t\n":
        scan.take()
        scan.end_word()
    elif scan.peek(2) == "^\n":
        scan.take(2)
        scan.broken()
    elif character == "^":
        scan.take()
        scan.add(scan.take(), quoted=True)
    elif character == '"':
        scan.take()
        _quoted(scan)
    elif character == "%":
        _percent(scan, quoted=False)
    elif character in "()" and not scan.in_word:
        raise refused("a block in parentheses")
    elif character == ";":
        scan.add(scan.take())
    elif not scan.operator():
        if character == "&":
            scan.take()
            scan.end_word()
            scan.tokens.append(Operator(";"))
        else:
            scan.add(scan.take())


def _begin(scan: Scan) -> bool:
    """What only the beginning of a command can be: a comment, an assignment, an @ that hides the echo."""
    if remark := _REMARK.match(scan.text, scan.at):
        scan.at = remark.end()
        scan.remark()
        return True
    if scan.peek() == "@":
        scan.take()
        return True
    given = _SET.match(scan.text, scan.at)
    if not given:
        return False
    rest = given["rest"].strip()
    if rest[:1] == '"' and rest[-1:] == '"' and len(rest) > 1:
        rest = rest[1:-1]
    assigned = _ASSIGNED.match(rest)
    if not assigned:
        raise refused("this form of set")
    scan.at = given.end()
    value = Scan(assigned["value"])
    while value.rest:
        if value.peek() == "%":
            _percent(value, quoted=True)
        else:
            value.add(value.take(), quoted=True)
    value.end_word()
    scan.add("set")
    scan.end_word()
    scan.add(assigned["name"])
    scan.end_word()
    scan.tokens += value.tokens or [Word(())]
    return True


def _quoted(scan: Scan) -> None:
    scan.add("", quoted=True)
    while scan.rest and scan.peek() != '"':
        if scan.peek() == "%":
            _percent(scan, quoted=True)
        elif scan.peek(2) == '\\"':
            scan.take()
            scan.add(scan.take(), quoted=True)
        else:
            scan.add(scan.take(), quoted=True)
    scan.take()


def _percent(scan: Scan, *, quoted: bool) -> None:
    name = _VARIABLE.match(scan.text, scan.at)
    if name:
        scan.at = name.end()
        scan.add("?" if name[1].upper() == "ERRORLEVEL" else name[1], variable=True, quoted=quoted)
    elif _FORMED.match(scan.text, scan.at):
        raise refused(f"the form {scan.peek(4)!r} of cmd")
    else:
        scan.add(scan.take(), quoted=quoted)


def write_word(word: Word, *, program: bool = False) -> str:
    """A word as cmd reads it back. Raises ``Untranslatable`` for what cmd cannot quote."""
    literal = "".join(piece.text for piece in word.pieces if not piece.variable)
    if "\n" in literal:
        raise refused("a line end inside a word")
    if _VARIABLE.search(literal):
        raise refused("a percent sign around a name, which cmd always replaces,")
    if '"' in literal and re.search(r"[&|<>^]", literal):
        raise refused("a quotation mark together with one of & | < > ^")
    text = "".join(_piece(piece) for piece in word.pieces)
    needs = bool(_SPECIAL.search(literal.replace("%", ""))) or not text
    needs = needs or any(p.variable and (word.quoted or p.text.upper() in _OFTEN_WITH_BLANKS) for p in word.pieces)
    if not needs:
        return text
    if literal.endswith("\\") and not program:
        text += "\\"
    return f'"{text}"'


def write_set(name: str, value: Word, *, exported: bool) -> str:
    text = "".join(_piece(piece) for piece in value.pieces)
    if '"' in text:
        raise refused("a quotation mark in a value")
    return f'set "{name}={text}"' if re.search(r"[\s&|<>^]", text) else f"set {name}={text}"


def write_unset(name: str) -> str:
    return f"set {name}="


def write_remark(text: str) -> str:
    return f"rem {text}".rstrip()


def environment_step(step: Step) -> tuple[str, str, Word | None] | None:
    """``set`` or ``unset`` with its name and value."""
    if len(step.words) == 3 and step.words[0].plain == "set" and not step.words[1].quoted:
        value = step.words[2]
        return ("set", step.words[1].plain, value) if value.pieces else ("unset", step.words[1].plain, None)
    return None


def _piece(piece: Piece) -> str:
    if piece.variable:
        return "%ERRORLEVEL%" if piece.text == "?" else f"%{piece.text}%"
    return piece.text.replace('"', '\\"')
