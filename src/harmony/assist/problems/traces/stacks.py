"""The reader of stacks that follow their error, for every language that declares a grammar."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field, replace

from harmony.assist.problems.model import Failure, Frame
from harmony.assist.problems.traces.grammar import FRAMES_LIMIT_ITEMS, Grammar, Header, frame_of, is_library, number
from harmony.assist.problems.traces.languages import GRAMMARS

MESSAGE_LIMIT_LINES = 12
"""How many lines of a message may stand between an error and its stack."""
CAUSES_LIMIT_ITEMS = 8

_HEADERS = tuple((grammar, header) for grammar in GRAMMARS for header in grammar.headers)
_UNANNOUNCED = tuple(grammar for grammar in GRAMMARS if grammar.after_any_error)
_HALF = FRAMES_LIMIT_ITEMS // 2


@dataclass(slots=True)
class Stack:
    """The frames of one stack in the order they were printed; of very many, both ends."""

    first: list[Frame] = field(default_factory=list)
    last: deque[Frame] = field(default_factory=lambda: deque(maxlen=_HALF))

    def add(self, frame: Frame) -> None:
        (self.first if len(self.first) < _HALF else self.last).append(frame)

    @property
    def newest(self) -> Frame | None:
        if self.last:
            return self.last[-1]
        return self.first[-1] if self.first else None

    def correct(self, frame: Frame) -> None:
        """Put ``frame`` in the place of the newest one."""
        (self.last or self.first)[-1] = frame

    def frames(self) -> tuple[Frame, ...]:
        return (*self.first, *self.last)


@dataclass(slots=True)
class Draft:
    """A failure while its stack may still grow."""

    failure: Failure
    grammar: Grammar | None = None
    stack: Stack = field(default_factory=Stack)
    enclosing: Draft | None = None
    shared: int = 0
    aside: bool = False
    awaits_message: bool = False
    place: tuple[str, int | None] = ("", None)
    """Where the next frame's function stands, for languages that print call sites."""

    def finished(self) -> Failure:
        frames = self.stack.frames()
        if not frames:
            return self.failure
        outermost_first = tuple(reversed(frames))
        if self.shared and self.enclosing is not None:
            outermost_first = (*reversed(self.enclosing.stack.frames()[-self.shared :]), *outermost_first)
        language = self.grammar.language if self.grammar else self.failure.language
        rank = self.failure.rank if self.aside else 3
        return replace(self.failure, frames=outermost_first, rank=rank, language=language)


def _message(line: str) -> str:
    """A message on a line of its own; C++ says whose it is."""
    return line.strip().removeprefix("what():").strip()


@dataclass(slots=True)
class StackReader:
    """Where the reading of such a stack stands. Whoever takes its lines keeps the drafts it hands out."""

    current: Draft | None = None
    chain: list[Draft] = field(default_factory=list)
    """The failures around the current one, outermost first, itself last."""
    passed_lines: int = 0
    skipping: bool = False

    def header(self, at: int, line: str) -> Draft | None:
        """The failure that ``line`` begins, if it is some language's way to begin one."""
        for grammar, header in _HEADERS:
            if header.hint in line:
                match = header.pattern.match(line)
                if match is not None:
                    return self._begin(grammar, header, match, at)
        return None

    def follow(self, failure: Failure) -> Draft:
        """A failure found by other means, whose stack may follow."""
        draft = Draft(failure)
        self._open(draft)
        self.chain = [draft]
        return draft

    def close(self) -> None:
        self.current = None
        self.chain = []

    def inside(self, at: int, line: str) -> bool:
        """Whether ``line`` belongs to the stack that is open."""
        draft = self.current
        if draft is None:
            return False
        if draft.awaits_message:
            draft.failure, draft.awaits_message = replace(draft.failure, message=_message(line)), False
            return True
        for grammar in (draft.grammar,) if draft.grammar else _UNANNOUNCED:
            if self._taken(draft, grammar, at, line):
                return True
        self.passed_lines += 1
        if draft.stack.first:
            if not line.startswith((" ", "\t")):
                self.current = None
        elif self.passed_lines > MESSAGE_LIMIT_LINES:
            self.close()
        return False

    def _begin(self, grammar: Grammar, header: Header, match: re.Match[str], at: int) -> Draft:
        groups = match.groupdict()
        failure = Failure(
            error_type=groups.get("type") or header.type,
            message=(groups.get("message") or "").strip(),
            text=match.string.strip(),
            line=at,
            language=grammar.language,
            rank=1 if header.aside else header.rank,
        )
        draft = Draft(failure, grammar, aside=header.aside, awaits_message="place" in groups)
        if header.chain == "consequence" and self.chain:
            before = self.chain[-1]
            causes = (*before.failure.causes, before.finished())[-CAUSES_LIMIT_ITEMS:]
            draft.failure = replace(failure, causes=causes)
        if header.chain == "cause" or header.aside:
            draft.enclosing = self.chain[-1] if self.chain else None
        if grammar.call_sites and groups.get("path"):
            draft.place = (groups["path"], number(groups["line"]))
        elif groups.get("function"):
            draft.stack.add(frame_of(grammar, match, at))
        self._open(draft)
        if not header.aside:
            self.chain = [*self.chain, draft] if header.chain == "cause" else [draft]
        return draft

    def _open(self, draft: Draft) -> None:
        self.current, self.passed_lines, self.skipping = draft, 0, False

    def _taken(self, draft: Draft, grammar: Grammar, at: int, line: str) -> bool:
        shows_frame = any(sign in line for sign in grammar.frame_signs)
        for pattern in grammar.frames if shows_frame else ():
            match = pattern.match(line)
            if match is not None:
                draft.grammar = grammar
                if not self.skipping:
                    self._add(draft, grammar, match, at)
                return True
        return self._placed(draft, grammar, line) or self._passed(draft, grammar, line)

    def _add(self, draft: Draft, grammar: Grammar, match: re.Match[str], at: int) -> None:
        frame = frame_of(grammar, match, at)
        if grammar.call_sites:
            (path, line), draft.place = draft.place, (frame.path, frame.line)
            frame = replace(frame, path=path, line=line, library=is_library(grammar, path, frame.function))
        draft.stack.add(frame)

    def _placed(self, draft: Draft, grammar: Grammar, line: str) -> bool:
        newest = draft.stack.newest
        match = next((found for found in (p.match(line) for p in grammar.places) if found), None)
        if match is None:
            return False
        if newest is not None and not self.skipping:
            path = match["path"]
            library = is_library(grammar, path, newest.function)
            draft.stack.correct(replace(newest, path=path, line=number(match["line"]), library=library))
        return True

    def _passed(self, draft: Draft, grammar: Grammar, line: str) -> bool:
        """Lines of a stack that are no frames."""
        if grammar.next_stack and grammar.next_stack.match(line):
            draft.grammar, self.skipping = grammar, bool(draft.stack.first)
            return True
        more = grammar.more.match(line) if grammar.more else None
        if more is not None:
            draft.shared = min(int(more["count"]), FRAMES_LIMIT_ITEMS)
            return True
        if grammar.nested_end and grammar.nested_end.match(line):
            if len(self.chain) > 1:
                self.chain.pop()
                self.current = self.chain[-1]
                self.current.grammar = grammar
            return True
        return bool(draft.grammar) and any(pattern.match(line) for pattern in grammar.asides)
