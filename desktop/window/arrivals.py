"""What mind and ears tell, shown in the parts of a window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from agent.events import (
    Appealed,
    Asked,
    AssistantState,
    Called,
    Caption,
    CausesMeasured,
    Closed,
    Failed,
    Kept,
    Learned,
    PartialTranscript,
    Preview,
    Rang,
    Ready,
    Recent,
    Reply,
    Running,
    Sentence,
    Undone,
    WordList,
)
from agent.markdown.plain import plain
from agent.types import Ended, Phase
from desktop.conversation.model_errors import steps
from desktop.i18n.messages import headline, next_step, sentences
from desktop.session.children import (
    GaveUp,
    Restarting,
    Stalled,
)
from desktop.session.session import Session
from desktop.session.sharing.channel import Processes
from desktop.window.actions import Actions
from desktop.window.dialogs import Dialogs
from desktop.window.layout import WindowLayout
from desktop.window.notices import show_child, show_learned
from desktop.window.presence import Presence
from desktop.window.rings import Rings
from desktop.window.turn_announcer import TurnAnnouncer
from perception.audio.ipc.messages import (
    Devices,
    Level,
    Recorded,
    Tried,
    Trouble,
    TurnState,
    Viseme,
)


class Arrivals(QObject):
    """Shows what arrives. `refresh` shows the transcript as it is, `announce` reads out.

    `title_changed` is called when the chat may have another title.
    """

    def __init__(
        self,
        window: QWidget,
        parts: WindowLayout,
        session: Session,
        *,
        actions: Actions,
        presence: Presence,
        dialogs: Dialogs,
        children: Processes,
        refresh: Callable[[], None],
        announce: Callable[[str], None],
        title_changed: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._parts, self._session, self._actions = parts, session, actions
        self._presence, self._dialogs, self._children = presence, dialogs, children
        self._refresh, self._announce, self._title_changed = refresh, announce, title_changed
        self._rings = Rings(window, parts.conversation)
        self.progress = TurnAnnouncer(announce, window)

    def handle_event(self, event: object) -> None:
        """The one place where events arrive."""
        if not self._of_a_turn(event) and not self._of_sound(event):
            self._of_the_rest(event)

    def _of_a_turn(self, event: object) -> bool:
        match event:
            case AssistantState(phase, turn, told):
                self._actions.set_aloud(turn if phase is Phase.SPEAKING else "")
                self._show_phase(phase, sentences(told)[0] if told else "")
            case Asked():
                self._show_asked(event)
            case Kept():
                self._show_kept(event)
            case Sentence():
                self._show_sentence(event)
            case CausesMeasured():
                self._show_causes(event)
            case Called() | Undone() | Running() | Rang():
                self._take_tools(event)
            case Appealed():
                self._show_appealed(event)
            case Reply():
                self._show_reply(event)
            case Failed():
                self._show_failure(event)
            case _:
                return False
        return True

    def _of_sound(self, event: object) -> bool:
        match event:
            case TurnState() | Viseme() | PartialTranscript() | Caption():
                self._presence.handle_event(event)
            case Level():
                self._presence.handle_event(event)
                self._dialogs.handle_event(event)
            case Devices(microphone=name):
                self._presence.set_microphone(name)
                self._dialogs.handle_event(event)
            case Tried() | Recorded():
                self._dialogs.handle_event(event)
            case Trouble(told):
                message, hint = sentences(told)
                self._dialogs.handle_event(event)
                self._parts.conversation.notice(message, hint)
                self._announce(f"{message} {hint}")
            case _:
                return False
        return True

    def _of_the_rest(self, event: object) -> None:
        match event:
            case Ready():
                self._parts.facts.set_ready(event)
            case Preview():
                if self._actions.camera:
                    self._parts.inspector.show_preview(event)
            case Recent() | WordList():
                self._dialogs.handle_event(event)
            case Learned():
                self._dialogs.handle_event(event)
                middle, tell = self._parts.conversation, self._children.tell_mind
                self._announce(show_learned(event, middle, tell))
            case Stalled() | Restarting() | GaveUp():
                self._show_child(event)
            case Closed():
                self._parts.facts.set_loading("")

    def _show_child(self, event: Stalled | Restarting | GaveUp) -> None:
        if event == Restarting("mind"):
            self._show_phase(Phase.LOADING, self.tr("Starting again"))
        elif not isinstance(event, Stalled) and event.name == "ears":
            self._presence.set_microphone("")
        elif isinstance(event, GaveUp):
            self._parts.facts.set_loading("")
            self._parts.facts.set_ready(None)
        middle, models = self._parts.conversation, self._dialogs.open_models
        show_child(event, middle, self._children, models)

    def _show_kept(self, event: Kept) -> None:
        new = self._session.chat is None
        if self._session.handle_event(event) and new:
            # The chat is there now, though its answer may wait for a model.
            self._parts.chats.set_current(self._session.chat)
            self._parts.chats.reload()

    def _show_sentence(self, event: Sentence) -> None:
        if self._session.handle_event(event):
            self.progress.handle_event(event)
            self._refresh()
            self._announce(plain(event.text))

    def _show_failure(self, event: Failed) -> None:
        message, hint = sentences(event.told)
        if event.turn and self._session.handle_event(event):
            self._say_once(message)
        else:
            self._actions.camera_failed(event.told)
            self._actions.bring()
            if not self._is_shown(message):
                ways = steps(event.told, self._dialogs.open_models)
                self._parts.conversation.notice(message, hint, ways, failure=True)
        self._refresh()
        self._announce(f"{message} {hint}")

    def _say_once(self, message: str) -> None:
        """What an answer says of its failure need not stand above the composer too."""
        if self._parts.conversation.noticed == message:
            self._parts.conversation.clear_notice()

    def _is_shown(self, message: str) -> bool:
        newest = self._session.transcript.newest
        failed = newest.failed if newest is not None else None
        return failed is not None and sentences(failed.told)[0] == message

    def _show_appealed(self, event: Appealed) -> None:
        transcript = self._session.transcript
        transcript.appeal(event.turn, event.wrong)
        if (turn := transcript.get(event.turn)) is not None:
            self._parts.inspector.show_end(turn)
        self._dialogs.show_appeals()
        self._refresh()
        kept = self.tr("Kept: this decision was wrong.")
        self._announce(kept if event.wrong else self.tr("No longer marked as wrong."))

    def _take_tools(self, event: Called | Undone | Running | Rang) -> None:
        match event:
            case Running(items):
                self._parts.conversation.running.show_items(items)
            case Rang():
                self._announce(self._rings.show(event))
            case _ if self._session.handle_event(event):
                self._refresh()

    def _show_asked(self, event: Asked) -> None:
        known = self._session.handle_event(event)
        if event.heard is not None:
            if event.pictures or event.texts:
                self._actions.let_go(event.turn)
            self._parts.conversation.captions.show_heard("")
        self._parts.chats.set_current(self._session.chat)
        self._parts.chats.reload()
        if not known:
            return
        self.progress.handle_event(event)
        self._title_changed()
        turn = self._session.transcript.get(event.turn)
        if turn is not None and turn.pictures:
            self._parts.inspector.show_picture(turn.pictures[0], event.scene)
        self._refresh()

    def _show_reply(self, event: Reply) -> None:
        if self._session.handle_event(event):
            self.progress.handle_event(event)
            self._refresh()
            if (turn := self._session.transcript.get(event.turn)) is not None:
                self._parts.inspector.show_end(turn)
        elif event.ended is Ended.FAILED and not self._parts.conversation.noticed:
            self._parts.conversation.notice(headline(event.why), next_step(event.why), failure=True)
        self._parts.conversation.captions.show_spoken("")
        self._parts.inspector.times.show_timings(event.timings_ms)

    def _show_causes(self, event: CausesMeasured) -> None:
        known = self._session.handle_event(event)
        turn = self._session.transcript.get(event.turn)
        if known and turn is not None:
            problem = " ".join(sentences(event.problem)).strip() if event.problem else ""
            self._parts.inspector.show_causes(turn, event.done, problem)

    def _show_phase(self, phase: Phase, note: str) -> None:
        loading = phase is Phase.LOADING
        self._parts.facts.set_loading((note or self.tr("Loading the models")) if loading else "")
        self._presence.set_phase(phase)
        self._refresh()
