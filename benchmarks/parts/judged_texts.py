"""Texts as the guard judges them: a prompt, a found text, or a reply clause by clause."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from agent.dialogue import Token
from agent.settings import Settings
from agent.turn.context import Question, TurnContext
from agent.turn.moderation import Moderation
from agent.turn.segmentation import Segmenter
from benchmarks.parts.asking import AskingCascade
from safety.explain import STRENGTH
from safety.guard import Guard
from safety.types import Action, Circumstance, Finding, Verdict

STAGES = ("prompt", "reply", "data")
_DIRECTIONS = {"prompt": "in", "reply": "out", "data": "data"}
_ORDERS = "injection"
_OTHER_RULES = frozenset({"privacy", "grounding", "advice"})
_TOKEN = re.compile(r"\s*[^\s\u3040-\u30ff\u4e00-\u9fff]+|\s*[\u3040-\u30ff\u4e00-\u9fff]|\s+")
_PROFILE = "everyday"


@dataclass(frozen=True, slots=True)
class Sample:
    """A labelled text; `context` is the question that a reply answers."""

    text: str
    harmful: bool
    group: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """All verdicts on one text, and how long each took in milliseconds, without the model's answer.

    `alone` is what the guard decides where it asks nobody, `waited` how many milliseconds the
    answers took; None where nothing was in doubt. `unanswered` is how many did not come.
    """

    verdicts: tuple[Verdict, ...]
    times: tuple[float, ...]
    alone: Decision | None = None
    waited: float | None = None
    unanswered: int = 0

    @property
    def action(self) -> Action:
        """The strongest action of them."""
        actions = (verdict.action for verdict in self.verdicts)
        return max(actions, key=STRENGTH.__getitem__, default=Action.ALLOW)


Decide = Callable[[str, str], Decision]
"""A text and its context, decided."""


def deciding(guard: Guard, stage: str, cascade: AskingCascade | None = None) -> Decide:
    """How texts of this stage are judged; `cascade` is the one that the guard asks with."""
    if stage == "reply":
        return lambda text, context: _reply(guard, text, context)
    alone = guard.alone()

    def whole(text: str, context: str) -> Decision:
        said = circumstance(stage, context)
        if cascade is None:
            return _timed(guard, text, said)
        cascade.begin()
        decision = _timed(guard, text, said)
        if cascade.waited is None:
            return decision
        # Only a text in doubt is decided otherwise where nobody is asked.
        own = max(0.0, decision.times[0] - cascade.waited)
        other = _timed(alone, text, said)
        return Decision(decision.verdicts, (own,), other, cascade.waited, cascade.unanswered)

    return whole


def circumstance(stage: str, context: str) -> Circumstance:
    """What is known beside a text of this stage; `context` is the question of a reply."""
    asked = context if stage == "reply" else ""
    return Circumstance(_DIRECTIONS[stage], (), _PROFILE, context, asked=asked)


def _timed(guard: Guard, text: str, said: Circumstance) -> Decision:
    began = time.perf_counter()
    verdict = guard.judge(text, said)
    return Decision((verdict,), (_since(began),))


def _reply(guard: Guard, text: str, context: str) -> Decision:
    """A reply as it is written: in clauses, to the first that is withheld."""
    turn = TurnContext(Question("bench", 0.0, None, context))
    turn.words = turn.told = context
    moderation = Moderation(guard, Settings(profile=_PROFILE), turn)
    cutter, times = Segmenter(), list[float]()
    for token in _tokens(text):
        for piece in cutter.push(token):
            began = time.perf_counter()
            given = moderation.check(piece)
            times.append(_since(began))
            if given and given.sentence.verdict.action is Action.BLOCK:
                return Decision(tuple(turn.verdicts), tuple(times))
    return Decision(tuple(turn.verdicts), tuple(times))


def _tokens(text: str) -> Iterator[Token]:
    yield from (Token(piece, 1.0) for piece in _TOKEN.findall(text))
    yield Token("", 1.0, "stop")


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1e3


def harm_findings(
    verdicts: Sequence[Verdict], stage: str, categories: frozenset[str]
) -> list[Finding]:
    """The findings whose scores count: of harm, of a found text those of orders to the model.

    `categories`, where there are any, are the only ones that count.
    """

    def counts(finding: Finding) -> bool:
        if categories:
            return finding.category in categories
        order = _ORDERS in (finding.rule, finding.category)
        return finding.rule not in _OTHER_RULES and order == (stage == "data")

    return [f for verdict in verdicts for f in verdict.why.findings if counts(f)]


def score(findings: Sequence[Finding]) -> float:
    """The strongest finding relative to its threshold, which is 0.5; 1 is certainty."""
    return max(map(_relative, findings), default=0.0)


def _relative(finding: Finding) -> float:
    threshold = finding.threshold
    if not finding.fired:
        return 0.5 * max(0.0, finding.score) / threshold
    if threshold >= 1.0:
        return 1.0
    return 0.5 + 0.5 * min(1.0, (finding.score - threshold) / (1.0 - threshold))
