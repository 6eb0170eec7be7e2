"""The bar of find in page: what is searched for, how often it is there, next and previous."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from desktop import theme
from desktop.widgets import icons
from desktop.widgets.glyph import Glyph
from desktop.widgets.text_frame import TextFrame

_LONGEST = 200


class FindBar(QFrame):
    """`typed` carries the words, `stepped` 1 or -1, `left` when it is to be closed."""

    typed = Signal(str)
    stepped = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self.setProperty("edge", "bottom")
        self.setAccessibleName(self.tr("Find in this chat"))
        self.field = QLineEdit(maxLength=_LONGEST)
        self.field.setPlaceholderText(self.tr("Find in this chat"))
        self.field.setAccessibleName(self.tr("Find in this chat"))
        self.field.textChanged.connect(self.typed)
        self._count = QLabel()
        self._count.setProperty("kind", "caption")
        self.previous = _tool("chevron-up", self.tr("Previous match"), "Shift+F3")
        self.next = _tool("chevron-down", self.tr("Next match"), "F3")
        self.close_button = _tool("x", self.tr("Close the search"), "Esc")
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.close_button.clicked.connect(self.left)
        self._lay_out()
        self.hide()

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [self.field, self.previous, self.next, self.close_button]

    @property
    def counted(self) -> str:
        """What is said of the matches."""
        return self._count.text()

    def show_count(self, text: str, *, any_found: bool) -> None:
        """Show how many there are."""
        self._count.setText(text)
        self.previous.setEnabled(any_found)
        self.next.setEnabled(any_found)

    def event(self, event: QEvent) -> bool:
        """Escape is for this bar, not for the whole window, while the focus is in it."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.left.emit()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter goes to the next match, Shift+Enter to the one before."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(-1 if back else 1)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        box = TextFrame()
        box.watch(self.field)
        inside = QHBoxLayout(box)
        inside.setContentsMargins(theme.gap(2), theme.gap(), theme.gap(2), theme.gap())
        inside.addWidget(Glyph("search"))
        inside.addWidget(self.field, 1)
        inside.addWidget(self._count)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.gap(3), theme.gap(1.5), theme.gap(3), theme.gap(1.5))
        row.setSpacing(theme.gap())
        row.addWidget(box, 1)
        for button in (self.previous, self.next, self.close_button):
            row.addWidget(button)


def _tool(icon: str, name: str, key: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("kind", "quiet")
    button.setIcon(icons.icon(icon))
    button.setAccessibleName(name)
    button.setToolTip(f"{name} ({key})")
    return button
