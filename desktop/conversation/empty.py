"""The empty state of a conversation: an invitation, and three ways to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.session.facts import Facts
from desktop.session.promise import chat_kept, words_stay
from desktop.voice.orb import Orb
from desktop.widgets import icons


class EmptyState(QWidget):
    """`typed` carries a first question; `talked`, `showed` and `models` are wishes."""

    typed = Signal(str)
    models = Signal()
    talked = Signal()
    showed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.orb = Orb(self, units=18)
        self._buttons = list[QPushButton]()
        self._title = title = QLabel(self.tr("What would you like to know?"))
        title.setProperty("kind", "display")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title.setWordWrap(True)
        self._words = words = QLabel()
        words.setProperty("kind", "muted")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(6), theme.gap(6), theme.gap(6), theme.gap(6))
        column.setSpacing(theme.gap(3))
        column.addStretch(3)
        column.addWidget(self.orb, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.gap(2))
        column.addWidget(title)
        column.addWidget(words)
        column.addSpacing(theme.gap(3))
        column.addLayout(self._ways())
        column.addWidget(self._to_models(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(4)
        self.show_facts(Facts())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where there is little height, the ways to begin are what stays."""
        super().resizeEvent(event)
        line = theme.target()
        for part, lines in ((self.orb, 11), (self._words, 8), (self._title, 5)):
            part.setVisible(self.height() >= lines * line)

    def show_facts(self, facts: Facts) -> None:
        """Promise what is true now."""
        invitation = self.tr("Type, talk, or show something.")
        kept = chat_kept(facts) if facts.private else ""
        self._words.setText(" ".join(filter(None, (invitation, words_stay(facts), kept))))

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return list(self._buttons)

    def _to_models(self) -> QPushButton:
        button = QPushButton(icons.icon("box", "muted"), self.tr("Models…"))
        button.setProperty("kind", "quiet")
        button.clicked.connect(self.models)
        self._buttons.append(button)
        return button

    def _ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.gap(3))
        row.addStretch()
        first = self.tr("How does a heat pump work?")
        for icon, name, do in (
            ("type", first, lambda: self.typed.emit(first)),
            ("mic", self.tr("Talk to Candor"), self.talked.emit),
            ("image", self.tr("Show a picture"), self.showed.emit),
        ):
            button = QPushButton(icons.icon(icon, "accent"), name)
            button.clicked.connect(lambda _=False, do=do: do())
            row.addWidget(button)
            self._buttons.append(button)
        row.addStretch()
        return row
