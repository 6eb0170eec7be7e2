"""A page with few words and large answers: consent, thanks, and whatever went wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.kiosk.pages.buttons import large_button
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label

_LOW = 110
"""In spacing units."""
Answer = tuple[str, str, Callable[[], object]]
"""Words, icon, what it does."""


class QuestionPage(QWidget):
    """Shows a heading, a text, and a large button for each answer."""

    def __init__(
        self, heading: str, text: str, answers: Sequence[Answer] = (), *, icon: str = ""
    ) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.setAccessibleName(heading)
        self.heading, self.text = label(heading, "display"), label(text)
        self.buttons = [large_button(words, do, name) for words, name, do in answers]
        self._picture = Glyph(icon, "accent", 16)
        column = QVBoxLayout()
        column.setSpacing(theme.gap(5))
        column.addStretch()
        self._pictured = bool(icon)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for words in (self.heading, self.text):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(words)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(4))
        for button in self.buttons:
            row.addWidget(button, 1)
        column.addLayout(row)
        column.addStretch()
        middle = QWidget()
        middle.setLayout(column)
        middle.setMaximumWidth(theme.chars(48))
        whole = QHBoxLayout(self)
        whole.addStretch()
        whole.addWidget(middle, 1000)
        whole.addStretch()
        if self.buttons:
            self.setFocusProxy(self.buttons[0])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Larger answers where there is room; without the picture where there is little."""
        super().resizeEvent(event)
        self._picture.setVisible(self._pictured and self.height() > theme.gap(_LOW))
        for button in self.buttons:
            button.setMinimumHeight(max(theme.target(1.8), self.height() // 7))

    @property
    def spoken(self) -> str:
        """What is read aloud."""
        return " ".join(filter(None, (self.heading.text(), self.text.text())))
