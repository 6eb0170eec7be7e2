"""Training: from examples, from one's voice, and what came of it. It goes on while closed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.processes import training_events as events
from desktop.session.training import Trainer
from desktop.training.adapters_page import AdaptersPage
from desktop.training.examples_page import ExamplesPage
from desktop.training.voice_page import VoicePage
from desktop.widgets import icons
from desktop.widgets.scrolling import ScrollPage

EXAMPLES, VOICE, TRAINED = range(3)


class TrainingDialog(QDialog):
    """`changed` when another adapter is on. `start` is what runs in place of `candor train`."""

    changed = Signal()

    def __init__(
        self,
        data: Path,
        language: str,
        parent: QWidget | None = None,
        start: Sequence[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Training"))
        self.work = Trainer(data / "logs" / "training.log", start, self)
        self.task = Trainer(data / "logs" / "adapters.log", start, self)
        self.examples = ExamplesPage(self.work, data / "history.db")
        self.voice = VoicePage(data / "voice", self.work, language)
        self.trained = AdaptersPage(self.task)
        self.work.told.connect(self._take)
        self.work.ended.connect(self._end)
        self._owner: ExamplesPage | VoicePage = self.examples
        for page in (self.examples, self.voice):
            page.switch_wanted.connect(self._switch)
        self.trained.changed.connect(self.changed)
        self.trained.go_on.connect(self._go_on)
        self.task.told.connect(self._offer)
        self._names = QListWidget()
        self._pages = QStackedWidget()
        self._lay_out()

    def show_page(self, index: int) -> None:
        """Open one of the three."""
        self._names.setCurrentRow(index)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Read what there is."""
        super().showEvent(event)
        self.trained.refresh()
        self.examples.source.given.refresh()

    def close_work(self) -> None:
        """The window is closed: what runs saves where it stands."""
        self.voice.leave()
        self.work.close()
        self.task.close()

    def _take(self, event: object) -> None:
        self._owner = self.voice if self.work.action == "voice" else self.examples
        self._owner.handle_event(event)

    def _end(self, code: int) -> None:
        owner = self.voice if self.work.action == "voice" else self.examples
        owner.end(code)
        if self.work.action in ("run", "resume", "voice"):
            self.trained.refresh()

    def _switch(self, name: str) -> None:
        self.show_page(TRAINED)
        self.trained.switch(name)

    def _go_on(self, name: str) -> None:
        self.show_page(EXAMPLES)
        self.examples.resume(name)

    def _offer(self, event: object) -> None:
        if isinstance(event, events.Listed):
            self.examples.choices.offer(event.bases)

    def _lay_out(self) -> None:
        self._names.setAccessibleName(self.tr("What to train"))
        self._names.setIconSize(QSize(theme.glyph(4.5), theme.glyph(4.5)))
        self._names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for icon, name, inside in (
            ("file-text", self.tr("Examples"), self.examples),
            ("mic", self.tr("Your voice"), self.voice),
            ("box", self.tr("Trained versions"), self.trained),
        ):
            self._names.addItem(QListWidgetItem(icons.icon(icon, "muted"), name))
            page = ScrollPage()
            page.setAccessibleName(name)
            page.show_page(inside)
            self._pages.addWidget(page)
        self._names.setFixedWidth(self._names.sizeHintForColumn(0) + theme.gap(4))
        self._names.currentRowChanged.connect(self._pages.setCurrentIndex)
        self._names.setCurrentRow(EXAMPLES)
        close = QPushButton(self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.gap(6), theme.gap(2), theme.gap(6), theme.gap(4))
        foot.addStretch(1)
        foot.addWidget(close)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._pages, 1)
        right.addLayout(foot)
        side = QFrame()
        side.setProperty("kind", "bar")
        side.setProperty("edge", "right")
        names = QVBoxLayout(side)
        names.setContentsMargins(theme.gap(3), theme.gap(5), theme.gap(3), theme.gap(3))
        names.addWidget(self._names)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addLayout(right, 1)
        wanted = QSize(theme.glyph(220), theme.glyph(160))
        self.resize(wanted.boundedTo(self.screen().availableSize()))
