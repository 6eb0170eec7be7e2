"""Help in need: one card above the answer, with whom to call and where the numbers are for."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.clear import clear
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label
from safety.types import Explanation


class HelpCard(QFrame):
    """Hidden where an answer has no such help."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "note")
        self._shown: Explanation | None = None
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.gap())
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.gap(3), theme.gap(2), theme.gap(3), theme.gap(2))
        row.setSpacing(theme.gap(3))
        row.addWidget(Glyph("triangle-alert", "warn"))
        row.addLayout(self._column, 1)
        self.hide()

    def show_help(self, why: Explanation | None) -> None:
        """Show it, once."""
        self.setVisible(why is not None)
        if why is None or why == self._shown:
            return
        self._shown = why
        clear(self._column)
        self._column.addWidget(label(why.headline, "strong", copy=True))
        self._column.addWidget(label(why.alternative, copy=True))
        if why.region:
            territory = QLocale.codeToTerritory(why.region)
            place = QLocale.territoryToString(territory) or why.region
            words = self.tr("These numbers are for: {place}. Another region: Settings, Safety.")
            self._column.addWidget(label(words.format(place=place), "caption"))
        else:
            words = self.tr("Your region is not known: choose it in Settings, Safety.")
            self._column.addWidget(label(words, "caption"))
        self.setAccessibleName(f"{why.headline} {why.alternative}")
