"""Decisions and their reasons."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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
    direction: str = field(default="", compare=False)
    """That of the text that was judged (`Circumstance`); empty in accounts of older versions."""
    decided: tuple[str, str] = field(default=("", ""), compare=False)
    """The rule and the category that decided."""


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


class CauseKind(StrEnum):
    """What an answer's sentence rests on, as measured.

    `rests`: on lines of the evidence; `anyway`: the model would have said it without them;
    `memory`: nothing was shown; `own`: it says nothing that could be measured, or Candor itself
    wrote it.
    """

    RESTS = "rests"
    ANYWAY = "anyway"
    MEMORY = "memory"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class LineEffect:
    """What a line of the evidence does to a sentence: how probable `word` is with and without it.

    A line that works against the sentence has `without` above `shown`.
    """

    evidence: int
    word: str
    shown: float
    without: float


@dataclass(frozen=True, slots=True)
class Cause:
    """What a piece of an answer rests on: measured, by writing it again without each line.

    `sentence` is its place in `Explanation.sentences`; `word` is the word that depends most on
    what was shown, `shown` and `without` its probability with all of it and with none. Of
    `effects` the strongest comes first; where several are needed together they have equal numbers.
    """

    sentence: int
    kind: CauseKind
    word: str = ""
    shown: float = 1.0
    without: float = 1.0
    effects: tuple[LineEffect, ...] = ()

    @property
    def resting(self) -> tuple[LineEffect, ...]:
        """The lines without which it would not have been said."""
        return tuple(e for e in self.effects if e.without < e.shown) if self.rests else ()

    @property
    def against(self) -> tuple[LineEffect, ...]:
        """The lines that work against it."""
        return tuple(e for e in self.effects if e.without > e.shown)

    @property
    def rests(self) -> bool:
        """Whether it rests on something that was shown."""
        return self.kind is CauseKind.RESTS


@dataclass(frozen=True, slots=True)
class DecidingWords:
    """The words that decided a block: without them it would not have come.

    `whole` says that no few words did, but the whole text. Words of an answer that was held back
    are held back with it: `hidden` is how many they are.
    """

    words: tuple[str, ...]
    whole: bool = False
    hidden: int = 0


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
    causes: tuple[Cause, ...] = ()
    """What each sentence rests on, once that was measured."""
    deciding: DecidingWords | None = None
    """Which words decided, where the question or the answer was held back."""
    direction: str = ""
    """That of the text that was judged (`Circumstance`); empty for that of a whole turn."""
    decided: tuple[str, str] = ("", "")
    """The rule and the category that decided; empty where nothing did, and of a whole turn."""

    @classmethod
    def of_notes(cls, *notes: Notice, evidence: tuple[Evidence, ...] = ()) -> Explanation:
        """The explanation where nothing was decided: what Candor has to say is all there is."""
        return cls("", (), evidence, "", "", notes)

    @property
    def change(self) -> Change:
        """The words of the policy alone."""
        return Change(
            self.headline,
            self.alternative,
            self.appeal,
            direction=self.direction,
            decided=self.decided,
        )

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

    `direction` is `in` (from the user), `data` (from a picture, document or sensor), `out`
    (from the model) or `server` (on its way to one: only personal data is looked for).
    `evidence` is what the turn rests on. On `out`, `asked` is the question that is answered and
    `before` the end of what was given of the answer already.
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
