"""The window: its parts, made and connected; what arrives for it is shown by `arrivals`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QCloseEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from agent.commands import Reload
from agent.engines.choice import chosen_server
from agent.memory.history import History
from agent.models.catalog import Model
from agent.settings import Settings
from desktop.conversation.chats.chat_list import ChatList
from desktop.conversation.find.chat_search import ChatSearch
from desktop.conversation.panel import ConversationPanel
from desktop.inspector.panel import InspectorPanel
from desktop.session.facts import FactBoard
from desktop.session.session import PRIVATE, Session
from desktop.session.sharing.channel import Processes
from desktop.session.unsent_texts import UnsentTexts
from desktop.voice.shortcut import TalkKey
from desktop.widgets import icons
from desktop.widgets.announcing import announce
from desktop.widgets.reading_order import read_in_order
from desktop.window.actions import Actions
from desktop.window.around import Around
from desktop.window.arrivals import Arrivals
from desktop.window.asking.next_questions import NextQuestions
from desktop.window.commands.shortcuts import WindowCommands
from desktop.window.commands.types import Targets
from desktop.window.dialogs import Dialogs
from desktop.window.layout import WindowLayout, chain, name_parts
from desktop.window.microphone import Microphone
from desktop.window.outside.answer_notice import AnswerNotice
from desktop.window.outside.import_chats import ChatImport
from desktop.window.panels import Panels, column_of
from desktop.window.panes import Panes
from desktop.window.presence import Presence
from desktop.window.screens import ScreenWatch
from desktop.window.state import (
    OtherWindow,
    Remembered,
    keep,
    keep_on_screen,
    place,
    recall,
)
from desktop.window.status_line import StatusLine
from desktop.window.warmup import Warmup
from desktop.window.welcome import Welcome
from desktop.window.wiring import wire, wire_talking

_DRAFT_MS = 1500
"""So long after the last letter the unsent words are kept, should the program end badly."""


class Window(QMainWindow):
    """`closing` is emitted once, when the user closes it; `announced` carries what is read out.

    `activated` comes when the user goes to it, `begun` when mind and ears were started.
    """

    closing = Signal()
    activated = Signal()
    begun = Signal()
    announced = Signal(str)

    def __init__(
        self,
        settings: Settings,
        settings_file: Path,
        memory_file: Path,
        history: Callable[[], History],
        children: Processes,
        *,
        around: Around | None = None,
    ) -> None:
        super().__init__()
        self._children, self._memory_file = children, memory_file
        self._around = around or Around()
        remembered = recall(memory_file)
        drafts = remembered.drafts if self._around.drafts is None else self._around.drafts
        unsent = UnsentTexts(memory_file.parent / "unsent")
        self.session = Session(history, children.tell_mind, drafts, self._around.number, unsent)
        chats, middle, side = (
            ChatList(history),
            ConversationPanel(self.session.pictures, self.session.texts),
            InspectorPanel(),
        )
        panels = Panels(chats, middle, side)
        self.parts = WindowLayout(chats, middle, side, StatusLine(), panels, FactBoard())
        self.actions_ = Actions(
            self.parts, self.session, children, settings, settings_file, around=self._around
        )
        self.presence = Presence(self.parts)
        self.microphone = Microphone(
            self.parts, self.actions_, self.presence, children.tell_ears, remembered.explained
        )
        self.dialogs = Dialogs(self, self.actions_, children)
        self.next_questions = NextQuestions(self.parts, self.session, self.actions_)
        self.welcome = Welcome(
            self, self.parts, self.actions_, children.tell_ears, welcomed=remembered.welcomed
        )
        self.chat_import = ChatImport(self.parts, history)
        self._notice = AnswerNotice(self)
        self._hold = TalkKey(self, middle.composer.talk)
        self.search = ChatSearch(middle, self.session, self.actions_.load_all, self.announce)
        self.arrivals = Arrivals(
            self,
            self.parts,
            self.session,
            actions=self.actions_,
            presence=self.presence,
            dialogs=self.dialogs,
            children=children,
            refresh=self.refresh,
            announce=self.announce,
            title_changed=self._show_title,
        )
        self._lay_out(remembered)
        self._connect()
        self.commands = WindowCommands(
            Targets(
                self,
                self.parts,
                self.session,
                self.actions_,
                self.microphone,
                self.dialogs,
                self.search,
                Panes(self.parts, self.announce),
                self.announce,
                self.chat_import,
                self.welcome,
            )
        )
        self.microphone.begin(remembered.muted, self.remember)
        self.follow(settings)
        self._show_chat()

    def follow(self, settings: Settings) -> None:
        """Show what the settings say."""
        middle = self.parts.conversation
        middle.header.set_voice(settings.speak_answers)
        middle.captions.set_wanted(settings.captions)
        self.microphone.follow(settings)
        self._hold.set_key(settings.hold_key)
        self.commands.follow(settings)
        self.parts.inspector.times.set_wanted(settings.show_timings)
        middle.header.switch.show_settings(settings)
        middle.empty.show_profile(settings.profile)
        self.actions_.tell_kept()
        middle.transcript.redress()

    def announce(self, text: str) -> None:
        """Let a screen reader say it."""
        if text:
            self.announced.emit(text)
            announce(self, text)

    def refresh(self) -> None:
        """Show the transcript as it is now."""
        transcript, middle = self.session.transcript, self.parts.conversation
        middle.show_conversation(len(transcript) > 0)
        middle.transcript.refresh(transcript, self.presence.doing())
        middle.composer.set_answering(transcript.answering is not None)

    def begin(self) -> None:
        """Start the children; where models are missing, after they were fetched."""
        from desktop.setup.first_run import FirstRun

        keep_on_screen(self)
        ScreenWatch(self)
        page = FirstRun(parent=self, server=chosen_server(self.actions_.settings))
        if not page.needed:
            page.deleteLater()
            self._start()
            self.welcome.offer()
            return
        self.closing.connect(page.stop)
        page.fetching.connect(self.parts.facts.set_fetching)
        for ready in (page.done, page.later):
            ready.connect(self._begin_or_renew)
        page.done.connect(lambda: self._look_for_better(page.from_network))
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def _start(self) -> None:
        self._children.start()
        self.begun.emit()

    def _begin_or_renew(self) -> None:
        """Start mind and ears; where they run without some models, let them take those up."""
        if self._stack.currentWidget() is not self.parts.panels:
            self._start()
            self.show_panels()
            self.welcome.offer()
            return
        self._children.revive("ears")
        self._children.tell_mind(Reload())  # after the answer that may be on its way

    def _look_for_better(self, allowed: bool) -> None:
        """Offer a better model, where the user let models be fetched from the network."""
        from desktop.setup.better_offer import BetterOffer, offer_text

        def tell(model: Model) -> None:
            ways = [(self.tr("Models…"), self.dialogs.open_models)]
            if self.welcome.noted:  # there is one note at a time: what it offered goes on here
                ways.append((self.tr("Three things to try…"), self.welcome.open_steps))
            self.parts.conversation.notice(*offer_text(model), ways)

        if allowed:
            offer = BetterOffer(self)
            offer.found.connect(tell, Qt.ConnectionType.QueuedConnection)
            offer.look()

    def show_panels(self) -> None:
        """Show chats, conversation and side panel."""
        self._stack.setCurrentWidget(self.parts.panels)
        self.parts.conversation.composer.focus_text()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Listen to the key that is held to talk."""
        super().showEvent(event)
        self._hold.watch()
        self.microphone.rest(False)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Whoever leaves the window stops talking to it."""
        super().changeEvent(event)
        if event.type() != QEvent.Type.ActivationChange:
            return
        if self.isActiveWindow():
            self.activated.emit()
        else:
            self._hold.let_go()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Remember, then let the children end; or stay in the tray."""
        self.remember()
        if self._around.stays():
            event.ignore()
            self.rest()
            return
        self.hide()
        self.dialogs.close_work()
        self.closing.emit()
        event.accept()

    def rest(self) -> None:
        """Stay without being seen: nothing is heard or looked at then."""
        self.hide()
        self.microphone.rest(True)
        self.actions_.look(False)

    def join(self) -> None:
        """Show what stands: mind and ears run already, for another window."""
        keep_on_screen(self)
        self.parts.chats.reload()
        self.parts.conversation.composer.focus_text()

    def go_on_with(self, session: Session) -> None:
        """Show the chat of another session, with the answer that is on its way there."""
        self.session.take_over(session)
        self._show_chat()

    @property
    def other(self) -> OtherWindow:
        """What is kept of it while another window is the first."""
        chat = self.session.chat
        kept = None if chat == PRIVATE else chat
        return OtherWindow(bytes(self.saveGeometry().data()), kept)

    def remember(self) -> None:
        """Keep place, panels and unsent words."""
        draft = self.parts.conversation.composer.draft
        self.session.draft = self.next_questions.with_waiting(draft)
        self.session.unsent_texts = self.next_questions.with_waiting_texts()
        chats, side = self.parts.panels.wanted
        geometry, drafts = bytes(self.saveGeometry().data()), dict(self.session.drafts)
        kept = Remembered(
            geometry,
            chats,
            side,
            drafts,
            *self.microphone.remembered,
            self.parts.panels.widths,
            self.parts.chats.pinned,
            self.welcome.welcomed,
            self._around.others(),
        )
        try:
            keep(kept, self._memory_file)
        except OSError as error:
            message = self.tr("The unsent words cannot be kept: {reason}.")
            self.parts.conversation.notice(
                message.format(reason=error.strerror or error), self.tr("Check the disk.")
            )

    def _show_chat(self) -> None:
        """Another chat was opened."""
        self.search.reset()
        middle, transcript = self.parts.conversation, self.session.transcript
        self.actions_.tell_kept()
        middle.clear_notice()
        self.parts.inspector.clear(camera=bool(self.actions_.camera))
        middle.show_conversation(len(transcript) > 0)
        middle.transcript.show_transcript(transcript, self.presence.doing())
        middle.composer.set_editing(False)
        middle.composer.set_draft(self.session.draft, texts=self.session.unsent_texts)
        middle.composer.set_answering(transcript.answering is not None)
        self.parts.chats.set_current(self.session.chat)
        self._show_title()
        middle.composer.focus_text()

    def _show_found(self, chat: int, turn: str, typed: str) -> None:
        """Go to the turn in which a search of all chats found the words, and mark them."""
        if self.actions_.open_turn(chat, turn):
            self.search.open(typed, turn)

    def _show_title(self) -> None:
        self.parts.conversation.header.set_title(
            title := self.tr("Private chat")
            if self.session.private
            else self.parts.chats.title_of(self.session.chat)
        )
        self.setWindowTitle(f"{title} · Candor" if title else "Candor")

    def _order_tabs(self) -> None:
        chain([*self.parts.chats.stops(), *self.parts.conversation.stops()])
        if QAccessible.isActive():
            read_in_order(self)

    def _lay_out(self, remembered: Remembered) -> None:
        self.setWindowIcon(icons.app_icon())
        self._stack = QStackedWidget()
        self._stack.addWidget(self.parts.panels)
        whole = column_of(self._stack, self.parts.status)
        self.setCentralWidget(whole)
        name_parts(self.parts)
        place(self, remembered.geometry)
        self.parts.panels.set_wanted(remembered.chats_open, remembered.side_open)
        self.parts.panels.set_widths(*remembered.widths)
        self.parts.chats.pinned = remembered.pinned

    def _connect(self) -> None:
        parts, actions = self.parts, self.actions_
        # In this order: what follows looks at the transcript as the window has made it.
        followers = (self.next_questions.follow, self._notice.follow, self.welcome.follow)
        for follow in (self.arrivals.handle_event, *followers):
            self._children.arrived.connect(follow)
        actions.moved.connect(self.refresh)
        actions.opened.connect(self._show_chat)
        actions.elsewhere.connect(lambda: parts.chats.set_current(self.session.chat))
        actions.opened.connect(self.next_questions.show_chat)
        self.microphone.announced.connect(self.announce)
        actions.settings_changed.connect(self.follow)
        self._drafting = QTimer(self, singleShot=True, interval=_DRAFT_MS)
        self._drafting.timeout.connect(self.remember)
        parts.conversation.composer.changed.connect(lambda _: self._drafting.start())
        parts.conversation.composer.attached_changed.connect(self._drafting.start)
        parts.conversation.composer.attached_changed.connect(self._order_tabs)
        parts.conversation.composer.announced.connect(self.announce)
        parts.chats.announced.connect(self.announce)
        parts.chats.pins_changed.connect(self.remember)
        parts.chats.turn_opened.connect(self._show_found)
        for peopled in (parts.conversation.transcript.peopled, parts.conversation.notice_changed):
            peopled.connect(self._order_tabs)
        wire(parts, actions)
        wire_talking(parts, actions, self.presence, self.microphone, self.dialogs)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        QTimer.singleShot(0, self, parts.chats.reload)
        QTimer.singleShot(0, self, self._order_tabs)
        QTimer.singleShot(0, self, lambda: Warmup(self))
