"""Actions joined to their results: also when several are under way at once, and when a result never comes."""

from __future__ import annotations

from collections.abc import Iterable

from harmony.assist.problems.stuck import phrases
from harmony.assist.problems.stuck.likeness import intent, key, settled, signature, unnumbered, words
from harmony.assist.problems.stuck.model import Event, Saying, Step

PENDING_LIMIT = 16
"""Actions that may wait for their results; with one more, all of them count as unanswered."""
EXCERPT_CHARACTERS = 400
ACKNOWLEDGEMENT_CHARACTERS = 16
ARGS_HEAD_CHARACTERS = 300
RESULT_EDGE_CHARACTERS = 2_000


class Pairing:
    """The actions that still wait for their results."""

    def __init__(self, waiting: Iterable[tuple[int, Event]] = ()) -> None:
        self._waiting = list(waiting)

    @property
    def waiting(self) -> tuple[tuple[int, Event], ...]:
        """Each with its place in the run, the oldest first."""
        return tuple(self._waiting)

    def forget(self) -> None:
        self._waiting.clear()

    def action(self, at: int, event: Event) -> list[Step]:
        """A new action. When the same one waits already, what waits is never answered and is a step by itself."""
        again = any(one.tool == event.tool and one.args == event.args for _, one in self._waiting)
        done: list[Step] = []
        if again or len(self._waiting) == PENDING_LIMIT:
            done = [_step(begun, one, begun, None) for begun, one in self._waiting]
            self._waiting.clear()
        self._waiting.append((at, event))
        return done

    def result(self, at: int, event: Event) -> Step:
        """A result, joined to the oldest action of its name; to none when none waits."""
        for place, (begun, action) in enumerate(self._waiting):
            if not event.name or event.name == action.tool:
                del self._waiting[place]
                return _step(begun, action, at, event)
        if self._waiting:
            begun, action = self._waiting.pop(0)
            return _step(begun, action, at, event)
        named = " ".join(dict.fromkeys(part for part in (event.tool, event.name) if part))
        return _step(at, Event(event.role, tool=named or "run"), at, event)


def saying(at: int, event: Event) -> Saying:
    return Saying(at, key(unnumbered(event.text)), words(event.text), event.text[:EXCERPT_CHARACTERS])


def _step(at: int, action: Event, end: int, result: Event | None) -> Step:
    text = result.text if result is not None else ""
    done = action.args or action.text
    edge = text if len(text) <= 2 * RESULT_EDGE_CHARACTERS else _edges(text)
    failed = result is not None and (bool(phrases.FAILED.search(edge)) if result.error is None else result.error)
    fruitless = failed or phrases.FRUITLESS.search(edge) is not None
    head = f"{action.tool} {done[:ARGS_HEAD_CHARACTERS]}"
    outcome = settled(text)
    waits = phrases.WAITS.search(head) is not None and phrases.PENDING.search(edge) is not None
    return Step(
        at=at,
        end=end,
        tool=action.tool,
        raw=key(action.tool, done),
        action=key(action.tool, done if _acknowledged(text, outcome, fruitless) else intent(done)),
        thought=key(unnumbered(action.text)),
        outcome=key("failed" if failed else "passed", outcome),
        signature=key(signature(edge)) if failed else 0,
        tally=key(*phrases.COUNTED.findall(edge)) if failed else 0,
        failed=failed,
        fruitless=fruitless,
        edits=phrases.EDITS.search(head) is not None,
        undoes=phrases.UNDOES.search(head) is not None,
        waits=waits,
        obstacle=obstacle(edge) if failed else "",
        words=words(done) if fruitless else frozenset(),
        did=done[:EXCERPT_CHARACTERS],
        got=_excerpt(text, failed),
    )


def obstacle(text: str) -> str:
    """What stands in the way and is not removed by trying again; empty when nothing of the kind."""
    return next((name for name, pattern in phrases.OBSTACLES if pattern.search(text)), "")


def _acknowledged(text: str, outcome: str, fruitless: bool) -> bool:
    """Whether a result is a bare "ok": many small jobs end so, and then every letter of the action counts."""
    return not fruitless and len(outcome) <= ACKNOWLEDGEMENT_CHARACTERS and outcome == text.strip()


def _edges(text: str) -> str:
    return text[:RESULT_EDGE_CHARACTERS] + "\n" + text[-RESULT_EDGE_CHARACTERS:]


def _excerpt(text: str, failed: bool) -> str:
    """Failures tell themselves at their end, other results at their beginning."""
    return text.strip()[-EXCERPT_CHARACTERS:] if failed else text.strip()[:EXCERPT_CHARACTERS]
