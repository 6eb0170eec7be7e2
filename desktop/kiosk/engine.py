"""Mind and ears of one visit: what is asked of them, what they tell, and whether they are busy."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from agent.commands import Apply, Interrupt, OpenChat, Say, SayAgain, SetCamera
from agent.events import (
    Asked,
    AssistantState,
    Caption,
    Failed,
    PartialTranscript,
    Preview,
    Reply,
    Sentence,
)
from agent.memory.history import PRIVATE
from agent.settings import Settings, models_folder
from agent.types import Phase, new_turn
from desktop.session.chat import ChatTranscript
from desktop.session.children import GaveUp, Restarting, Stalled
from desktop.session.sharing.channel import Processes
from perception.audio.ipc.messages import (
    Devices,
    Flush,
    Level,
    Listen,
    Mode,
    Mute,
    SetMic,
    TurnPhase,
    TurnState,
)

_log = logging.getLogger("candor.processes")

_FIRST_CAMERA = "camera:0"
_QUIET = (TurnPhase.OFF, TurnPhase.LISTENING, TurnPhase.WAITING)
_VOICE = (TurnPhase.USER, TurnPhase.MAYBE_FINISHED)


class KioskEngine(QObject):
    """One visit after the other, on a private chat: nothing of it is on disk.

    `changed` when there is more to show, `lived` at a voice or a face, `lost` when there is no
    mind any more, `ready` when it is there, `failed` when something did not work that is no answer.
    """

    changed = Signal()
    lived = Signal()
    lost = Signal()
    ready = Signal()
    failed = Signal()

    def __init__(
        self, processes: Processes, settings: Settings, keep: Callable[[Settings], None]
    ) -> None:
        super().__init__()
        self._processes, self._settings, self._keep = processes, settings, keep
        self.transcript = ChatTranscript()
        self.microphone, self.caption, self.heard = False, "", ""
        self._phase, self._floor, self._listens = Phase.LOADING, TurnPhase.OFF, False
        self._dead = False
        processes.arrived.connect(self._take)
        self._listen()

    @property
    def camera(self) -> str:
        """Where pictures would come from."""
        return self._settings.camera or _FIRST_CAMERA

    @property
    def loading(self) -> bool:
        """Whether the models are not there yet."""
        return self._phase is Phase.LOADING

    @property
    def busy(self) -> bool:
        """Whether somebody speaks, or is being answered."""
        working = self._phase not in (Phase.IDLE, Phase.LOADING)
        return (
            working
            or self._floor not in _QUIET
            or bool(self.caption)
            or (self.transcript.answering is not None and not self._dead)
        )

    @property
    def listens(self) -> bool:
        """Whether the visitor's voice is being taken in."""
        return self._listens

    def begin(self) -> None:
        """A new visit: nothing of the one before is known."""
        self.transcript = ChatTranscript()
        self.caption = self.heard = ""
        self._processes.tell_mind(OpenChat(PRIVATE))

    def end(self) -> None:
        """The visit is over: be silent, hear and see nothing, let go of all that was said."""
        answering = self.transcript.answering
        if answering is not None:
            self._processes.tell_mind(Interrupt(answering.id))
        self.hush()
        self.talk(False, discard=True)
        self.allow_microphone(False)
        self.allow_camera(False)
        self.transcript = ChatTranscript()
        self.caption = self.heard = ""
        # The private chat is forgotten when another is opened.
        self._processes.tell_mind(OpenChat(None))

    def ask(self, text: str) -> None:
        """Ask what was typed or pressed; the newest question counts."""
        say = Say(new_turn(), PRIVATE, text)
        self.hush()
        self.transcript.begin(say)
        self._processes.tell_mind(say)
        self.changed.emit()

    def speak(self, text: str) -> None:
        """Say this aloud, in place of what is being said."""
        self.hush()
        if not self.loading:  # else it would be said when it is true no longer
            self._processes.tell_mind(SayAgain("", text))

    def hush(self) -> None:
        """Silence now."""
        self._processes.tell_ears(Flush())

    def speak_language(self, code: str) -> None:
        """Answer and speak in this language from now on."""
        if code != self._settings.interface_language:
            self._settings = replace(
                self._settings, interface_language=code, spoken_languages=(code,)
            )
            self._keep(self._settings)
            self._processes.tell_mind(Apply())

    def allow_microphone(self, on: bool) -> None:
        """Whether the visitor agreed to be heard."""
        self._processes.tell_ears(Mute(not on))

    def allow_camera(self, on: bool) -> None:
        """Whether the visitor agreed to be seen."""
        self._processes.tell_mind(SetCamera(self.camera if on else ""))

    def talk(self, on: bool, *, discard: bool = False) -> None:
        """Take the visitor's voice in, or let what was said be answered."""
        if on or self._listens:
            self._listens = on
            self._processes.tell_ears(SetMic(on, discard))

    def revive(self) -> None:
        """Try to start what was given up."""
        self._processes.revive("mind")

    def _listen(self) -> None:
        """Nothing is heard before somebody agreed."""
        self._processes.tell_ears(Mute(True))
        listen = Listen(Mode.TAP, self._settings.wake_word, 1.0, str(models_folder()))
        self._processes.tell_ears(listen)

    def _take(self, event: object) -> None:
        if isinstance(event, Level):
            return
        self._hear(event)
        self._watch(event)
        match event:
            case AssistantState(phase=phase):
                self._enter(phase)
            case Failed(turn="", told=told):
                _log.warning("the kiosk goes on without: %s", told.code)
                self.failed.emit()
            case Asked() | Sentence() | Reply() | Failed():
                self._fold(event)
        self.changed.emit()

    def _hear(self, event: object) -> None:
        """Who speaks, and who is there."""
        match event:
            case TurnState(phase=phase):
                self._hand_over(phase)
            case Devices(microphone=name):
                self.microphone = bool(name)
            case Preview(scene=scene) if scene is not None and scene.people:
                self.lived.emit()
            case Caption(text=text):
                self.caption = text
            case PartialTranscript(text=text):
                self.heard = text

    def _watch(self, event: object) -> None:
        """What became of the processes."""
        match event:
            case GaveUp(name="mind"):
                self._dead = True
                self.lost.emit()
            case GaveUp(name="ears") | Restarting(name="ears"):
                self.microphone, self._floor, self.caption = False, TurnPhase.OFF, ""
            case Restarting(name="mind"):
                self._phase, self.caption = Phase.LOADING, ""
            case Stalled():
                # Nobody is there to be asked whether to wait on.
                self._processes.revive("mind")

    def _fold(self, event: Asked | Sentence | Reply | Failed) -> None:
        """Only what belongs to this visit is shown: an answer that comes late is not."""
        known = self.transcript.get(event.turn) is not None
        if known or (isinstance(event, Asked) and event.heard is not None):
            self.transcript.handle_event(event)

    def _enter(self, phase: Phase) -> None:
        self._phase = phase
        if phase is not Phase.LOADING:
            self._dead = False
            self.ready.emit()

    def _hand_over(self, phase: TurnPhase) -> None:
        self._floor = phase
        if phase in _VOICE:
            self.lived.emit()
        elif self._listens and phase in (TurnPhase.THINKING, TurnPhase.SPEAKING):
            self._listens = False
