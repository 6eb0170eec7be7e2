"""The events of the assistant process (the mind) for the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, get_args

from agent.speech.vocabulary import Entry
from agent.tools.types import Value
from agent.types import Ended, Phase
from perception.messages import Notice
from perception.types import Evidence, Scene, Transcript
from safety.types import Explanation, Verdict


@dataclass(frozen=True, slots=True)
class AssistantState:
    """The state of the assistant, for the status line and the orb."""

    phase: Phase
    turn: str
    note: Notice | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """The engines are loaded: model, device and the reasons for both.

    `server` is the address that gets what is said; empty where this computer answers alone.
    """

    model: str
    device: str
    reason: Notice | None
    server: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """The words of a typed question are on disk, whatever happens now; `Asked` follows."""

    turn: str
    chat: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A turn was taken and is on disk: the user's words, and what they rest on.

    `pictures` and `texts` are how many are on the turn; those of a spoken one wait for no other
    from now on.
    """

    turn: str
    chat: int
    text: str
    heard: Transcript | None
    evidence: tuple[Evidence, ...]
    replaces: str | None
    scene: Scene | None = None
    pictures: int = 0
    texts: int = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A checked piece of an answer: `text` is `verdict.text`, Markdown, joined without a gap."""

    turn: str
    index: int
    text: str
    verdict: Verdict
    evidence: tuple[int, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Caption:
    """The sentence that is being spoken; an empty text ends it."""

    turn: str
    index: int
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The one end of a turn. `text` is what the user was given; `why` is the whole account."""

    turn: str
    text: str
    ended: Ended
    why: Explanation
    timings_ms: dict[str, float]


@dataclass(frozen=True, slots=True)
class Failed:
    """Something went wrong outside of any one answer, or with it (`turn`)."""

    turn: str
    told: Notice

    @property
    def message(self) -> str:
        """What happened, in English."""
        return self.told.message

    @property
    def hint(self) -> str:
        """What to do next, in English."""
        return self.told.hint


@dataclass(frozen=True, slots=True)
class Preview:
    """What the camera sees: a JPEG, and the newest scene; only the newest counts."""

    jpeg: bytes
    scene: Scene | None


@dataclass(frozen=True, slots=True)
class PartialTranscript:
    """The partial transcript of what the user is saying: for captions alone. Empty ends it."""

    turn: str
    text: str


@dataclass(frozen=True, slots=True)
class RecentEvent:
    """One thing of the last minutes. `who` is user, candor, room (not said to Candor) or scene."""

    seconds_ago: float
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Recent:
    """What was said and seen lately, oldest first; never on disk."""

    moments: tuple[RecentEvent, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """A correction was taken over: `word` is now expected, in place of `instead_of`."""

    id: str
    word: str
    instead_of: str


@dataclass(frozen=True, slots=True)
class WordList:
    """The user's words, oldest first; `problem` tells why they could not be read or changed."""

    entries: tuple[Entry, ...]
    problem: Notice | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """A tool ran in this turn: the call, and what came of it as a code with arguments.

    `undo` tells that it can be taken back with `Undo`.
    """

    turn: str
    tool: str
    arguments: dict[str, Value]
    code: str
    result: dict[str, Value]
    undo: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """What the tools changed in this turn was taken back."""

    turn: str


@dataclass(frozen=True, slots=True)
class Rang:
    """A timer, an alarm or a reminder is due. `at` is the time of day for which it was set.

    `missed` tells that Candor was off, or the computer asleep.
    """

    kind: str
    label: str
    seconds: int
    at: str
    missed: bool


@dataclass(frozen=True, slots=True)
class RunningItem:
    """What waits: `at` is the Unix time at which it rings, or at which a stopwatch began."""

    id: int
    kind: str
    label: str
    at: float
    seconds: int
    repeats: str


@dataclass(frozen=True, slots=True)
class Running:
    """All that waits; told at the start and after each change."""

    items: tuple[RunningItem, ...]


@dataclass(frozen=True, slots=True)
class CausesMeasured:
    """How much of the measurement of a turn's causes is `done`, from 0 to 1.

    At its end, `why` is the explanation with them, or `problem` why there are none.
    """

    turn: str
    done: float
    why: Explanation | None = None
    problem: Notice | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """The mind ended in order."""


@dataclass(frozen=True, slots=True)
class Appealed:
    """What was decided of a turn is kept as called wrong, or no longer."""

    turn: str
    wrong: bool


Event: TypeAlias = (
    AssistantState
    | Ready
    | Kept
    | Asked
    | Sentence
    | Caption
    | Reply
    | Failed
    | Preview
    | Closed
    | PartialTranscript
    | Recent
    | Learned
    | WordList
    | Called
    | Undone
    | Rang
    | Running
    | CausesMeasured
    | Appealed
)

EVENTS: tuple[type, ...] = get_args(Event)
