"""Why an answer is as it is: all verdicts of a turn, and what was given, in one explanation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agent.events import Sentence
from perception.messages import Notice, notice
from perception.types import Evidence
from safety.codes import SafetyCode
from safety.explain import STRENGTH
from safety.types import Action, Explanation, GivenSentence, Verdict

GROUNDING = "grounding"
"""The rule that checks what is claimed against the evidence."""


def account(
    verdicts: Sequence[Verdict],
    evidence: Sequence[Evidence],
    notes: Sequence[Notice] = (),
    sentences: Sequence[GivenSentence] = (),
) -> Explanation:
    """The whole turn: the strongest decision speaks first, every finding is kept once."""
    strongest = max(verdicts, key=lambda verdict: STRENGTH[verdict.action], default=None)
    findings = tuple(dict.fromkeys(f for verdict in verdicts for f in verdict.why.findings))
    changed = [verdict.change for verdict in verdicts if verdict.action is not Action.ALLOW]
    first = strongest.change if strongest and changed else None
    untouched = () if changed else (notice(SafetyCode.NOTHING_CHANGED),)
    return Explanation(
        headline=first.headline if first else "",
        findings=findings,
        evidence=tuple(evidence),
        alternative=first.alternative if first else "",
        appeal=first.appeal if first else "",
        notes=(*untouched, *notes),
        changes=tuple(dict.fromkeys(changed)),
        sentences=tuple(sentences),
        region=strongest.why.region if strongest and changed else "",
    )


def given(sentences: Sequence[Sentence], text: str) -> Iterator[GivenSentence]:
    """The sentences as far as `text`, their beginning, goes."""
    left = len(text)
    for sentence in sentences:
        if left <= 0:
            return
        doubted = any(f.fired and f.rule == GROUNDING for f in sentence.verdict.why.findings)
        yield GivenSentence(sentence.text[:left], sentence.confidence, sentence.evidence, doubted)
        left -= len(sentence.text)
