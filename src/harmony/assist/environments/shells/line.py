"""The nouns of a command line, apart from how a shell spells it."""

from __future__ import annotations

from dataclasses import dataclass

from harmony.assist.environments.errors import Untranslatable


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a word: literal text, or the name of an environment variable."""

    text: str
    variable: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """``breaks`` when the line was continued before this word."""

    pieces: tuple[Piece, ...]
    breaks: bool = False

    @property
    def literal(self) -> str | None:
        """The text of a word without variables."""
        if any(piece.variable for piece in self.pieces):
            return None
        return "".join(piece.text for piece in self.pieces)

    @property
    def plain(self) -> str:
        """The text of an unquoted word without variables, else nothing: what may be a keyword or an option."""
        return "" if any(piece.variable or piece.quoted for piece in self.pieces) else self.literal or ""

    @property
    def quoted(self) -> bool:
        return any(piece.quoted for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Operator:
    """``&&``, ``||``, ``;``, ``|``, or one of ``REDIRECTIONS``."""

    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    text: str


Token = Word | Operator | Remark
JOINS = ("&&", "||", ";", "|")
REDIRECTIONS = (">", ">>", "<", "2>", "2>>", "2>&1")


@dataclass(frozen=True, slots=True)
class Redirection:
    """``target`` is None for ``2>&1``."""

    operator: str
    target: Word | None


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a line; ``join`` stands before it. ``remark`` is a comment after it, or the whole step."""

    join: str
    words: tuple[Word, ...]
    redirections: tuple[Redirection, ...] = ()
    remark: str | None = None


def word(text: str, *, quoted: bool = False) -> Word:
    return Word((Piece(text, quoted=quoted),))


def variable(name: str) -> Word:
    return Word((Piece(name, variable=True),))


def steps(tokens: list[Token]) -> tuple[Step, ...]:
    """The commands of one line, in order."""
    found: list[Step] = []
    join, words, redirections = "", [], []  # type: tuple[str, list[Word], list[Redirection]]
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if isinstance(token, Word):
            words.append(token)
        elif isinstance(token, Remark):
            found.append(Step(join, tuple(words), tuple(redirections), token.text))
            join, words, redirections = "", [], []
        elif token.text in REDIRECTIONS:
            target = None
            if token.text != "2>&1":
                index += 1
                target = _target(tokens, index)
            redirections.append(Redirection(token.text, target))
        else:
            if not words:
                raise Untranslatable(f"there is no command before {token.text}", field="text")
            found.append(Step(join, tuple(words), tuple(redirections)))
            join, words, redirections = token.text, [], []
        index += 1
    if words or redirections:
        found.append(Step(join, tuple(words), tuple(redirections)))
    elif join not in ("", ";"):
        raise Untranslatable(f"there is no command after {join}", field="text")
    return tuple(found)


def _target(tokens: list[Token], index: int) -> Word:
    token = tokens[index] if index < len(tokens) else None
    if not isinstance(token, Word):
        raise Untranslatable("a redirection names no file", field="text")
    return token


def refuse_keywords(tokens: list[Token], keywords: frozenset[str], shell: str) -> None:
    """Refuse a line in which a command begins with a word of the shell's own grammar."""
    first = True
    for token in tokens:
        if first and isinstance(token, Word) and token.plain.lower() in keywords:
            raise refused(f"the keyword {token.plain.lower()} of {shell}")
        first = isinstance(token, Operator) and token.text in JOINS


def refused(what: str) -> Untranslatable:
    """The refusal of a form that another shell has no counterpart for."""
    return Untranslatable(f"{what} cannot be translated", field="text")
