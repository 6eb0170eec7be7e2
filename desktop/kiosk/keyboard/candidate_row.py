"""The row above the keys with what the pinyin may mean."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop import theme
from desktop.kiosk.keyboard.key_button import KeyButton
from desktop.kiosk.keyboard.layouts import CHINESE, Action, Key
from desktop.kiosk.keyboard.pinyin import Candidate
from desktop.widgets.clear import clear

_LEAST = 12
"""Spacing units that the narrowest candidate is wide."""


class CandidateRow(QWidget):
    """`chosen` carries the candidate; what does not fit is reached by the arrows at the end.

    `turned` says that other buttons are shown for the same letters.
    """

    chosen = Signal(object)
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Candidate, ...] = ()
        self._starts = [0]
        self._letters = ""
        self._fitting = 0
        self._typed = QLabel(self)
        self._typed.setProperty("kind", "muted")
        self._typed.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.gap())
        self._back, self._on = self._arrow(Action.LEFT), self._arrow(Action.RIGHT)
        self._back.setAccessibleName(self.tr("Earlier candidates"))
        self._on.setAccessibleName(self.tr("More candidates"))
        self._back.clicked.connect(self._turn_back)
        self._on.clicked.connect(self._turn_on)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(theme.gap(), 0, 0, 0)
        whole.setSpacing(theme.gap())
        whole.addWidget(self._typed)
        whole.addLayout(self._row, 1)
        whole.addWidget(self._back)
        whole.addWidget(self._on)
        self.buttons: list[KeyButton] = []
        self.show_candidates("", ())

    def show_candidates(self, typed: str, candidates: Sequence[Candidate]) -> None:
        """Show these for the letters typed so far."""
        self._all, self._starts = tuple(candidates), [0]
        self._letters = typed
        self._fill()

    @property
    def stops(self) -> list[KeyButton]:
        """What can be chosen now, for scanning and arrow keys."""
        return [*self.buttons, *(each for each in (self._back, self._on) if not each.isHidden())]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show as many as fit."""
        super().resizeEvent(event)
        self._turn()

    def _fill(self) -> None:
        clear(self._row)
        self.buttons = []
        # The last letters are those that are looked at.
        end, least = Qt.TextElideMode.ElideLeft, max(self.width() // 4, theme.gap(20))
        letters = self._typed.fontMetrics().elidedText(self._letters, end, least)
        self._typed.setText(letters or self.tr("Pinyin"))
        start = self._starts[-1]
        metrics = QFontMetrics(theme.font(theme.Size.TITLE))
        taken = self._typed.sizeHint().width() + 2 * theme.gap(_LEAST) + theme.gap(6)
        room = self.width() - taken
        for candidate in self._all[start:]:
            width = max(theme.gap(_LEAST), metrics.horizontalAdvance(candidate.text) + theme.gap(4))
            room -= width + theme.gap()
            if room < 0 and self.buttons:
                break
            self._add(candidate, width)
        self._row.addStretch(1)
        self._fitting = len(self.buttons)
        self._back.setVisible(start > 0)
        self._on.setVisible(start + self._fitting < len(self._all))

    def _add(self, candidate: Candidate, width: int) -> None:
        button = KeyButton(Key(candidate.text), CHINESE, self)
        button.set_wide(width)
        button.clicked.connect(lambda: self.chosen.emit(candidate))
        self._row.addWidget(button)
        button.show()
        self.buttons.append(button)

    def _turn_on(self) -> None:
        self._starts.append(self._starts[-1] + self._fitting)
        self._turn()

    def _turn_back(self) -> None:
        self._starts.pop()
        self._turn()

    def _turn(self) -> None:
        self._fill()
        self.turned.emit()

    def _arrow(self, action: Action) -> KeyButton:
        button = KeyButton(Key(action=action), CHINESE, self)
        button.setAutoRepeat(False)
        button.set_wide(theme.gap(_LEAST))
        return button
