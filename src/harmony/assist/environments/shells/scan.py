"""A cursor over a command line, and the collecting of pieces into words: what the three grammars share."""

from __future__ import annotations

from dataclasses import dataclass, field

from harmony.assist.environments.shells.line import Operator, Piece, Remark, Token, Word

OPERATORS = ("2>&1", "2>>", "&&", "||", ">>", "2>", ">", "<", "|", ";")
"""The longer ones first."""


@dataclass(slots=True)
class Scan:
    """Where a reader is in ``text``, the word it is collecting, and the tokens it has found."""

    text: str
    at: int = 0
    tokens: list[Token] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _breaks: bool = False

    @property
    def rest(self) -> bool:
        return self.at < len(self.text)

    @property
    def in_word(self) -> bool:
        return bool(self._pieces)

    @property
    def begins_command(self) -> bool:
        """Whether the next word is the first of a command."""
        if self._pieces:
            return False
        return not self.tokens or (isinstance(self.tokens[-1], Operator) and ">" not in self.tokens[-1].text)

    def peek(self, length: int = 1) -> str:
        return self.text[self.at : self.at + length]

    def take(self, length: int = 1) -> str:
        found = self.peek(length)
        self.at += length
        return found

    def add(self, text: str, *, variable: bool = False, quoted: bool = False) -> None:
        """Append to the word; letters of one kind become one piece."""
        last = self._pieces[-1] if self._pieces else None
        if last and not variable and (last.variable, last.quoted) == (False, quoted):
            self._pieces[-1] = Piece(last.text + text, quoted=quoted)
        else:
            self._pieces.append(Piece(text, variable, quoted))

    def end_word(self) -> None:
        if self._pieces:
            self.tokens.append(Word(tuple(self._pieces), self._breaks))
            self._pieces, self._breaks = [], False

    def broken(self) -> None:
        """The line goes on below."""
        self.end_word()
        self._breaks = True

    def operator(self) -> str:
        """Take the operator that stands here; an empty string when none does."""
        for operator in OPERATORS:
            if self.text.startswith(operator, self.at) and not (operator[0] == "2" and self._pieces):
                self.end_word()
                self.at += len(operator)
                self.tokens.append(Operator(operator))
                return operator
        return ""

    def remark(self) -> None:
        """The rest of the line is a comment."""
        self.end_word()
        self.tokens.append(Remark(self.text[self.at :].strip()))
        self.at = len(self.text)
