"""The assistant status that the user sees: the mind's phase and the turn state in one word."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from agent.types import Phase
from perception.audio.ipc.messages import Mode, TurnPhase, TurnState


class Pose(StrEnum):
    """Each has its own shape and its own word."""

    LOADING = "loading"
    IDLE = "idle"
    WAITING = "waiting"
    """For the wake word."""
    LISTENING = "listening"
    """To an open microphone, in which nobody speaks."""
    HEARING = "hearing"
    MAYBE_FINISHED = "maybe_finished"
    LOOKING = "looking"
    THINKING = "thinking"
    SPEAKING = "speaking"
    INTERRUPTED = "interrupted"
    MUTED = "muted"


_OF_FLOOR = {
    TurnPhase.WAITING: Pose.WAITING,
    TurnPhase.LISTENING: Pose.LISTENING,
    TurnPhase.USER: Pose.HEARING,
    TurnPhase.MAYBE_FINISHED: Pose.MAYBE_FINISHED,
    TurnPhase.THINKING: Pose.THINKING,
    TurnPhase.SPEAKING: Pose.SPEAKING,
    TurnPhase.INTERRUPTED: Pose.INTERRUPTED,
}
_OF_PHASE = {
    Phase.LOADING: Pose.LOADING,
    Phase.IDLE: Pose.IDLE,
    Phase.HEARING: Pose.THINKING,
    Phase.LOOKING: Pose.LOOKING,
    Phase.THINKING: Pose.THINKING,
    Phase.SPEAKING: Pose.SPEAKING,
}
_TAKEN = (Pose.HEARING, Pose.MAYBE_FINISHED, Pose.SPEAKING, Pose.INTERRUPTED)


def pose_of(phase: Phase, floor: TurnState, *, talking: bool) -> Pose:
    """What to show. `talking` says that the user opened the microphone by hand.

    Whoever has the floor counts most; then what the mind does; an open microphone last.
    """
    heard = _OF_FLOOR.get(floor.phase)
    if floor.muted and heard is not Pose.SPEAKING and not _busy(phase):
        return Pose.MUTED
    if heard in _TAKEN:
        return heard
    if talking:
        return Pose.HEARING
    if phase in (Phase.IDLE, Phase.HEARING) and heard is not None:
        return heard
    return _OF_PHASE[phase]


def floor_at_rest(mode: Mode, *, muted: bool) -> TurnState:
    """The floor of a mode in which nothing happens."""
    resting = {Mode.OPEN: TurnPhase.LISTENING, Mode.WAKE: TurnPhase.WAITING}
    return TurnState(TurnPhase.OFF if muted else resting.get(mode, TurnPhase.OFF), mode, muted)


def pose_word(pose: Pose) -> str:
    """The pose in a word."""
    translate = QCoreApplication.translate
    words = {
        Pose.LOADING: translate("Pose", "Getting ready"),
        Pose.IDLE: translate("Pose", "Ready"),
        Pose.WAITING: translate("Pose", "Waiting for the word"),
        Pose.LISTENING: translate("Pose", "Listening"),
        Pose.HEARING: translate("Pose", "Hearing you"),
        Pose.MAYBE_FINISHED: translate("Pose", "Finished?"),
        Pose.LOOKING: translate("Pose", "Looking"),
        Pose.THINKING: translate("Pose", "Thinking"),
        Pose.SPEAKING: translate("Pose", "Speaking"),
        Pose.INTERRUPTED: translate("Pose", "Interrupted"),
        Pose.MUTED: translate("Pose", "Muted"),
    }
    return words[pose]


def _busy(phase: Phase) -> bool:
    return phase not in (Phase.IDLE, Phase.HEARING)
