"""The command palette: type a few letters of what is wanted, Enter does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets import icons
from desktop.widgets.dialog import Dialog
from desktop.widgets.labels import label
from desktop.window.commands.entries import (
    PaletteEntry,
    fitting_entries,
    palette_entries,
)
from desktop.window.commands.palette_row import KEY, KIND, PaletteRow
from desktop.window.commands.types import Targets

_LONGEST = 100
_ROWS = 9
_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -_ROWS,
    Qt.Key.Key_PageDown: _ROWS,
}


def open_palette(on: Targets) -> None:
    """Show the palette over the window; what is chosen runs after it is closed."""
    from desktop.window.commands.table import WINDOW_ACTIONS

    palette = CommandPalette(palette_entries(on, WINDOW_ACTIONS), on.announce, on.window)
    # Once it is gone, so that the focus is back where it was.
    palette.chosen.connect(lambda entry: QTimer.singleShot(0, on.window, entry.run))
    palette.open()


class CommandPalette(Dialog):
    """`chosen` carries the entry. The focus stays in the field; arrow keys move in the list."""

    chosen = Signal(object)

    def __init__(
        self, entries: Sequence[PaletteEntry], announce: Callable[[str], None], parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Find an action, a chat or a setting"))
        self._entries, self._announce = entries, announce
        self.found: list[PaletteEntry] = []
        self.field = QLineEdit(maxLength=_LONGEST)
        self.field.setPlaceholderText(self.tr("What would you like to do?"))
        self.field.setAccessibleName(self.windowTitle())
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self._choose)
        self.field.installEventFilter(self)
        self._model = QStandardItemModel(self)
        self.list = self._make_list()
        self._nothing = label(self.tr("Nothing found."), "muted")
        self._lay_out()
        self._search("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Arrow keys in the field move in the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = _MOVES.get(Qt.Key(event.key()))
            if by is not None:
                self._move(by)
                return True
        return super().eventFilter(watched, event)

    def _search(self, typed: str) -> None:
        self.found = fitting_entries(self._entries, typed)
        self._model.clear()
        for entry in self.found:
            item = QStandardItem(icons.icon(entry.icon, "muted"), entry.title)
            item.setData(entry.key, KEY)
            item.setData("" if entry.key else entry.kind, KIND)
            words = ", ".join(filter(None, (entry.title, entry.kind, entry.key)))
            item.setData(words, int(Qt.ItemDataRole.AccessibleTextRole))
            item.setEditable(False)
            self._model.appendRow(item)
        self._nothing.setVisible(not self.found)
        self._mark(0)

    def _move(self, by: int) -> None:
        now = self.list.currentIndex().row()
        if by in (-1, 1):
            self._mark((now + by) % max(1, len(self.found)))
        else:
            self._mark(min(len(self.found) - 1, max(0, now + by)))

    def _mark(self, row: int) -> None:
        """Mark a line; a screen reader hears it, for the focus stays in the field."""
        if not self.found:
            self._announce(self._nothing.text())
            return
        index = self._model.index(row, 0)
        self.list.setCurrentIndex(index)
        self._announce(str(index.data(int(Qt.ItemDataRole.AccessibleTextRole))))

    def _choose(self) -> None:
        self._run(self.list.currentIndex())

    def _run(self, index: QModelIndex) -> None:
        if index.isValid():
            entry = self.found[index.row()]
            self.accept()
            self.chosen.emit(entry)

    def _make_list(self) -> QListView:
        view = QListView()
        view.setModel(self._model)
        view.setItemDelegate(PaletteRow(view))
        view.setAccessibleName(self.tr("What fits"))
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.clicked.connect(self._run)
        return view

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("kind", "palette")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(theme.gap(3), theme.gap(3), theme.gap(3), theme.gap(2))
        inside.setSpacing(theme.gap(2))
        inside.addWidget(self.field)
        inside.addWidget(self._nothing)
        inside.addWidget(self.list, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)
        over = self.parentWidget()
        room = over.size() if over is not None else QSize(theme.gap(200), theme.gap(120))
        height = theme.gap(9) + self.field.sizeHint().height() + _ROWS * theme.target(1.3)
        size = QSize(theme.glyph(140), height).boundedTo(
            QSize(room.width() - theme.gap(8), room.height() - theme.gap(16))
        )
        self.resize(size)
        if over is not None:
            left = over.x() + (room.width() - size.width()) // 2
            self.move(left, over.y() + theme.gap(16))
