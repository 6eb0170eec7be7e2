"""The help page: every action with its keys, by group; what is typed narrows it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from agent.settings import Settings
from desktop import theme
from desktop.widgets.dialog import Dialog
from desktop.widgets.labels import label
from desktop.widgets.search_field import SearchField
from desktop.window.commands.fuzzy import fit
from desktop.window.commands.types import ActionGroup, Targets, WindowAction, shown_key


def open_help(on: Targets) -> None:
    """Show the page beside the window."""
    from desktop.window.commands.table import WINDOW_ACTIONS

    page = on.window.findChild(HelpPage)
    if page is None:
        page = HelpPage(WINDOW_ACTIONS, on.actions.settings, on.window)
    page.show()
    page.raise_()
    page.activateWindow()


class HelpPage(Dialog):
    """All actions with their keys."""

    def __init__(
        self, table: Sequence[WindowAction], settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("All actions and keys"))
        self._table, self._settings = table, settings
        self._search = SearchField(
            self.tr("Search, also by a key such as Ctrl+F"), self.tr("Search actions and keys")
        )
        self.field = self._search.line
        self.field.textChanged.connect(self._fill)
        self.tree = self._make_tree()
        self._lay_out()
        self._fill("")

    def lines(self) -> list[tuple[str, str]]:
        """The actions that are shown, each with its keys."""
        groups = (self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount()))
        rows = [g.child(at) for g in groups if g is not None for at in range(g.childCount())]
        return [(row.text(0), row.text(1)) for row in rows if row is not None]

    def _fill(self, typed: str) -> None:
        self.tree.clear()
        for group in ActionGroup:
            rows = [self._row(a) for a in self._table if a.group is group and self._fits(a, typed)]
            if rows:
                head = QTreeWidgetItem(self.tree, [group.title])
                head.setFont(0, theme.font(theme.Size.CAPTION, bold=True))
                head.setForeground(0, theme.color("muted"))
                head.setFirstColumnSpanned(True)
                head.addChildren(rows)
                head.setExpanded(True)

    def _fits(self, action: WindowAction, typed: str) -> bool:
        return fit(typed, action.title, action.english, self._keys(action)) >= 1

    def _keys(self, action: WindowAction) -> str:
        return " · ".join(shown_key(key) for key in action.keys_with(self._settings))

    def _row(self, action: WindowAction) -> QTreeWidgetItem:
        row = QTreeWidgetItem([action.title.removesuffix("…"), self._keys(action)])
        row.setForeground(1, theme.color("muted"))
        return row

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(2)
        tree.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        tree.setAccessibleName(self.windowTitle())
        tree.setRootIsDecorated(False)
        tree.setIndentation(0)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.header().hide()
        return tree

    def _lay_out(self) -> None:
        close = QPushButton(self.tr("Close"))
        close.setProperty("kind", "primary")
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(5), theme.gap(5), theme.gap(5), theme.gap(4))
        column.setSpacing(theme.gap(3))
        column.addWidget(label(self.windowTitle(), "title"))
        column.addWidget(self._search)
        column.addWidget(self.tree, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.fit(QSize(theme.glyph(140), theme.glyph(160)))
