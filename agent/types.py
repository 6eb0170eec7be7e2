"""Commands to the assistant process (the mind) and its events."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from agent.speech.vocabulary import Entry
from agent.tools.types import Value
from perception.messages import Notice
from perception.types import Evidence, Scene, Transcript
from safety.types import Explanation, Verdict


def new_turn() -> str:
    """A turn's name, unique across processes."""
    return uuid.uuid4().hex


class Phase(StrEnum):
    """What the mind is doing."""

    LOADING = "loading"
    IDLE = "idle"
    HEARING = "hearing"
    LOOKING = "looking"
    THINKING = "thinking"
    SPEAKING = "speaking"


class Ended(StrEnum):
    """How a turn ended."""

    DONE = "done"
    INTERRUPTED = "interrupted"
    BLOCKED = "blocked"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt; role is system, user or assistant."""

    role: str
    text: str


# Commands: window to mind.


@dataclass(frozen=True, slots=True)
class Say:
    """Answer this. `chat` is None for a new chat; `pictures` are encoded files (JPEG, PNG, ...).

    `replaces` names the turn that this one stands in for (edit, regenerate): it and all that
    follow it leave the prompt and the transcript, and stay in the database. Without a `turn` it
    is no question yet: its pictures wait, in place of any before, and go on the next spoken turn.
    """

    turn: str
    chat: int | None
    text: str
    pictures: tuple[bytes, ...] = ()
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class OpenChat:
    """Go on with this chat, or with a new one: spoken turns belong to it, its prompt is warmed."""

    chat: int | None


@dataclass(frozen=True, slots=True)
class Interrupt:
    """Stop the answer of this turn."""

    turn: str


@dataclass(frozen=True, slots=True)
class Silence:
    """Read no more of this turn's answer out; it is written on."""

    turn: str


@dataclass(frozen=True, slots=True)
class Continue:
    """Write on where the answer of this turn reached its limit; it stays one answer."""

    turn: str


@dataclass(frozen=True, slots=True)
class SetCamera:
    """Look through this source (`camera:0`, a device path, `file:...`, a URL); empty is off."""

    source: str


@dataclass(frozen=True, slots=True)
class Apply:
    """The settings changed on disk: read them again."""


@dataclass(frozen=True, slots=True)
class SayAgain:
    """Speak the answer of this turn once more, or `text` about it where there is one."""

    turn: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Close:
    """End the mind."""


@dataclass(frozen=True, slots=True)
class ShowRecent:
    """Tell what was said and seen in the last two minutes; answered by `Recent`."""


@dataclass(frozen=True, slots=True)
class EraseRecent:
    """Forget what was said and seen in the last two minutes; answered by an empty `Recent`."""


@dataclass(frozen=True, slots=True)
class LearnWord:
    """Add to the user's words, as in `Entry`; answered by `WordList`."""

    word: str
    instead_of: str = ""
    said_as: str = ""


@dataclass(frozen=True, slots=True)
class ForgetWord:
    """Take one of the user's words back, by the id of its `Entry`; answered by `WordList`."""

    id: str


@dataclass(frozen=True, slots=True)
class ListWords:
    """Tell the user's words; answered by `WordList`."""


@dataclass(frozen=True, slots=True)
class GiveFeedback:
    """Feedback on an answer, kept to learn from; `corrected` is what would be right.

    `good` None forgets it. It is only sent once the user has agreed to that.
    """

    turn: str
    good: bool | None
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class Reload:
    """Load the models again: another adapter was switched on or off."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back what the tools changed in this turn; answered by `Undone`."""

    turn: str


@dataclass(frozen=True, slots=True)
class CancelDue:
    """Stop a timer, alarm or reminder; `id` is that of its `RunningItem`."""

    id: int


Command: TypeAlias = (
    Say
    | OpenChat
    | Interrupt
    | SetCamera
    | Apply
    | SayAgain
    | Close
    | ShowRecent
    | EraseRecent
    | LearnWord
    | ForgetWord
    | ListWords
    | GiveFeedback
    | Reload
    | Undo
    | CancelDue
    | Silence
    | Continue
)


# Events: mind to window.


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

    `pictures` is how many are on the turn; those of a spoken one wait for no other from now on.
    """

    turn: str
    chat: int
    text: str
    heard: Transcript | None
    evidence: tuple[Evidence, ...]
    replaces: str | None
    scene: Scene | None = None
    pictures: int = 0


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
class Closed:
    """The mind ended in order."""


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
)

COMMANDS = (
    Say,
    OpenChat,
    Interrupt,
    SetCamera,
    Apply,
    SayAgain,
    Close,
    ShowRecent,
    EraseRecent,
    LearnWord,
    ForgetWord,
    ListWords,
    GiveFeedback,
    Reload,
    Undo,
    CancelDue,
    Silence,
    Continue,
)
EVENTS = (
    AssistantState,
    Ready,
    Kept,
    Asked,
    Sentence,
    Caption,
    Reply,
    Failed,
    Preview,
    Closed,
    PartialTranscript,
    Recent,
    Learned,
    WordList,
    Called,
    Undone,
    Rang,
    Running,
)
