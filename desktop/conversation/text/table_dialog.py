"""A large table of an answer in a window of its own, where only what is seen is drawn."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QDialogButtonBox, QTableView, QVBoxLayout, QWidget

from agent.markdown.pieces import cells
from agent.markdown.plain import plain
from desktop import theme
from desktop.widgets.dialog import Dialog
from desktop.widgets.plain_text import short

_LETTERS = 400
_WIDEST = 90
_FITTED, _LOOKED_AT = 20, 50
"""So few columns are as wide as so many of their rows need."""
_Index = QModelIndex | QPersistentModelIndex


class TableDialog(Dialog):
    """Shows the lines of a Markdown table in rows and columns."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Table"))
        self.view = QTableView()
        self.view.setModel(_Rows(text, self))
        self.view.setAccessibleName(self.tr("Table"))
        self.view.verticalHeader().hide()
        self.view.setShowGrid(False)
        header = self.view.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMaximumSectionSize(theme.gap(_WIDEST))
        header.setResizeContentsPrecision(_LOOKED_AT)
        if self.view.model().columnCount() <= _FITTED:
            self.view.resizeColumnsToContents()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(4), theme.gap(4), theme.gap(4), theme.gap(4))
        column.addWidget(self.view)
        column.addWidget(buttons)
        self.fit(QSize(theme.gap(220), theme.gap(150)))


class _Rows(QAbstractTableModel):
    """The first line names the columns, the second is the line below it."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        lines = text.split("\n")
        self._names = cells(lines[0])
        self._rows = [cells(line) for line in lines[2:]]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802
        return 0 if parent.isValid() else len(self._names)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        row = self._rows[index.row()]
        return _words(row[index.column()]) if index.column() < len(row) else ""

    def headerData(  # noqa: N802
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        across = orientation is Qt.Orientation.Horizontal
        return _words(self._names[section]) if across else str(section + 1)


def _words(cell: str) -> str:
    return short(plain(cell[:_LETTERS]), _LETTERS)
