"""What stands in or below the picture's place: the camera is off, or how to see better."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

from desktop import theme
from desktop.session.facts import Facts
from desktop.session.promise import pictures_stay
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label
from desktop.widgets.plain_text import tip


class CameraOff(QFrame):
    """One row in the picture's place while nothing is looked at."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "raised")
        self.button = QPushButton(self.tr("Turn on"))
        self.button.setProperty("kind", "chip")
        self.button.setAccessibleName(self.tr("Turn the camera on"))
        self.button.clicked.connect(self.pressed)
        self._title = label()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.gap(2), theme.gap(2), theme.gap(), theme.gap(2))
        row.setSpacing(theme.gap(2))
        row.addWidget(Glyph("camera-off"))
        row.addWidget(self._title, 1)
        row.addWidget(self.button)
        self.show_facts(Facts())

    def show_facts(self, facts: Facts) -> None:
        """Promise what is true now."""
        on = bool(facts.camera)
        waits, off = self.tr("Waiting for the camera's first picture"), self.tr("The camera is off")
        self._title.setText(waits if on else off)
        self.button.setVisible(not on)
        turn_on = self.tr("Turn it on to ask about what you hold up to it.")
        words = f"{'' if on else turn_on} {pictures_stay(facts)}".strip()
        self.setToolTip(tip(words))
        self.button.setToolTip(tip(words))
        self.button.setAccessibleDescription(words)


class AdviceNote(QFrame):
    """How to aim or light better."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "note")
        self._words = label(kind="warn")
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.gap(3), theme.gap(), 0, theme.gap())
        row.addWidget(self._words)

    def text(self) -> str:
        """The advice that is shown."""
        return self._words.text()

    def set_text(self, text: str) -> None:
        """Show another advice."""
        self._words.setText(text)
        self.setAccessibleName(text)
