"""Decisions and their reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from perception.messages import Notice
from perception.types import Evidence
from safety.codes import SafetyCode


class Action(StrEnum):
    """What the guard does with a text, from mildest to strongest."""

    ALLOW = "allow"
    ADVISE = "advise"
    REDACT = "redact"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule saw. It fired when `score` reached `threshold`; others are kept as reasons.

    `span` is a range of characters in the judged text, or None for the whole of it.
    """

    rule: str
    category: str
    span: tuple[int, int] | None
    score: float
    threshold: float
    note: str

    @property
    def fired(self) -> bool:
        """Whether the rule took effect."""
        return self.score >= self.threshold


@dataclass(frozen=True, slots=True)
class Change:
    """A change of an answer: why, what else can be had, how to appeal; words of the policy."""

    headline: str
    alternative: str
    appeal: str
    noted: bool = False
    """Whether something was only told, and nothing of the answer changed."""


@dataclass(frozen=True, slots=True)
class GivenSentence:
    """A piece of an answer as it was given, and the evidence that it rests on.

    `confidence` is how probable its words were to the model. `doubted` says that the check
    against the evidence found something wrong.
    """

    text: str
    confidence: float
    evidence: tuple[int, ...]
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision: what was decided, on what, what else can be had, how to appeal.

    `headline`, `alternative` and `appeal` are words of the policy, in the language of the turn.
    `notes` are what Candor itself has to say of it. That of a whole turn has the `changes` of its
    answer, each once, and its `sentences`; accounts of older versions have no sentences.
    """

    headline: str
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    alternative: str
    appeal: str
    notes: tuple[Notice, ...] = ()
    changes: tuple[Change, ...] = ()
    sentences: tuple[GivenSentence, ...] = ()
    region: str = ""
    """The region (ISO 3166) whose telephone numbers stand in it; empty for no known one."""

    @classmethod
    def of_notes(cls, *notes: Notice, evidence: tuple[Evidence, ...] = ()) -> Explanation:
        """The explanation where nothing was decided: what Candor has to say is all there is."""
        return cls("", (), evidence, "", "", notes)

    @property
    def change(self) -> Change:
        """The words of the policy alone."""
        return Change(self.headline, self.alternative, self.appeal)

    @property
    def untouched(self) -> bool:
        """Whether the answer is as the model wrote it, though a rule may have noted something."""
        return any(note.code == SafetyCode.NOTHING_CHANGED for note in self.notes)

    @property
    def read_aloud(self) -> int | None:
        """How many characters of the answer were read aloud; None where all were, or none meant."""
        told = (n.args.get("read") for n in self.notes if n.code == SafetyCode.NOT_READ_ALOUD)
        return next((read for read in told if isinstance(read, int)), None)

    @property
    def message(self) -> str:
        """All that was decided, in English where it is not the policy's."""
        return " ".join(filter(None, (self.headline, *(note.message for note in self.notes))))

    @property
    def hint(self) -> str:
        """What else can be had or done, in English where it is not the policy's."""
        return " ".join(filter(None, (self.alternative, *(note.hint for note in self.notes))))


@dataclass(frozen=True, slots=True)
class Verdict:
    """`text` is what may be shown: the original, a redacted one, or what stands in its place."""

    action: Action
    text: str
    why: Explanation

    @property
    def change(self) -> Change:
        """The words of the policy, and whether they changed something."""
        return replace(self.why.change, noted=self.action is Action.ADVISE)


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What a rule may know beside the text.

    `direction` is `in` (from the user), `data` (from a picture, document or sensor) or `out`
    (from the model). `evidence` is what the turn rests on. On `out`, `asked` is the question that
    is answered and `before` the end of what was given of the answer already.
    """

    direction: str
    evidence: tuple[Evidence, ...]
    profile: str
    words: str = ""
    """What the user themself said in this turn; on `out` it may be repeated to them."""
    locale: str = ""
    """Language and region, for example `en_GB`: chooses the help lines. Empty: as installed."""
    asked: str = ""
    before: str = ""
