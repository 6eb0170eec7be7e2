"""Which of several versions of a turn is shown: "2 of 3", with a way to the others."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop import theme
from desktop.session import intents
from desktop.session.chat import ShownTurn
from desktop.widgets.labels import label
from desktop.widgets.small_button import small_button


class VersionSwitch(QWidget):
    """`wished` carries an `intents.ShowVersion`. It is hidden where there is one version alone."""

    wished = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._turn: ShownTurn | None = None
        self._back, self._on = small_button("chevron-left", ""), small_button("chevron-right", "")
        self._words = label(kind="caption", wrap=False)
        for button, name, step in (
            (self._back, self.tr("The version before"), -1),
            (self._on, self.tr("The next version"), 1),
        ):
            button.setProperty("alone", "true")
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(lambda _=False, step=step: self._go(step))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap())
        for part in (self._back, self._words, self._on):
            row.addWidget(part)
        row.addStretch(1)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown; empty where there is nothing to choose."""
        return "" if self.isHidden() else self._words.text()

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """What Tab visits."""
        return () if self.isHidden() else (self._back, self._on)

    def show_turn(self, turn: ShownTurn) -> None:
        """Show which version this is."""
        self._turn = turn
        several = len(turn.versions) > 1 and turn.id in turn.versions
        self.setVisible(several and turn.ended is not None)
        if several:
            place, count = turn.versions.index(turn.id) + 1, len(turn.versions)
            self._words.setText(self.tr("{n} of {all}").format(n=place, all=count))
            self._back.setEnabled(place > 1)
            self._on.setEnabled(place < count)

    def _go(self, step: int) -> None:
        turn = self._turn
        if turn is not None and turn.id in turn.versions:
            place = turn.versions.index(turn.id) + step
            if 0 <= place < len(turn.versions):
                self.wished.emit(intents.ShowVersion(turn.versions[place]))
