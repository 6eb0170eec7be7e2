"""Moderation of a turn: every segment alone and together with the beginning of its sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile

from agent.events import Sentence
from agent.settings import Settings
from agent.turn.attribution import rests_on
from agent.turn.citations import Citations, with_marks
from agent.turn.context import TurnContext
from agent.turn.explanation import GROUNDING
from agent.turn.segmentation import TextSegment
from safety.cascade import Inquiry
from safety.explain import STRENGTH
from safety.guard import Guard
from safety.rules.grounding import claims
from safety.types import (
    Action,
    Circumstance,
    Finding,
    Verdict,
)

MARKED = frozenset({"text", "person", "thing", "code", "caption", "document", "sensor"})
"""Evidence whose mark is put behind a sentence that rests on it; a tag is only a guess."""


@dataclass(frozen=True, slots=True)
class ModeratedSegment:
    """A moderated segment; `ends` is False where a further one of the same sentence follows."""

    sentence: Sentence
    ends: bool = True


class Moderation:
    """The moderation of one turn's texts; keeps the verdicts that took effect with it."""

    def __init__(self, guard: Guard, settings: Settings, turn: TurnContext) -> None:
        self._guard, self._settings, self._turn = guard, settings, turn
        self._begun = ""
        self._held = ""
        self._confidence = 1.0
        shown = (item.id for item in turn.evidence if item.kind != "heard")
        self._citations = Citations(shown)

    def judge(self, text: str, direction: str) -> Verdict:
        """The verdict on a text that is whole."""
        verdict = self._verdict(text, direction)
        self._turn.verdicts.append(verdict)
        return verdict

    def inquiries(self, text: str) -> tuple[Inquiry, ...]:
        """What the guard would ask a model about the user's words before it judges them."""
        return self._guard.inquiries(text, self._circumstance("in"))

    def remember(self, inquiry: Inquiry, odds: float | None) -> None:
        """Tell the guard an answer; None says that there is none."""
        self._guard.remember(inquiry, odds)

    def check(self, piece: TextSegment) -> ModeratedSegment | None:
        """The piece as it may be given.

        A part of a sentence about which the guard has anything to say is held back, and judged
        again with what follows. What was given already cannot be taken back: a decision about
        the whole sentence takes effect on the rest. Marks that cite what is not there are gone
        before it is judged.
        """
        text = self._held + self._citations.kept(piece.text)
        if not text:
            self._begun = "" if piece.ends else self._begun
            return None
        self._confidence = (
            min(self._confidence, piece.confidence) if self._held else (piece.confidence)
        )
        verdict = self._of_piece(text)
        if not piece.ends and (verdict.action is not Action.ALLOW or verdict.text != text):
            self._held = text
            return None
        self._held = ""
        self._turn.verdicts.append(verdict)
        ids = rests_on(self._begun + verdict.text, self._turn.evidence)
        if piece.ends:
            verdict = replace(verdict, text=self._marked(verdict, ids))
        self._begun = "" if piece.ends else self._begun + text
        sentence = Sentence(self._turn.turn, 0, verdict.text, verdict, ids, self._confidence)
        return ModeratedSegment(sentence, piece.ends)

    def _marked(self, verdict: Verdict, ids: tuple[int, ...]) -> str:
        """The piece with the marks of what its sentence rests on, where the model wrote none.

        Only where the check against the evidence had nothing to say.
        """
        whole = self._begun + verdict.text
        doubted = any(f.fired and f.rule == GROUNDING for f in verdict.why.findings)
        if (
            doubted
            or not claims(whole)
            or verdict.action is not Action.ALLOW
            or self._citations.fenced
        ):
            return verdict.text
        seen = {item.id for item in self._turn.evidence if item.kind in MARKED}
        return with_marks(verdict.text, whole, [each for each in ids if each in seen])

    def _of_piece(self, text: str) -> Verdict:
        alone = self._verdict(text, "out")
        if not self._begun or alone.action is Action.BLOCK:
            return alone
        whole = self._verdict(self._begun + text, "out")
        if STRENGTH[alone.action] > STRENGTH[whole.action]:
            return alone
        if whole.action is Action.BLOCK:
            return whole
        return _of_the_rest(whole, self._begun, text)

    def _verdict(self, text: str, direction: str) -> Verdict:
        return self._guard.judge(text, self._circumstance(direction))

    def _circumstance(self, direction: str) -> Circumstance:
        settings, turn = self._settings, self._turn
        return Circumstance(direction, turn.evidence, settings.profile, turn.told, settings.locale)


def _of_the_rest(whole: Verdict, begun: str, rest: str) -> Verdict:
    """A verdict on a whole sentence as one on its end: what begins earlier is said anew."""
    if whole.text == begun + rest:
        shown = rest
    else:
        pairs = zip(begun, whole.text, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        shown = whole.text[same:]
    findings = tuple(_moved(finding, len(begun)) for finding in whole.why.findings)
    return replace(whole, text=shown, why=replace(whole.why, findings=findings))


def _moved(finding: Finding, by: int) -> Finding:
    if finding.span is None:
        return finding
    start, end = finding.span
    return replace(finding, span=(max(0, start - by), end - by) if end > by else None)
