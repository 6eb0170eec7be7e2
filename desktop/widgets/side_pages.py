"""Pages with the list of their names at the side, and a row of buttons below: a dialog's inside."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.widgets import icons
from desktop.widgets.dialog import Dialog
from desktop.widgets.scrolling import ScrollPage

_LEAST = 40
"""So many letters a line of a page should have beside the list of names."""


class SidePages:
    """The pages of a dialog. It fills the dialog with `fill`, once all pages are there."""

    def __init__(self, name: str) -> None:
        """`name` is what a screen reader calls the list."""
        self._names = QListWidget()
        self._names.setAccessibleName(name)
        self._names.setIconSize(QSize(theme.glyph(4.5), theme.glyph(4.5)))
        self._names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages = _Stack()
        self._names.currentRowChanged.connect(self._pages.setCurrentIndex)
        self._titles, self._wide = list[str](), 0
        self._pages.resized.connect(self._fit_names)

    def add_page(self, icon: str, name: str, inside: QWidget) -> None:
        """Add a page below the others; it scrolls where it is too tall."""
        item = QListWidgetItem(icons.icon(icon, "muted"), name)
        item.setToolTip(name)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
        self._names.addItem(item)
        self._titles.append(name)
        page = ScrollPage()
        page.setAccessibleName(name)
        page.show_page(inside)
        self._pages.addWidget(page)

    def open_page(self, index: int) -> None:
        """Open one of the pages, counted from 0."""
        self._names.setCurrentRow(index)

    @property
    def shown_page(self) -> str:
        """The name of the page that is open."""
        row = self._names.currentRow()
        return self._titles[row] if row >= 0 else ""

    def show_page(self, name: str) -> None:
        """Open the page of this name, where there is one."""
        if name in self._titles:
            self.open_page(self._titles.index(name))

    def fill(self, dialog: Dialog, close: QPushButton, wanted: QSize) -> None:
        """Lay the dialog out, of this size where the screen has it; `close` ends it."""
        self._wide = self._names.sizeHintForColumn(0) + theme.gap(4)
        self._names.setFixedWidth(self._wide)
        self.open_page(0)
        close.clicked.connect(dialog.accept)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), dialog, dialog.accept)
        row = QHBoxLayout(dialog)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side())
        row.addLayout(self._right(close), 1)
        dialog.fit(wanted)

    def _fit_names(self) -> None:
        """Where the pages have little room, the list shows its icons alone."""
        room = self._names.width() + self._pages.width()
        narrow = room - self._wide < theme.chars(_LEAST)
        if narrow != (self._names.item(0).text() == ""):
            for at, title in enumerate(self._titles):
                self._names.item(at).setText("" if narrow else title)
            wide = self._names.sizeHintForColumn(0) + theme.gap(4)
            self._names.setFixedWidth(wide if narrow else self._wide)

    def _side(self) -> QFrame:
        side = QFrame()
        side.setProperty("kind", "bar")
        side.setProperty("edge", "right")
        names = QVBoxLayout(side)
        names.setContentsMargins(theme.gap(3), theme.gap(5), theme.gap(3), theme.gap(3))
        names.addWidget(self._names)
        return side

    def _right(self, close: QPushButton) -> QVBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.gap(6), theme.gap(2), theme.gap(6), theme.gap(4))
        foot.addStretch(1)
        foot.addWidget(close)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._pages, 1)
        right.addLayout(foot)
        return right


class _Stack(QStackedWidget):
    """Tells when it has another size."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.resized.emit()
