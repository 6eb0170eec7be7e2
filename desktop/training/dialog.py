"""Training: from examples, from one's voice, and what came of it. It goes on while closed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QPushButton,
    QWidget,
)

from desktop import theme
from desktop.processes import training_events as events
from desktop.session.training import Trainer
from desktop.training.adapters_page import AdaptersPage
from desktop.training.examples_page import ExamplesPage
from desktop.training.voice_page import VoicePage
from desktop.widgets.dialog import Dialog
from desktop.widgets.side_pages import SidePages

EXAMPLES, VOICE, TRAINED = range(3)


class TrainingDialog(Dialog):
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
        self._pages = self._lay_out()

    def show_page(self, index: int) -> None:
        """Open one of the three."""
        self._pages.open_page(index)

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

    def _lay_out(self) -> SidePages:
        pages = SidePages(self.tr("What to train"))
        pages.add_page("file-text", self.tr("Examples"), self.examples)
        pages.add_page("mic", self.tr("Your voice"), self.voice)
        pages.add_page("box", self.tr("Trained versions"), self.trained)
        close = QPushButton(self.tr("Close"))
        close.setAutoDefault(False)
        pages.fill(self, close, QSize(theme.glyph(220), theme.glyph(160)))
        return pages
