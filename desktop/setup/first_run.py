"""The first page: one button that gets the models, how far it is, and the details folded away."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent.models.store import ModelStore, open_store
from agent.models.transfer import TransferProgress
from desktop import theme
from desktop.i18n.messages import sentences
from desktop.session.promise import before_models
from desktop.setup.download import FetchEnded, Fetching
from desktop.setup.model_row import ModelRow
from desktop.widgets import icons, quantities
from desktop.widgets.collapsible import Collapsible
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import label
from desktop.widgets.plain_text import tip
from desktop.widgets.scrolling import ScrollPage
from perception.types import UserError

_STEPS = 1000


def missing() -> bool:
    """Whether a model of the default set is not here; quick, no file is read."""
    return bool(open_store().missing())


class FirstRun(QWidget):
    """Fetches what is missing of `ids` (none named: the default set). `server` is who answers.

    `done` is emitted when all models are there; `later` when the user wants to go on without, or
    before the rest is there; `fetching` as it begins (True) and ends.
    """

    done = Signal()
    later = Signal()
    fetching = Signal(bool)

    def __init__(
        self,
        parent: QWidget | None = None,
        store: ModelStore | None = None,
        ids: tuple[str, ...] = (),
        server: str = "",
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._store = store or open_store()
        self._ids, self._server = ids, server
        self.from_network = False
        """Whether the user let models be fetched from the network."""
        self._fetching = Fetching(self._store, ids, self)
        self._fetching.told.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._rows = {m.id: ModelRow(m) for m in self._store.catalog.choose(ids)}
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Downloading the models"))
        self.line = label(kind="caption")
        self.problem = Problem()
        self.get = QPushButton()
        self.bundle = QPushButton(self.tr("Install from a folder or USB stick…"))
        self.skip = QPushButton(self.tr("Not now"))
        self._moving = ""
        self._wire()
        self._lay_out()
        self._show_what_is_there()

    @property
    def needed(self) -> bool:
        """Whether any model is missing."""
        return bool(self._store.missing(self._ids))

    @property
    def running(self) -> bool:
        """Whether models are being fetched."""
        return self._fetching.running

    def start(self, bundle: Path | None = None) -> None:
        """Begin or go on, from a folder first where one is named."""
        self.problem.hide()
        self.bar.show()
        self.line.show()
        self.line.setText(self.tr("Checking what is here…"))
        self.from_network = bundle is None
        self._fetching.start(bundle)
        self.fetching.emit(True)
        self._show_buttons(running=True)

    def stop(self) -> None:
        """Stop and keep what is there; to be called before the window goes."""
        self._fetching.stop()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        if not self.isVisible() and self.window().isHidden():
            self._fetching.pause()

    def _wire(self) -> None:
        self.get.setProperty("kind", "primary")
        self.get.clicked.connect(self._get_or_pause)
        self.bundle.setProperty("kind", "quiet")
        self.bundle.setIcon(icons.icon("usb"))
        self.bundle.clicked.connect(self._choose_bundle)
        self.skip.setProperty("kind", "quiet")
        self.skip.clicked.connect(self.later)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("kind", "clear")
        inside.setMaximumWidth(theme.chars(72))
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.gap(6), theme.gap(8), theme.gap(6), theme.gap(8))
        column.setSpacing(theme.gap(3))
        column.addStretch(2)
        picture = label(wrap=False)
        side = theme.gap(14)
        picture.setPixmap(icons.app_icon().pixmap(QSize(side, side)))
        column.addWidget(picture)
        column.addWidget(label(self.tr("Welcome to Candor"), "display"))
        column.addWidget(label(before_models(self._server)))
        column.addWidget(self.problem)
        buttons = FlowLayout(theme.gap(2))
        for button in (self.get, self.skip):
            buttons.addWidget(button)
        column.addLayout(buttons)
        column.addWidget(self.bar)
        column.addWidget(self.line)
        details = Collapsible(self.tr("Details"))
        details.rows.addWidget(self._card())
        details.rows.addWidget(self.bundle, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(details)
        column.addStretch(3)
        self._scroll(inside)

    def _scroll(self, inside: QWidget) -> None:
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(inside, 100)
        row.addStretch(1)
        area = ScrollPage()
        area.show_page(middle)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _card(self) -> QFrame:
        card = QFrame()
        card.setProperty("kind", "raised")
        rows = QVBoxLayout(card)
        rows.setContentsMargins(theme.gap(4), theme.gap(3), theme.gap(4), theme.gap(3))
        rows.setSpacing(theme.gap(3))
        for row in self._rows.values():
            rows.addWidget(row)
        rule = QFrame()
        rule.setProperty("kind", "rule")
        rows.addWidget(rule)
        rows.addWidget(label(self._sums(), "caption", copy=True))
        return card

    def _sums(self) -> str:
        folder = self._store.folder
        there = next((f for f in (folder, *folder.parents) if f.exists()), folder)
        total = sum(model.size for model in self._store.catalog.choose(self._ids))
        return (
            self.tr("Total %1, kept in %2. %3 free.")
            .replace("%1", quantities.size(total))
            .replace("%2", str(folder))
            .replace("%3", quantities.size(shutil.disk_usage(there).free))
        )

    def _show_what_is_there(self) -> None:
        self.bar.hide()
        self.line.hide()
        self.problem.hide()
        self._show_buttons(running=False)

    def _show_buttons(self, *, running: bool) -> None:
        begun = self.bar.value() > 0
        missing = set(self._store.missing(self._ids))
        if running:
            self.get.setText(self.tr("Pause"))
        elif begun:
            self.get.setText(self.tr("Resume"))
        else:
            models = self._store.catalog.choose(self._ids)
            left = quantities.size(sum(m.size for m in models if m.id in missing))
            self.get.setText(self.tr("Get the models (%1)").replace("%1", left))
        self.bundle.setEnabled(not running)
        self._show_what_works(missing)

    def _show_what_works(self, missing: set[str]) -> None:
        """Tick what is here; with the model that answers one need not wait for the rest."""
        for model_id, row in self._rows.items():
            row.set_here(model_id not in missing)
        models = self._store.catalog.choose(self._ids)
        answers = any(m.task == "dialogue" and m.id not in missing for m in models)
        self.skip.setText(self.tr("Start now") if answers else self.tr("Not now"))
        rest = self.tr("The other models are downloaded while you chat.")
        self.skip.setToolTip(rest if answers else "")

    def _get_or_pause(self) -> None:
        if self.running:
            self._fetching.pause()
        else:
            self.start()

    def _choose_bundle(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder with the models"))
        if folder:
            self.start(Path(folder))

    def _take(self, told: object) -> None:
        if isinstance(told, TransferProgress):
            self._show_progress(told)
        elif isinstance(told, FetchEnded):
            self._show_end(told)

    def _show_progress(self, progress: TransferProgress) -> None:
        share = progress.done / progress.total if progress.total else 0.0
        self.bar.setValue(round(share * _STEPS))
        parts = [self.tr("Checking what is here")] if progress.stage == "checking" else []
        if progress.total:
            amount = self.tr("%1 of %2").replace("%1", quantities.size(progress.done))
            parts.append(amount.replace("%2", quantities.size(progress.total)))
        if progress.speed > 0:
            parts.append(quantities.speed(progress.speed))
        if progress.seconds_left is not None:
            parts.append(quantities.time_left(progress.seconds_left))
        self.line.setText(" · ".join(parts))
        self.bar.setAccessibleDescription(self.line.text())
        if progress.note:
            self.line.setToolTip(tip(progress.note))
        if progress.model != self._moving:
            self._moving = progress.model
            self._show_what_works(set(self._store.missing(self._ids)))
        for model_id, row in self._rows.items():
            row.set_moving(model_id == progress.model)

    def _show_end(self, ended: FetchEnded) -> None:
        for row in self._rows.values():
            row.set_moving(False)
        self._show_buttons(running=False)
        self.fetching.emit(False)
        if ended.error is not None:
            self.problem.show_error(ended.error)
            self.line.setText(self.tr("What was downloaded is kept."))
        elif ended.complete:
            self.bar.setValue(_STEPS)
            self.line.setText(self.tr("All models are here."))
            self.done.emit()
        else:
            self.line.setText(self.tr("Paused. What was downloaded is kept."))


class Problem(QFrame):
    """What went wrong and what to do next."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "error")
        self._message, self._hint = label(copy=True), label(kind="muted", copy=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(3), theme.gap(), 0, theme.gap())
        column.setSpacing(theme.gap())
        column.addWidget(self._message)
        column.addWidget(self._hint)

    def show_error(self, error: UserError) -> None:
        """Show an error."""
        message, hint = sentences(error.notice)
        self._message.setText(message)
        self._hint.setText(hint)
        self.setAccessibleName(f"{message} {hint}")
        self.show()
