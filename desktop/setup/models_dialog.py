"""The Models page: what fits this computer, fetching, choosing, measuring and deleting models."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QPushButton, QVBoxLayout, QWidget

from agent.engines.library import ModelState, Presence, model_states
from agent.engines.offers import Fitting
from agent.engines.speed import Speeds, own_speeds
from agent.models.sources.hub import from_environment
from agent.models.store import ModelStore, Sources, open_store
from agent.models.transfer import TransferProgress
from agent.settings import Settings
from desktop import theme
from desktop.setup import library_text
from desktop.setup.download import FetchEnded, Fetching
from desktop.setup.first_run import Problem
from desktop.setup.model_card import ModelCard
from desktop.setup.models_work import Machine, Measured, ModelsWork
from desktop.widgets import quantities
from desktop.widgets.dialog import Dialog
from desktop.widgets.labels import label
from desktop.widgets.scrolling import ScrollPage
from perception.types import UserError


class ModelsDialog(Dialog):
    """`chosen` carries the model that is to answer, `fetching` whether the network is used."""

    chosen = Signal(str)
    fetching = Signal(bool)

    def __init__(
        self,
        settings: Settings,
        parent: QWidget | None = None,
        store: ModelStore | None = None,
        speeds: Speeds | None = None,
        sources: Sources | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Models"))
        self._settings, self._sources = settings, sources
        self._store, self._speeds = store or open_store(), speeds or own_speeds()
        self._machine: Machine | None = None
        self._fetch: Fetching | None = None
        self._at_work = ""
        self.cards: dict[str, ModelCard] = {}
        self.computer = label(self.tr("Looking at this computer…"), "muted")
        self.problem = Problem()
        self.problem.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.gap(3))
        self._lay_out()
        self._work = ModelsWork(self)
        self._work.told.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._work.look()

    def set_settings(self, settings: Settings) -> None:
        """The settings changed: another model may answer."""
        self._settings = settings
        self._refresh()

    def stop(self) -> None:
        """Stop fetching and keep what is there; to be called before the window goes."""
        if self._fetch is not None:
            self._fetch.stop()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.gap(6), theme.gap(5), theme.gap(6), theme.gap(5))
        column.setSpacing(theme.gap(3))
        host = from_environment().endpoint.partition("://")[2]
        promise = self.tr(
            "Nothing is fetched before you press Get. Then {host} sees which model you fetch, and "
            "nothing of what you say or show."
        )
        for part in (
            label(self.tr("Models"), "display"),
            label(promise.format(host=host)),
            self.computer,
            self.problem,
        ):
            column.addWidget(part)
        column.addLayout(self._list)
        column.addStretch(1)
        page = ScrollPage()
        page.setAccessibleName(self.tr("Models"))
        page.show_page(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(page, 1)
        close = QPushButton(self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.gap(6), theme.gap(2), theme.gap(6), theme.gap(4))
        foot.addStretch(1)
        foot.addWidget(close)
        outer.addLayout(foot)
        wanted = QSize(theme.glyph(150), theme.glyph(150))
        self.fit(wanted)

    def _take(self, told: object) -> None:
        if isinstance(told, Machine):
            self._machine = told
            self.computer.setText(library_text.this_computer(told.hardware))
            self._fill()
        elif isinstance(told, TransferProgress):
            self._show_progress(told)
        elif isinstance(told, FetchEnded):
            self.fetching.emit(False)
            self._ended(told.error)
        elif isinstance(told, Measured):
            self._ended(told.error)

    def _states(self) -> Sequence[ModelState]:
        if self._machine is None:
            return ()
        hardware, quick = self._machine.hardware, self._machine.accelerated
        return model_states(self._store, self._settings, hardware, quick, self._speeds.known())

    def _fill(self) -> None:
        """A group each. A card keeps its place while the page is open."""
        for title, belongs in self._groups():
            states = [s for s in self._states() if s.model.id not in self.cards and belongs(s)]
            if states:
                self._list.addWidget(label(title, "strong"))
            for state in states:
                card = ModelCard(state)
                card.wanted.connect(lambda what, c=card: self._do(what, c.state))
                self.cards[state.model.id] = card
                self._list.addWidget(card)

    def _groups(self) -> Sequence[tuple[str, Callable[[ModelState], bool]]]:
        return (
            (self.tr("On this computer"), lambda s: s.presence is not Presence.AWAY),
            (self.tr("The best that fits this computer"), lambda s: s.best),
            (self.tr("Fits this computer"), lambda s: s.suits.well),
            (self.tr("Slow on this computer"), lambda s: s.suits.fitting is Fitting.SLOWLY),
            (self.tr("Too large for this computer"), lambda _: True),
        )

    def _refresh(self) -> None:
        for state in self._states():
            if (card := self.cards.get(state.model.id)) is not None:
                mine = self._at_work == state.model.id
                fetching = mine and self._fetch is not None and self._fetch.running
                card.show_state(state, fetching=fetching, busy=bool(self._at_work))

    def _do(self, what: str, state: ModelState) -> None:
        self.problem.hide()
        model = state.model.id
        match what:
            case "get":
                self._get(model)
            case "pause" if self._fetch is not None:
                self._fetch.pause()
            case "cancel":
                self.stop()
                self._removed(model)
            case "use":
                self.chosen.emit(model)
            case "measure":
                self._at_work = model
                self._work.measure(model, self._store.path(model), self._speeds)
                self._refresh()
                self.cards[model].standing.setText(self.tr("Measuring, a few seconds…"))
            case "delete" if self._agreed(state):
                if state.answers:
                    self.chosen.emit("")
                self._removed(model)

    def _get(self, model: str) -> None:
        self._at_work = model
        self._fetch = Fetching(self._store, (model,), self, self._sources)
        self._fetch.told.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._fetch.start()
        self.fetching.emit(True)
        self._refresh()
        self.cards[model].show_progress(0.0, self.tr("Asking for its size…"))

    def _show_progress(self, progress: TransferProgress) -> None:
        if (card := self.cards.get(self._at_work)) is None or not progress.total:
            return
        amount = self.tr("{done} of {total}").format(
            done=quantities.size(progress.done), total=quantities.size(progress.total)
        )
        parts = [self.tr("Checking what is there")] if progress.stage == "checking" else []
        parts.append(amount)
        if progress.speed > 0:
            parts.append(quantities.speed(progress.speed))
        if progress.seconds_left is not None:
            parts.append(quantities.time_left(progress.seconds_left))
        card.show_progress(min(1.0, progress.done / progress.total), " · ".join(parts))

    def _ended(self, error: UserError | None) -> None:
        if self._fetch is not None:
            self._fetch.stop()
        self._at_work = ""
        self._refresh()
        if error is not None:
            self.problem.show_error(error)

    def _removed(self, model: str) -> None:
        self._at_work = ""
        try:
            self._store.remove([model])
            self._speeds.keep(model, None)
        except (UserError, OSError) as error:
            told = error if isinstance(error, UserError) else UserError.plain(str(error), "")
            self.problem.show_error(told)
        self._refresh()

    def _agreed(self, state: ModelState) -> bool:
        question = self.tr("Delete {model} from this computer? {size} become free.").format(
            model=state.model.title, size=quantities.size(state.model.size)
        )
        return QMessageBox.question(self, self.tr("Delete a model"), question) is _YES


_YES = QMessageBox.StandardButton.Yes
