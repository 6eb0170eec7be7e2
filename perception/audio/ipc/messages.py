"""Messages about sound between the audio process (ears), the assistant (mind) and the window."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, get_args

from perception.messages import Notice
from perception.types import Samples, Utterance


@dataclass(frozen=True, slots=True)
class Play:
    """Mind to ears: sound of one sentence of a turn, appended to the playback buffer."""

    turn: str
    sentence: int
    samples: Samples
    rate: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """Mind to ears: the turn has no more sound; answered by `Played(..., finished=True)`."""

    turn: str


@dataclass(frozen=True, slots=True)
class Flush:
    """Mind or window to ears: silence now; whatever is in the playback buffer is dropped.

    What still comes of a turn that was cut is dropped too; `turn` names one of which nothing may
    have come yet. To say an answer again, give it a new name.
    """

    turn: str = ""


@dataclass(frozen=True, slots=True)
class SetMic:
    """Window to ears: start or stop recording (hold to talk). Stopping sends the `Utterance`.

    `discard` throws away what was recorded.
    """

    on: bool
    discard: bool = False


@dataclass(frozen=True, slots=True)
class ChooseDevices:
    """Window to ears: devices by name; empty is the system's default."""

    microphone: str
    speaker: str


@dataclass(frozen=True, slots=True)
class StopEars:
    """Window to ears: close the devices and end."""


@dataclass(frozen=True, slots=True)
class Received:
    """Mind to ears: the utterance of this turn has arrived and need not be kept."""

    turn: str


@dataclass(frozen=True, slots=True)
class Played:
    """Ears to mind: how many seconds of a sentence have left the speaker.

    `finished` ends the turn. It is `cut` where a flush ended it, and `unheard` where there was no
    working speaker for at least the rest of it. `began` is the monotonic time at which the turn's
    first sample left the speaker, 0 before that.
    """

    turn: str
    sentence: int
    seconds: float
    finished: bool
    cut: bool = False
    unheard: bool = False
    began: float = 0.0


@dataclass(frozen=True, slots=True)
class Level:
    """Ears to window: loudness of the microphone, 0 to 1; only the newest counts."""

    rms: float
    peak: float


@dataclass(frozen=True, slots=True)
class Devices:
    """Ears to window: what there is, and what is in use (empty when there is none)."""

    microphones: tuple[str, ...]
    speakers: tuple[str, ...]
    microphone: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Ears to window: something about sound that the user can act on."""

    told: Notice

    @property
    def message(self) -> str:
        """What happened, in English."""
        return self.told.message

    @property
    def hint(self) -> str:
        """What to do next, in English."""
        return self.told.hint


class Mode(StrEnum):
    """How the user's turns begin and end."""

    HOLD = "hold"
    TAP = "tap"
    OPEN = "open"
    WAKE = "wake"

    @property
    def hands_free(self) -> bool:
        """Whether turns begin by voice alone, without a key."""
        return self in (Mode.OPEN, Mode.WAKE)


class TurnPhase(StrEnum):
    """The phase of turn-taking, as ears see it."""

    OFF = "off"
    WAITING = "waiting"
    """For the wake word."""
    LISTENING = "listening"
    USER = "user"
    MAYBE_FINISHED = "maybe_finished"
    THINKING = "thinking"
    SPEAKING = "speaking"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Listen:
    """Window to ears: how turns begin and end from now on.

    `wake_word` names one of the wake word models. `patience` is how many seconds of silence more
    than usual belong to a turn, 0 to 5. `models` is the folder in which the model folders lie.
    """

    mode: Mode
    wake_word: str
    patience: float
    models: str


@dataclass(frozen=True, slots=True)
class Mute:
    """Window to ears: hear nothing, whatever the mode, until it is off again."""

    on: bool


@dataclass(frozen=True, slots=True)
class TryDevices:
    """Window to ears: play a short tone, record a few seconds, play them back."""


@dataclass(frozen=True, slots=True)
class Tried:
    """Ears to window: the trial is over; the loudest sample that was recorded, 0 to 1."""

    peak: float


@dataclass(frozen=True, slots=True)
class TurnState:
    """Ears to window: the turn state, the mode, and whether the microphone is muted."""

    phase: TurnPhase
    mode: Mode
    muted: bool


@dataclass(frozen=True, slots=True)
class Viseme:
    """Ears to window: the viseme of what is being played, 0 to 1; only the newest counts.

    `wide` is 0 for rounded lips (oo) and 1 for spread ones (ee).
    """

    open: float
    wide: float


@dataclass(frozen=True, slots=True)
class SpeechBlock:
    """Ears to mind: a block of an utterance that is still being said, in order, without a gap.

    The `Utterance` that ends it holds all of it once more.
    """

    turn: str
    samples: Samples
    rate: int
    at: float


@dataclass(frozen=True, slots=True)
class SpeechPaused:
    """Ears to mind: the voice ended at the monotonic time `at`; perhaps it was the turn's end."""

    turn: str
    at: float


@dataclass(frozen=True, slots=True)
class SpeechResumed:
    """Ears to mind: after the last `SpeechPaused` the voice went on."""

    turn: str


@dataclass(frozen=True, slots=True)
class TurnCancelled:
    """Ears to mind: what was streamed of this turn is nothing to answer. No `Utterance` follows."""

    turn: str


@dataclass(frozen=True, slots=True)
class RecognisedWords:
    """Mind to ears: the partial transcript of an utterance that is still being said.

    `until` is the monotonic time up to which the sound was heard, 0 where that is not known: an
    answer to a `SpeechPaused` must be told from words that were on their way before it.
    """

    turn: str
    text: str
    until: float = 0.0


@dataclass(frozen=True, slots=True)
class ReplyEnded:
    """Mind to ears: the turn ended in its reply."""

    turn: str


@dataclass(frozen=True, slots=True)
class Record:
    """Window to ears: begin a recording of the user's voice, or end it and keep it in `file`.

    It is no turn, and the mind never gets it. An empty `file` throws it away.
    """

    on: bool
    file: str = ""


@dataclass(frozen=True, slots=True)
class PlayBack:
    """Window to ears: play a recording that `Record` kept."""

    file: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """Ears to window: a recording is kept; its length, and its loudest sample from 0 to 1."""

    file: str
    seconds: float
    peak: float


MindToEars: TypeAlias = Play | Spoken | Flush | Received | RecognisedWords | ReplyEnded
ToEars: TypeAlias = (
    MindToEars | SetMic | ChooseDevices | StopEars | Listen | Mute | TryDevices | Record | PlayBack
)
EarsToMind: TypeAlias = (
    Utterance | Played | SpeechBlock | SpeechPaused | SpeechResumed | TurnCancelled
)
FromEars: TypeAlias = EarsToMind | Level | Devices | Trouble | TurnState | Viseme | Tried | Recorded

MIND_TO_EARS: tuple[type, ...] = get_args(MindToEars)
EARS_TO_MIND: tuple[type, ...] = get_args(EarsToMind)
TO_EARS: tuple[type, ...] = get_args(ToEars)
FROM_EARS: tuple[type, ...] = get_args(FromEars)
