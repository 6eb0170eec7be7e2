"""The texts of a question that is being written, each a chip in a row of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from agent.attached_text import AttachedText
from desktop import theme
from desktop.conversation.attached.chip import TextChip
from desktop.conversation.attached.labels import title_of
from desktop.widgets import icons
from desktop.widgets.scrolling import FittedArea


class TextRow(FittedArea):
    """`opened` carries a text to be read, `wanted_back` the place of one that should be typed."""

    changed = Signal()
    opened = Signal(object)
    wanted_back = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        inside = QWidget()
        super().__init__(inside)
        self.setParent(parent)
        self._texts = list[AttachedText]()
        self._chips = list[_Attached]()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.gap())

    @property
    def texts(self) -> tuple[AttachedText, ...]:
        """The texts, in order."""
        return tuple(self._texts)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [button for chip in self._chips for button in chip.buttons]

    def add(self, text: AttachedText) -> None:
        """Add a text."""
        chip = _Attached(text, self)
        chip.open.clicked.connect(lambda: self.opened.emit(text))
        chip.back.clicked.connect(lambda: self.wanted_back.emit(self._chips.index(chip)))
        chip.remove.clicked.connect(lambda: self.take_text(self._chips.index(chip)))
        self._texts.append(text)
        self._chips.append(chip)
        self._column.addWidget(chip)
        self.show()
        self.changed.emit()

    def take_text(self, place: int) -> AttachedText:
        """Take the text at this place away."""
        text, chip = self._texts.pop(place), self._chips.pop(place)
        self._column.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        self.setVisible(bool(self._chips))
        self.changed.emit()
        return text

    def remove(self, texts: Sequence[AttachedText]) -> None:
        """Take these away, each once, where they are here."""
        for text in texts:
            if text in self._texts:
                self.take_text(self._texts.index(text))


class _Attached(QFrame):
    def __init__(self, text: AttachedText, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "sunken")
        self.open = TextChip(text)
        self.back = _small("corner-down-left", self.tr("Put it in the field"), text)
        self.remove = _small("x", self.tr("Remove this text"), text)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.gap(), theme.gap(), theme.gap(), theme.gap())
        row.setSpacing(theme.gap())
        row.addWidget(self.open, 1)
        row.addWidget(self.back)
        row.addWidget(self.remove)

    @property
    def buttons(self) -> list[QWidget]:
        return [self.open, self.back, self.remove]


def _small(icon: str, name: str, text: AttachedText) -> QToolButton:
    button = QToolButton()
    button.setProperty("kind", "small")
    button.setIcon(icons.icon(icon, "muted"))
    button.setToolTip(name)
    button.setAccessibleName(f"{name}: {title_of(text)}")
    return button
