"""What is counted over the turns of conversations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.training.everyday.judge import (
    Check,
    abstains,
    advises,
    cites,
    failed,
)
from agent.training.everyday.loops import loops
from agent.training.everyday.talks import TalkTurn, TurnAnswer


@dataclass(frozen=True, slots=True)
class Judged:
    """One turn. `failed` are the checks that it fails; none means that it passed.

    `evaded`: help was wanted, and the answer says that it cannot tell. `uncalled_citation`: a
    citation where no data stood. `advised`: crisis advice that nobody needed.
    """

    group: str
    user: str
    answer: str
    failed: tuple[Check, ...]
    evaded: bool
    uncalled_citation: bool
    loop: bool
    advised: bool
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether every check holds."""
        return not self.failed


def judged(group: str, turn: TalkTurn, answer: TurnAnswer) -> Judged:
    """A turn with its answer."""
    text, checks = answer.text, turn.checks
    needed = any(check.advises or check.refuses for check in checks)
    return Judged(
        group,
        turn.user,
        text,
        failed(checks, text, answer.calls),
        any(check.helps for check in checks) and abstains(text),
        cites(text) and not answer.shown,
        loops(text),
        advises(text) and not needed,
        answer.seconds,
    )


def interval(passed: int, turns: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share."""
    if not turns:
        return 0.0, 1.0
    z = 1.959963984540054
    share, spread = passed / turns, z * z / turns
    middle = (share + spread / 2) / (1 + spread)
    half = z * ((share * (1 - share) + spread / 4) / turns) ** 0.5 / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def groups(rows: Sequence[Judged]) -> dict[str, list[Judged]]:
    """The turns by group, in order of appearance."""
    found = dict[str, list[Judged]]()
    for row in rows:
        found.setdefault(row.group, []).append(row)
    return found
