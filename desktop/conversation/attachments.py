"""The pictures of a question that is being written, small, each with a button that removes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from desktop import theme
from desktop.conversation.thumbnail import Thumbnail
from desktop.widgets import icons
from desktop.widgets.flow import FlowLayout

MOST = 4


class Attachments(QWidget):
    """Up to four pictures. `picked` carries the one that was chosen to be seen."""

    changed = Signal()
    picked = Signal(bytes)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = FlowLayout(theme.gap(2), self)
        self._pictures = list[bytes]()
        self._cards = list[QFrame]()
        self.hide()

    @property
    def pictures(self) -> tuple[bytes, ...]:
        """Encoded files, in order."""
        return tuple(self._pictures)

    def add(self, data: bytes) -> bool:
        """Add a picture; False when there are four already."""
        if len(self._pictures) >= MOST:
            return False
        self._pictures.append(data)
        card = self._card(data)
        self._cards.append(card)
        self._row.addWidget(card)
        self.show()
        self.changed.emit()
        return True

    def clear(self) -> None:
        """Take all away."""
        self.remove(self.pictures)

    def remove(self, pictures: Sequence[bytes]) -> None:
        """Take these away, each once, where they are here."""
        before = len(self._pictures)
        for data in pictures:
            if data in self._pictures:
                self._drop(self._pictures.index(data))
        if len(self._pictures) != before:
            self.changed.emit()

    def _card(self, data: bytes) -> QFrame:
        card = QFrame(self)
        card.setProperty("kind", "sunken")
        name = self.tr("Picture {n}: show it").format(n=len(self._pictures))
        look = Thumbnail(data, theme.gap(12), name, card)
        look.clicked.connect(lambda: self.picked.emit(data))
        remove = QToolButton(card)
        remove.setProperty("kind", "small")
        remove.setIcon(icons.icon("x", "muted"))
        remove.setAccessibleName(self.tr("Remove this picture"))
        remove.setToolTip(self.tr("Remove this picture"))
        remove.clicked.connect(lambda: self._remove(card))
        row = QHBoxLayout(card)
        row.setContentsMargins(theme.gap(), theme.gap(), theme.gap(), theme.gap())
        row.setSpacing(theme.gap())
        row.addWidget(look)
        row.addWidget(remove)
        return card

    def _remove(self, card: QFrame) -> None:
        self._drop(self._cards.index(card))
        self.changed.emit()

    def _drop(self, index: int) -> None:
        del self._pictures[index]
        card = self._cards.pop(index)
        self._row.removeWidget(card)
        card.hide()
        card.deleteLater()
        self.setVisible(bool(self._cards))
