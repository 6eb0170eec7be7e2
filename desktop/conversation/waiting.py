"""The questions that wait until the answer above them is written, each with a way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.clear import clear
from desktop.widgets.elided import Elided
from desktop.widgets.glyph import Glyph
from desktop.widgets.plain_text import short, tip

_LONGEST = 200


class WaitingList(QWidget):
    """`taken_back` carries the place of the question that goes back into the field."""

    taken_back = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.gap())
        self.buttons = list[QPushButton]()
        self.setAccessibleName(self.tr("Questions that wait"))
        self.hide()

    @property
    def texts(self) -> list[str]:
        """What is shown, a line each."""
        return [line.text() for line in self.findChildren(Elided) if not line.isHidden()]

    def show_questions(self, questions: Sequence[str]) -> None:
        """Show what waits now."""
        clear(self._column)
        self.buttons.clear()
        for place, question in enumerate(questions):
            self._column.addWidget(self._line(place, question))
        self.setVisible(bool(questions))

    def _line(self, place: int, question: str) -> QWidget:
        words = Elided("caption")
        line = " ".join(short(question, _LONGEST).split()) or self.tr("A picture")
        words.setText(self.tr("Next: {question}").format(question=line))
        words.setToolTip(tip(question))
        back = QPushButton(self.tr("Take back"))
        back.setProperty("kind", "small")
        back.setAccessibleName(self.tr("Take back: {question}").format(question=line))
        back.clicked.connect(lambda: self.taken_back.emit(place))
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(theme.gap(2), 0, 0, 0)
        row.setSpacing(theme.gap(2))
        row.addWidget(Glyph("clock"))
        row.addWidget(words, 1)
        row.addWidget(back)
        self.buttons.append(back)
        return whole
