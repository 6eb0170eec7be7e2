"""The address of a server that answers: it is tried, and only then used."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from agent.engines.server_trial import try_server
from agent.settings import Settings
from desktop import theme
from desktop.i18n.messages import sentences
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label
from perception.types import UserError

_MOST = 2000


@dataclass(frozen=True, slots=True)
class TriedServer:
    """What came of a trial: the model that answers there, or why none does."""

    engine: str
    address: str
    model: str = ""
    error: UserError | None = None


class ServerField(QWidget):
    """A line, a button that tries it, and the result. `passed` carries a server that works."""

    passed = Signal(object)
    _ended = Signal(object)

    def __init__(self, settings: Callable[[], Settings], example: str) -> None:
        super().__init__()
        self._settings = settings
        self._wanted = ""
        self._running: TriedServer | None = None
        self.line = QLineEdit(settings().dialogue_server, maxLength=_MOST)
        self.line.setPlaceholderText(example)
        self.line.editingFinished.connect(self._edited)
        self.setFocusProxy(self.line)
        self.button = QPushButton(self.tr("Try it"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.start)
        self._sign, self._words = Glyph(""), label()
        row = QHBoxLayout()
        row.setSpacing(theme.gap(2))
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        result = QHBoxLayout()
        result.setSpacing(theme.gap(2))
        result.addWidget(self._sign)
        result.addWidget(self._words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap())
        column.addLayout(row)
        column.addLayout(result)
        self._say("", self.tr("It is used once it was tried and has answered."))
        self._ended.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def text(self) -> str:
        """What is said of the trial."""
        return self._words.text()

    @property
    def running(self) -> bool:
        """Whether a trial is under way."""
        return self._running is not None

    def want(self, engine: str) -> None:
        """This engine is to answer, from a server that has still to be tried."""
        self._wanted = engine
        if self.line.text().strip():
            self.start()
        else:
            self._say("info", self.tr("Write its address. Until it was tried, nothing changes."))
            self.line.setFocus()

    def leave(self) -> None:
        """No server is wanted any more; what a trial still finds counts for nothing."""
        self._wanted, self._running = "", None
        self.button.setEnabled(True)
        self._say("", self.tr("It is used once it was tried and has answered."))

    def start(self) -> None:
        """Try the address, in a thread of its own."""
        address, settings = self.line.text().strip(), self._settings()
        engine = self._wanted or settings.dialogue_engine
        trial = TriedServer(engine, address)
        if not (engine and address) or trial == self._running:
            return
        self._running = trial
        self.button.setEnabled(False)
        self._say("", self.tr("Trying {address}…").format(address=address))
        threading.Thread(
            target=self._try, args=(settings, trial), name="try-server", daemon=True
        ).start()

    def _edited(self) -> None:
        address, settings = self.line.text().strip(), self._settings()
        known = address == settings.dialogue_server and not self._wanted
        if not known:
            self.start()

    def _try(self, settings: Settings, trial: TriedServer) -> None:
        engine, address = trial.engine, trial.address
        try:
            done = TriedServer(engine, address, try_server(settings, engine, address))
        except UserError as error:
            done = TriedServer(engine, address, error=error)
        with suppress(RuntimeError):  # the page was closed meanwhile
            self._ended.emit(done)

    def _take(self, done: TriedServer) -> None:
        if self._running != TriedServer(done.engine, done.address):
            return  # another address was written, or no server is wanted any more
        self._running = None
        self.button.setEnabled(True)
        if done.error is not None:
            failed = self.tr("Nothing was changed.")
            self._say("triangle-alert", " ".join((*sentences(done.error.notice), failed)))
            return
        self._wanted = ""
        self._say("check", self.tr("It answers with {model}.").format(model=done.model))
        self.passed.emit(done)

    def _say(self, sign: str, words: str) -> None:
        self._sign.setVisible(bool(sign))
        self._sign.set_name(sign, "warn" if sign == "triangle-alert" else "accent")
        self._words.setText(words)
        theme.set_kind(self._words, "" if sign else "caption")
