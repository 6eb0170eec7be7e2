"""What ears, mind and window say to each other about sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from perception.types import Samples, Utterance


@dataclass(frozen=True, slots=True)
class Play:
    """Mind to ears: sound of one sentence of a turn, appended to the ring."""

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
    """Silence now, from mind or window: whatever is in the ring is dropped.

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
    working speaker for at least the rest of it.
    """

    turn: str
    sentence: int
    seconds: float
    finished: bool
    cut: bool = False
    unheard: bool = False


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

    message: str
    hint: str


ToEars: TypeAlias = Play | Spoken | Flush | Received | SetMic | ChooseDevices | StopEars
FromEars: TypeAlias = Utterance | Played | Level | Devices | Trouble

TO_EARS = (Play, Spoken, Flush, Received, SetMic, ChooseDevices, StopEars)
FROM_EARS = (Utterance, Played, Level, Devices, Trouble)
MIND_TO_EARS = (Play, Spoken, Flush, Received)
EARS_TO_MIND = (Utterance, Played)
