"""Why an answer is as it is, in the terminal: what it rests on, measured, then the decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from agent.causes.telling import deciding_words, told_causes
from agent.events import CausesMeasured, Closed, Event
from desktop.cli.terminal_text import one_line
from safety.types import CauseKind, Explanation


def wait_for_causes(
    take: Callable[[], Event], turn: str, shown: Callable[[Event], None]
) -> CausesMeasured | None:
    """Take events until the causes of a turn are measured; None where the mind ends before."""
    while not isinstance(event := take(), Closed):
        if isinstance(event, CausesMeasured) and event.turn == turn and event.done >= 1:
            return event
        shown(event)
    return None


def lines(why: Explanation) -> Iterator[str]:
    """The whole explanation, a line each."""
    yield one_line(why.message)
    if why.deciding is not None:
        yield one_line(str(deciding_words(why.deciding)))
    for told in told_causes(why):
        if told.cause.kind is not CauseKind.OWN:
            yield one_line(f"“{told.text}” {' '.join(map(str, told.told))}")
    for item in why.evidence:
        yield one_line(f"[{item.id}] {item.kind}: {item.text}")
    for f in why.findings:
        yield one_line(
            f"rule {f.rule}, {f.category}: {f.score:.2f} against {f.threshold:.2f}. {f.note}"
        )
    yield from map(one_line, filter(None, (why.hint, why.appeal)))
