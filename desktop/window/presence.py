"""What Candor and the user do just now, shown by orb, captions, talk button and status line."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer

from agent.types import Caption, HeardSoFar, Phase
from desktop.session.chat import Doing
from desktop.session.pose import Pose, floor_at_rest, pose_of
from desktop.voice.talk_labels import HEARD
from desktop.window.layout import Parts
from perception.audio.ipc.messages import (
    Floor,
    FloorPhase,
    Level,
    Mode,
    Mouth,
)

_PAUSE_MS = 350


class Presence:
    """Joins what mind and ears tell of the moment. The mode and mute are what the user wants."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._phase = Phase.LOADING
        self._mode, self._muted, self._word = Mode.HOLD, False, ""
        self._microphone = ""
        self._told: Floor | None = None
        self._pause = QTimer(parts.middle, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.show)
        self.show()

    @property
    def floor(self) -> Floor:
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
        self._parts.middle.composer.talk.set_microphone(name)
        self.show()

    def take(self, event: Floor | Mouth | Level | HeardSoFar | Caption) -> None:
        """Show what is going on."""
        middle = self._parts.middle
        match event:
            case Floor():
                self._hand_over(event)
            case Mouth(opened, wide):
                for orb in (middle.empty.orb, middle.captions.orb):
                    orb.set_mouth(opened, wide)
            case Level(rms, peak):
                middle.composer.talk.set_level(peak)
                for orb in (middle.empty.orb, middle.captions.orb):
                    orb.set_level(rms)
            case HeardSoFar(text=text):
                middle.captions.show_heard(text)
            case Caption(text=text):
                middle.captions.show_spoken(text)

    def _hand_over(self, floor: Floor) -> None:
        """Another has the floor. Between words there are pauses: they are no end of a turn yet."""
        was = self._told.phase if self._told else FloorPhase.OFF
        self._told = floor
        if was is FloorPhase.USER and floor.phase is FloorPhase.MAYBE_FINISHED:
            self._pause.start()
            return
        self._pause.stop()
        self.show()

    def show(self) -> None:
        """Show the pose everywhere."""
        middle, floor = self._parts.middle, self.floor
        middle.composer.talk.set_floor(floor, self._word)
        pose = self.pose
        middle.empty.orb.set_pose(pose)
        middle.captions.set_pose(pose)
        self._parts.status.set_microphone(*self._microphone_words())

    @property
    def pose(self) -> Pose:
        """What is shown."""
        return pose_of(self._phase, self.floor, talking=self._parts.middle.composer.talk.on)

    def doing(self) -> Doing:
        """What an open turn waits for."""
        translate = QCoreApplication.translate
        words = {
            Phase.LOADING: translate("Presence", "Loading the models…"),
            Phase.HEARING: translate("Presence", "Listening…"),
            Phase.LOOKING: translate("Presence", "Looking at the picture…"),
        }
        word = words.get(self._phase, translate("Presence", "Thinking…"))
        pose = {Phase.LOADING: Pose.LOADING, Phase.LOOKING: Pose.LOOKING}
        return Doing(pose.get(self._phase, Pose.THINKING), word)

    def _microphone_words(self) -> tuple[str, str, bool]:
        """Icon, words and whether it is open, for the status line."""
        translate = QCoreApplication.translate
        if self._muted:
            return "mic-off", translate("Presence", "Microphone muted"), False
        if not self._microphone:
            return "mic-off", translate("Presence", "No microphone"), False
        floor = self.floor
        if floor.phase is FloorPhase.WAITING:
            waits = translate("Presence", "Microphone open, waits for “{word}”")
            return "mic", waits.format(word=self._word), True
        by_hand = self._parts.middle.composer.talk.on or floor.phase in HEARD
        if by_hand or floor.mode.hands_free:
            return "mic", translate("Presence", "Microphone open"), True
        return "mic-off", translate("Presence", "Microphone off"), False
