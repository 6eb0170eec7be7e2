"""What the user does, as commands to mind and ears: every wish leaves the window here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox

from agent.commands import Apply, CancelDue, SayAgain, SetCamera, Undo
from agent.engines.registry import dialogue_engines
from agent.markdown.parsing import may_open
from agent.settings import Settings, limits, save
from agent.speech.command_phrases import spelled, to_spell
from desktop.codes import DesktopCode
from desktop.conversation.model_errors import steps
from desktop.i18n.messages import sentences
from desktop.session import intents
from desktop.session.children import Children
from desktop.session.facts import FactBoard
from desktop.session.session import PRIVATE, Session
from desktop.session.stored import seen_in
from desktop.widgets.plain_text import tip
from desktop.widgets.reading_order import read_in_order
from desktop.window.consent import ask_to_keep
from desktop.window.layout import WindowLayout
from perception.audio.ipc.messages import Flush, SetMic
from perception.types import UserError

_FIRST_CAMERA = "camera:0"
_LONG = 400


class Actions(QObject):
    """`moved` after the transcript changed by hand, `opened` after another chat was opened.

    `talking` tells whether the microphone is wanted; `settings_changed` carries new settings;
    `models_wanted` asks for the Models page.
    """

    moved = Signal()
    opened = Signal()
    talking = Signal(bool)
    settings_changed = Signal(object)
    models_wanted = Signal()

    def __init__(
        self,
        parts: WindowLayout,
        session: Session,
        children: Children,
        settings: Settings,
        settings_file: Path,
    ) -> None:
        super().__init__(parts.conversation)
        self._parts, self._session, self._children = parts, session, children
        self.settings, self._settings_file = settings, settings_file
        self.camera = ""
        self._brought = False
        self._aloud = self._silenced = ""

    @property
    def facts(self) -> FactBoard:
        """What the window may speak of."""
        return self._parts.facts

    def wish(self, wish: intents.Wish) -> None:
        """Do what was asked of a turn."""
        match wish:
            case intents.Explain(turn, evidence):
                self.explain(turn, evidence)
            case intents.Regenerate(turn):
                self._session.again(turn)
                self.moved.emit()
            case intents.Edit(turn):
                self.edit(turn)
            case intents.SpeakAgain(turn):
                self.stop()
                self._children.tell_mind(SayAgain(turn))
            case intents.Pace(turn, by):
                self.pace(turn, by)
            case intents.Spell(turn):
                self.spell(turn)
            case intents.Rate(turn, good, corrected):
                self._rate_once_agreed(turn, good, corrected)
            case _:
                self._small_wish(wish)

    def _small_wish(self, wish: intents.Wish) -> None:
        match wish:
            case intents.ShowPicture(turn, index):
                self._show_picture(turn, index)
            case intents.Follow(address):
                self._follow(address)
            case intents.Undo(turn):
                self._children.tell_mind(Undo(turn))
            case intents.ShowModels():
                self.models_wanted.emit()
            case intents.GoOn(turn):
                if self._session.go_on(turn):
                    self.moved.emit()
            case intents.ShowVersion(turn):
                self._show_version(turn)
            case intents.UseClipboard():
                self._use_clipboard()

    def _show_version(self, turn: str) -> None:
        if self.guarded(lambda: self._session.choose_version(turn)):
            self.opened.emit()
            self._parts.conversation.transcript.reveal(turn)

    def cancel_due(self, due: int) -> None:
        """Stop a timer, alarm or reminder."""
        self._children.tell_mind(CancelDue(due))

    def _use_clipboard(self) -> None:
        composer = self._parts.conversation.composer
        text = QGuiApplication.clipboard().text()
        composer.set_draft("\n".join(filter(None, (composer.draft, text))))
        composer.focus_text()

    def _rate(self, turn: str, good: bool | None, corrected: str) -> None:
        self._session.rate(turn, good, corrected)
        self.moved.emit()

    def _rate_once_agreed(self, turn: str, good: bool | None, corrected: str) -> None:
        """Nothing is kept before the user has agreed to it, once."""

        def decided(agreed: bool) -> None:
            if agreed:
                self.apply(replace(self.settings, keep_marks=True))
                self._rate(turn, good, corrected)
            else:
                self.moved.emit()

        if self.settings.keep_marks:
            self._rate(turn, good, corrected)
        else:
            ask_to_keep(self._parts.conversation, decided)

    def forget_mark(self, turn: str) -> None:
        """The user takes back what was said of an answer, shown here or not."""
        self._rate(turn, None, "")

    def open_chat(self, chat: int | None) -> None:
        """Go to a chat, or begin a new one."""
        self._session.draft = self._parts.conversation.composer.draft
        if self.guarded(lambda: self._session.open(chat)):
            self.opened.emit()

    def open_private(self) -> None:
        """Begin a chat that is nowhere on disk."""
        self.open_chat(PRIVATE)

    def forget_all(self) -> None:
        """All chats were deleted: nothing of them stays in the window."""
        self._parts.conversation.composer.set_draft("")
        self._session.drafts.clear()
        self._parts.chats.reload()
        self.open_chat(None)

    def tell_kept(self) -> None:
        """What becomes of the open chat, for all who say so."""
        self.facts.set_kept(private=self._session.private, keep_days=self.settings.keep_days)

    def load_older(self) -> None:
        """More of the chat, from before what is loaded."""
        if self.guarded(self._session.load_older):
            self.moved.emit()

    def load_all(self) -> None:
        """All of the chat, to search in it."""
        if self.guarded(self._session.load_all):
            self.moved.emit()

    def open_turn(self, chat: int, turn: str) -> bool:
        """Go to a turn of a chat; False where it is not there."""
        if chat != self._session.chat:
            self.open_chat(chat)
        if self._session.chat != chat or not self.guarded(lambda: self._session.load_until(turn)):
            return False
        self.moved.emit()
        self._parts.conversation.transcript.reveal(turn)
        return True

    def ask(self, text: str, pictures: tuple[bytes, ...] = ()) -> None:
        """Ask a question in the open chat."""
        middle = self._parts.conversation
        middle.clear_notice()
        self._session.ask(text, pictures)
        self._session.draft = ""
        middle.composer.set_editing(False)
        self.moved.emit()
        middle.transcript.go_down()

    def edit(self, turn: str) -> None:
        """Put a question into the composer; sending it replaces the old one."""
        known = self._session.transcript.get(turn)
        if known is None:
            return
        self._session.editing = turn
        composer = self._parts.conversation.composer
        composer.set_draft(known.asked, self._session.pictures(known))
        composer.set_editing(True)
        composer.focus_text()

    def edit_last(self) -> None:
        """Put the last question into the composer, where it is answered."""
        newest = self._session.transcript.newest
        if newest is not None and newest.ended is not None and newest.asked:
            self.edit(newest.id)

    def cancel_edit(self) -> None:
        """Leave the old question as it is."""
        self._session.editing = None
        self._parts.conversation.composer.set_editing(False)
        self._parts.conversation.composer.set_draft("")

    def explain(self, turn: str, evidence: int | None = None) -> None:
        """Show why an answer is as it is."""
        known = self._session.transcript.get(turn)
        if known is None:
            return
        self._parts.panels.show_side(True)
        if pictures := self._session.pictures(known):
            self._parts.inspector.show_picture(pictures[0], seen_in(known))
        self._parts.inspector.show_turn(known, evidence)

    def escape(self) -> None:
        """End what is going on: talking, then the voice, then the answer, then editing."""
        talk = self._parts.conversation.composer.talk
        if talk.live:
            talk.discard()
        elif self._aloud and self._aloud != self._silenced:
            self._silenced = self._aloud
            self._session.silence(self._aloud)
        elif not self.stop() and self._session.editing is not None:
            self.cancel_edit()

    def set_aloud(self, turn: str) -> None:
        """The answer of this turn is being read aloud; empty for none."""
        self._aloud = turn

    def stop(self) -> bool:
        """Silence at once, and no more of this answer."""
        self._children.tell_ears(Flush())
        return self._session.stop()

    def speak(self, text: str) -> None:
        """Read the reasons of an answer out."""
        self.stop()
        self._children.tell_mind(SayAgain("", text))

    def pace(self, turn: str, by: float) -> None:
        """Read an answer out again, faster or slower from now on."""
        slowest, fastest = limits("speech_rate")
        rate = round(min(fastest, max(slowest, self.settings.speech_rate + by)), 1)
        self.stop()
        self.apply(replace(self.settings, speech_rate=rate))
        self._children.tell_mind(SayAgain(turn))

    def spell(self, turn: str) -> None:
        """Spell the name in an answer, or its longest word."""
        known = self._session.transcript.get(turn)
        if known is not None and (word := to_spell(known.answer)):
            self.stop()
            self._children.tell_mind(SayAgain(turn, spelled(word)))

    def talk(self, on: bool) -> None:
        """Open or close the microphone; whoever begins to talk is not talked over."""
        if on:
            self.stop()
            self.bring()
        self._children.tell_ears(SetMic(on))
        self.talking.emit(on)

    def bring(self) -> None:
        """Tell what waits in the composer for a spoken turn; there it stays until a turn has it."""
        composer = self._parts.conversation.composer
        attached = composer.attached
        may_be_spoken = composer.talk.on or composer.talk.hands_free
        if (attached and may_be_spoken) or self._brought:
            self._brought = bool(attached)
            self._session.wait_with(attached)

    def let_go(self, turn: str) -> None:
        """A spoken turn is on disk with pictures: they are shown there, and wait no longer."""
        composer = self._parts.conversation.composer
        waiting = composer.attached
        self.guarded(lambda: composer.let_go(self._session.illustrate(turn, waiting)))

    def discard_talk(self) -> None:
        """Close the microphone and throw away what it heard; what was attached stays."""
        self._children.tell_ears(SetMic(False, discard=True))
        self.talking.emit(False)

    def look(self, on: bool) -> None:
        """Switch the camera on or off."""
        self.look_through((self.settings.camera or _FIRST_CAMERA) if on else "")

    def look_through(self, source: str) -> None:
        """Look through this source; empty is off."""
        if source == self.camera:
            return
        self.camera = source
        self._parts.facts.set_camera(source)
        self._children.tell_mind(SetCamera(source))
        self._parts.inspector.preview.set_source(source)
        self._parts.conversation.composer.camera.setChecked(bool(source))
        if source:
            self._parts.panels.show_side(True)

    def read_aloud(self, on: bool) -> None:
        """Whether answers are spoken."""
        if not on:
            self._children.tell_ears(Flush())
        self.apply(replace(self.settings, speak_answers=on, speak_to_voice=on))

    def choose_profile(self, name: str) -> None:
        """Answer for another field of use."""
        self.apply(replace(self.settings, profile=name))

    def choose_model(self, model: str) -> None:
        """Let this model of the catalogue answer, on this computer; empty leaves the choice."""
        engine = self.settings.dialogue_engine
        away = any(each.name == engine and each.needs_server for each in dialogue_engines())
        changed = replace(self.settings, dialogue_model=model)
        self.apply(replace(changed, dialogue_engine="") if away else changed)

    def apply(self, settings: Settings) -> None:
        """Save settings, and let everyone follow them."""
        if settings == self.settings:
            return
        self.settings = settings
        if self.guarded(lambda: self._save(settings)):
            self._children.tell_mind(Apply())
        self.settings_changed.emit(settings)

    def guarded(self, do: Callable[[], object]) -> bool:
        """Whether it could be done; what the user can mend is said."""
        try:
            return do() is not False
        except UserError as error:
            ways = steps(error.notice, self.models_wanted.emit)
            self._parts.conversation.notice(*sentences(error.notice), ways, failure=True)
            return False

    def _save(self, settings: Settings) -> None:
        try:
            save(settings, self._settings_file)
        except OSError as error:
            raise UserError(
                DesktopCode.SETTINGS_NOT_SAVED, reason=error.strerror or error
            ) from error

    def _show_picture(self, turn: str, index: int) -> None:
        known = self._session.transcript.get(turn)
        if known is not None:
            self._parts.panels.show_side(True)
            self._parts.inspector.show_picture(self._session.pictures(known)[index], seen_in(known))

    def _follow(self, address: str) -> None:
        """Open a link in the browser, after showing where it really goes."""
        url = QUrl(address)
        if not (url.isValid() and may_open(address)):
            message = self.tr("This link is not opened: {address}").format(address=address[:_LONG])
            self._parts.conversation.notice(message, self.tr("Only web and mail links are."))
            return
        box = QMessageBox(self._parts.conversation)
        box.setWindowTitle(self.tr("Open a link"))
        box.setText(self.tr("Open this page in your browser?"))
        # As it is sent, so that no letter of it looks like another one.
        box.setInformativeText(tip(url.toString(QUrl.ComponentFormattingOption.FullyEncoded)))
        leave = box.addButton(self.tr("Open"), QMessageBox.ButtonRole.AcceptRole)
        copy = box.addButton(self.tr("Copy address"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        read_in_order(box)
        box.exec()
        if box.clickedButton() is leave:
            QTimer.singleShot(0, lambda: QDesktopServices.openUrl(url))
        elif box.clickedButton() is copy:
            QGuiApplication.clipboard().setText(url.toString())
