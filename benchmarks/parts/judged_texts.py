"""Texts as the guard judges them: a prompt, a found text, or a reply clause by clause."""

from __future__ import annotations

import importlib
import importlib.util
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from agent.dialogue import Token
from agent.settings import Settings
from agent.turn.context import Question, TurnContext
from agent.turn.moderation import Moderation
from agent.turn.segmentation import Segmenter
from benchmarks.parts.faithfulness import Judged, Place
from safety.explain import STRENGTH
from safety.guard import Guard
from safety.types import Action, Circumstance, Finding, Verdict

STAGES = ("prompt", "reply", "data")
_DIRECTIONS = {"prompt": "in", "reply": "out", "data": "data"}
_ORDERS = "injection"
_OTHER_RULES = frozenset({"privacy", "grounding"})
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
    """All verdicts on one text, and how long each took in milliseconds."""

    verdicts: tuple[Verdict, ...]
    times: tuple[float, ...]

    @property
    def action(self) -> Action:
        """The strongest action of them."""
        actions = (verdict.action for verdict in self.verdicts)
        return max(actions, key=STRENGTH.__getitem__, default=Action.ALLOW)


Decide = Callable[[str, str], Decision]
"""A text and its context, decided."""


def deciding(guard: Guard, stage: str) -> Decide:
    """How texts of this stage are judged."""

    def whole(text: str, context: str) -> Decision:
        began = time.perf_counter()
        circumstance = Circumstance(_DIRECTIONS[stage], (), _PROFILE, context)
        verdict = guard.judge(text, circumstance)
        return Decision((verdict,), (_since(began),))

    return (lambda text, context: _reply(guard, text, context)) if stage == "reply" else whole


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


def decisive(verdict: Verdict) -> Finding | None:
    """The surest finding that reached its threshold."""
    fired = [finding for finding in verdict.why.findings if finding.fired]
    return max(fired, key=lambda finding: finding.score, default=None)


def shown_words(guard: Guard, sample: Sample, stage: str) -> tuple[Place, ...]:
    """The places in a text that the explanation shows as its reason; none where it shows none."""
    circumstance = Circumstance(_DIRECTIONS[stage], (), _PROFILE, sample.context)
    if importlib.util.find_spec("safety.ablation"):
        ablation = importlib.import_module("safety.ablation")
        found: tuple[Place, ...] = ablation.deciding_words(guard, sample.text, circumstance)
        return found
    verdict = guard.judge(sample.text, circumstance)
    fired = [f for f in verdict.why.findings if f.fired and f.rule not in _OTHER_RULES]
    return tuple(finding.span for finding in fired if finding.span is not None)


def judging(decide: Decide, stage: str, context: str) -> Callable[[str], Judged]:
    """Whether a text is withheld and how it scores, for a measure that changes it."""

    def judged(text: str) -> Judged:
        decision = decide(text, context)
        scores = [f.score for f in harm_findings(decision.verdicts, stage, frozenset())]
        return Judged(decision.action is Action.BLOCK, max(scores, default=0.0))

    return judged
