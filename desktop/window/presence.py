"""The status presenter: shows by orb, captions and talk button what goes on just now."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer

from agent.events import Caption, PartialTranscript
from agent.types import Phase
from desktop.session.chat import TurnActivity
from desktop.session.pose import Pose, floor_at_rest, pose_of
from desktop.voice.talk_labels import HEARD
from desktop.window.layout import WindowLayout
from perception.audio.ipc.messages import (
    Level,
    Mode,
    TurnPhase,
    TurnState,
    Viseme,
)

_PAUSE_MS = 350


class Presence:
    """The status presenter: joins what mind and ears tell. Mode and mute are the user's wish."""

    def __init__(self, parts: WindowLayout) -> None:
        self._parts = parts
        self._phase = Phase.LOADING
        self._mode, self._muted, self._word = Mode.HOLD, False, ""
        self._microphone = ""
        self._told: TurnState | None = None
        self._pause = QTimer(parts.conversation, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.show)
        self.show()

    @property
    def floor(self) -> TurnState:
        """Who has the floor, as ears told; before that, what the user wants.

        Ears that cannot do what is wanted, for want of a model, stay in another mode.
        """
        told = self._told
        if told is None or told.muted != self._muted:
            return floor_at_rest(told.mode if told else self._mode, muted=self._muted)
        return told

    def set_phase(self, phase: Phase) -> None:
        """What the mind does."""
        self._phase = phase
        self.show()

    def expect(self, mode: Mode, word: str, *, muted: bool) -> None:
        """What the user wants, and how the wake word is said."""
        if mode is not self._mode:
            self._told = None
        self._mode, self._word, self._muted = mode, word, muted
        self.show()

    def set_microphone(self, name: str) -> None:
        """The microphone in use; empty where there is none, or where ears are down."""
        self._microphone = name
        if not name:
            self._told = None
        self._parts.conversation.composer.talk.set_microphone(name)
        self.show()

    def handle_event(self, event: TurnState | Viseme | Level | PartialTranscript | Caption) -> None:
        """Show what is going on."""
        middle = self._parts.conversation
        match event:
            case TurnState():
                self._hand_over(event)
            case Viseme(opened, wide):
                for orb in (middle.empty.orb, middle.captions.orb):
                    orb.set_mouth(opened, wide)
            case Level(rms, peak):
                middle.composer.talk.set_level(peak)
                for orb in (middle.empty.orb, middle.captions.orb):
                    orb.set_level(rms)
            case PartialTranscript(text=text):
                middle.captions.show_heard(text)
            case Caption(text=text):
                middle.captions.show_spoken(text)

    def _hand_over(self, floor: TurnState) -> None:
        """Another has the floor. Between words there are pauses: they are no end of a turn yet."""
        was = self._told.phase if self._told else TurnPhase.OFF
        self._told = floor
        if was is TurnPhase.USER and floor.phase is TurnPhase.MAYBE_FINISHED:
            self._pause.start()
            return
        self._pause.stop()
        self.show()

    def show(self) -> None:
        """Show the pose everywhere."""
        middle, floor = self._parts.conversation, self.floor
        middle.composer.talk.set_floor(floor, self._word)
        pose = self.pose
        middle.empty.orb.set_pose(pose)
        middle.captions.set_pose(pose)
        self._parts.status.set_microphone(*self._microphone_words())

    @property
    def pose(self) -> Pose:
        """What is shown."""
        return pose_of(self._phase, self.floor, talking=self._parts.conversation.composer.talk.on)

    def doing(self) -> TurnActivity:
        """What an open turn waits for."""
        translate = QCoreApplication.translate
        words = {
            Phase.LOADING: translate("Presence", "Loading the models…"),
            Phase.HEARING: translate("Presence", "Listening…"),
            Phase.LOOKING: translate("Presence", "Looking at the picture…"),
        }
        word = words.get(self._phase, translate("Presence", "Thinking…"))
        pose = {Phase.LOADING: Pose.LOADING, Phase.LOOKING: Pose.LOOKING}
        return TurnActivity(pose.get(self._phase, Pose.THINKING), word)

    def _microphone_words(self) -> tuple[str, str, bool]:
        """Icon, words and whether it is open, for the status line."""
        translate = QCoreApplication.translate
        if self._muted:
            return "mic-off", translate("Presence", "Microphone muted"), False
        if not self._microphone:
            return "mic-off", translate("Presence", "No microphone"), False
        floor = self.floor
        if floor.phase is TurnPhase.WAITING:
            waits = translate("Presence", "Microphone open, waits for “{word}”")
            return "mic", waits.format(word=self._word), True
        by_hand = self._parts.conversation.composer.talk.on or floor.phase in HEARD
        if by_hand or floor.mode.hands_free:
            return "mic", translate("Presence", "Microphone open"), True
        return "mic-off", translate("Presence", "Microphone off"), False
