"""One model of the Models page: what it is, how it suits, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QVBoxLayout, QWidget

from agent.engines.library import ModelState, Presence
from agent.engines.offers import Fitting
from desktop import theme
from desktop.i18n.messages import sentences
from desktop.setup import library_text
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import label

_STEPS = 1000


class ModelCard(QFrame):
    """`wanted` carries what was asked: get, pause, cancel, use, measure or delete."""

    wanted = Signal(str)

    def __init__(self, state: ModelState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "raised")
        self.state = state
        self.title = label(state.model.title, "strong", copy=True)
        self.better = label(library_text.better_at(state.model))
        self.facts = label(library_text.facts(state.model), "caption")
        self.why = label(kind="caption")
        self.standing = label(kind="muted")
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Fetching {model}").format(model=state.model.title))
        self.bar.hide()
        self.buttons = {
            "get": self._button(self.tr("Get"), "get"),
            "pause": self._button(self.tr("Pause"), "pause"),
            "use": self._button(self.tr("Use"), "use"),
            "measure": self._button(self.tr("Measure speed"), "measure"),
            "cancel": self._button(self.tr("Cancel download"), "cancel"),
            "delete": self._button(self.tr("Delete"), "delete"),
        }
        self._lay_out()
        self.show_state(state, fetching=False, busy=False)

    def show_state(self, state: ModelState, *, fetching: bool, busy: bool) -> None:
        """Show how it stands; `busy` says that another one is being fetched or measured."""
        self.state = state
        here, part = state.presence is Presence.HERE, state.presence is Presence.PART
        self.why.setText(sentences(state.suits.why)[0])
        self.standing.setText(library_text.standing(state))
        self.bar.setVisible(fetching)
        get = self.buttons["get"]
        get.setText(self.tr("Resume") if part else self.tr("Get"))
        offered = state.model.offer is not None
        fits = state.suits.fitting is not Fitting.NOT
        shown = {
            "get": not here and not fetching and fits,
            "pause": fetching,
            "use": here and not state.answers,
            "measure": here,
            "cancel": fetching or (part and not here),
            "delete": here and offered,
        }
        for name, button in self.buttons.items():
            button.setVisible(shown[name])
            button.setEnabled(not busy or fetching or name == "use")
        self.setAccessibleName(f"{state.model.title}. {self.standing.text()}")

    def show_progress(self, share: float, line: str) -> None:
        """How far the download is."""
        self.bar.show()
        self.bar.setValue(round(share * _STEPS))
        self.standing.setText(line)
        self.bar.setAccessibleDescription(line)

    def _button(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(f"{text}: {self.state.model.title}")
        button.clicked.connect(lambda: self.wanted.emit(name))
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(4), theme.gap(3), theme.gap(4), theme.gap(3))
        column.setSpacing(theme.gap())
        for part in (self.title, self.better, self.facts, self.why, self.standing, self.bar):
            column.addWidget(part)
        row = FlowLayout(theme.gap(2))
        for button in self.buttons.values():
            row.addWidget(button)
        column.addLayout(row)
