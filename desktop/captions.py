"""What is being said, in large letters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from agent.types import Phase
from desktop import theme
from desktop.markdown import plain
from desktop.orb import Orb


class Captions(QFrame):
    """The orb, what Candor does in a word, and the sentence that is being spoken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Captions"))
        self.orb = Orb(self, units=7)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._wanted, self._spoken, self._word = True, "", ""
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.gap(2), theme.gap(), theme.gap(2), theme.gap())
        row.setSpacing(theme.gap(3))
        row.addWidget(self.orb, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text.text()

    def set_wanted(self, wanted: bool) -> None:
        """Whether the user wants to read along."""
        self._wanted = wanted
        self._show()

    def set_phase(self, phase: Phase) -> None:
        """What Candor does."""
        self.orb.set_phase(phase)
        self._word = self.orb.word() if phase in (Phase.HEARING, Phase.SPEAKING) else ""
        self._show()

    def set_level(self, level: float) -> None:
        """How loud the microphone is."""
        self.orb.set_level(level)

    def show_spoken(self, text: str) -> None:
        """The sentence that is being spoken, as Markdown; empty ends it."""
        self._spoken = plain(text)
        self._show()

    def _show(self) -> None:
        spoken = self._spoken if self._wanted else ""
        self._text.setText(spoken or self._word)
        theme.set_kind(self._text, "title" if spoken else "muted")
        self.setVisible(bool(spoken or self._word))
