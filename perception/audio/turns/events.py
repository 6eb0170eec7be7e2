"""Events and actions of turn-taking. Times are monotonic seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from perception.audio.ipc.messages import Mode, TurnPhase


@dataclass(frozen=True, slots=True)
class Frame:
    """32 ms of the microphone, in order, whenever it is open; the machine's only clock.

    `at` is when the frame ended. `voice` is Silero's probability for the sound after the echo
    canceller. `far` says that the speaker sounds (or did within the last 0.2 s), `echo` how likely
    this frame is only our own sound coming back, 0 to 1. `faded` says that it is so much quieter
    than the voice before it that this has ended: Silero says so about 0.1 s later.
    """

    at: float
    voice: float
    far: bool = False
    echo: float = 0.0
    faded: bool = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The answer to `AskEndpoint`: smart-turn's probability that the turn is complete."""

    turn: str
    at: float
    """The `at` of the question."""
    complete: float


@dataclass(frozen=True, slots=True)
class WordsRecognised:
    """The mind's words so far of a turn (`RecognisedWords`).

    `until` is the time up to which the sound was heard, 0 where that is not known.
    """

    turn: str
    text: str
    until: float = 0.0


@dataclass(frozen=True, slots=True)
class Playing:
    """The first sound of an answer leaves the speaker. Once a turn, also for typed ones."""

    turn: str
    at: float


@dataclass(frozen=True, slots=True)
class PlayedOut:
    """The answer's last sound has left the speaker, or it was cut by somebody else."""

    turn: str
    at: float


@dataclass(frozen=True, slots=True)
class AnswerEnded:
    """The mind's turn ended in its reply; sound of it may still play."""

    turn: str
    at: float


@dataclass(frozen=True, slots=True)
class Pressed:
    """The user pressed the talk key (hold) or tapped (tap, and also in open and wake mode)."""

    at: float


@dataclass(frozen=True, slots=True)
class Released:
    """The talk key was let go, or tapped again. `discard` forgets what was said."""

    at: float
    discard: bool = False


@dataclass(frozen=True, slots=True)
class Muted:
    """Mute went on or off."""

    on: bool
    at: float


@dataclass(frozen=True, slots=True)
class Woken:
    """The wake word was heard; `at` is when the sound that holds it ended."""

    at: float


@dataclass(frozen=True, slots=True)
class ModeChanged:
    """How turns begin and end from now on; also the first event of all."""

    mode: Mode
    at: float


@dataclass(frozen=True, slots=True)
class Lost:
    """The microphone is gone: no frame comes until it is back. An open turn ends here."""

    at: float


Event: TypeAlias = (
    Frame
    | Endpoint
    | WordsRecognised
    | Playing
    | PlayedOut
    | AnswerEnded
    | Pressed
    | Released
    | Muted
    | Woken
    | ModeChanged
    | Lost
)


@dataclass(frozen=True, slots=True)
class StartTurn:
    """A turn of the user begins: stream `SpeechBlock`s, beginning with the sound of `since`.

    `since` reaches back: 0.4 s before the voice, or to the beginning of the turn that it
    `continues`, whose sound must therefore be kept for some seconds after its end.
    """

    turn: str
    since: float
    continues: str = ""


@dataclass(frozen=True, slots=True)
class ReportPause:
    """Tell the mind `SpeechPaused(turn, at)`: the voice ended at `at`, perhaps the turn too."""

    turn: str
    at: float


@dataclass(frozen=True, slots=True)
class ReportResume:
    """Tell the mind `SpeechResumed(turn)`."""

    turn: str


@dataclass(frozen=True, slots=True)
class AskEndpoint:
    """Run smart-turn on the turn's sound from `since` to now; answer with `Endpoint(turn, at)`.

    An answer that comes after the voice went on is ignored, none at all is waited for no longer
    than the rules say.
    """

    turn: str
    at: float
    since: float


@dataclass(frozen=True, slots=True)
class EndTurn:
    """Send the `Utterance`: the sound of `since` to `until`; `ended` is when the voice ended.

    Nothing more of this turn follows. Its sound is to be kept until the next `StartTurn` or
    `Rules.continue_within` seconds.
    """

    turn: str
    since: float
    until: float
    ended: float
    continues: str = ""


@dataclass(frozen=True, slots=True)
class CancelTurn:
    """Tell the mind `TurnCancelled(turn)`: it was nothing. Nothing more of this turn follows."""

    turn: str


@dataclass(frozen=True, slots=True)
class Duck:
    """Play quietly (about -15 dB) from now on; perhaps somebody speaks."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Play nothing from now on, keep the place; also where nothing plays yet (an answer to come).

    Whatever arrives to be played waits too.
    """


@dataclass(frozen=True, slots=True)
class Release:
    """After `Duck` or `Hold`: go on where it stopped, as loud as before, with a short fade."""


@dataclass(frozen=True, slots=True)
class Interrupt:
    """Drop the sound of this answer and whatever still comes of it (a flush); ends a `Hold`.

    `turn` is what plays, or the turn whose answer is still to come.
    """

    turn: str


@dataclass(frozen=True, slots=True)
class Show:
    """Tell the window `TurnState(phase, ...)`; also given when only mode or mute changed."""

    phase: TurnPhase


Action: TypeAlias = (
    StartTurn
    | ReportPause
    | ReportResume
    | AskEndpoint
    | EndTurn
    | CancelTurn
    | Duck
    | Hold
    | Release
    | Interrupt
    | Show
)
