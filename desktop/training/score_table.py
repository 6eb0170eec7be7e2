"""Before and after a training, as a table that a screen reader reads row by row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from agent.adapters.store import Measured
from desktop import theme
from desktop.training import labels
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label


def table(measured: Sequence[Measured]) -> QWidget:
    """One row a measure: its name, before, after, and what that means."""
    translate = QCoreApplication.translate
    whole = QWidget()
    grid = QGridLayout(whole)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.gap(5))
    grid.setVerticalSpacing(theme.gap(1.5))
    grid.setColumnStretch(0, 1)
    heads = (translate("Training", "before"), translate("Training", "after"))
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for column, head in enumerate(heads, 1):
        words = label(head, "caption", wrap=False)
        words.setAlignment(right)
        grid.addWidget(words, 0, column)
    said = list[str]()
    for row, each in enumerate(measured, 1):
        icon, token, verdict = labels.verdict(each)
        name = labels.measure(each.name)
        before, after = (labels.value(each, n) for n in (each.before, each.after))
        grid.addWidget(label(name), row, 0)
        for column, text in enumerate((before, after), 1):
            words = label(text, "strong" if column == 2 else "", wrap=False)
            words.setAlignment(right)
            grid.addWidget(words, row, column)
        grid.addWidget(_verdict(icon, token, verdict), row, 3)
        line = translate("Training", "{name}: {before} before, {after} after, {verdict}")
        said.append(line.format(name=name, before=before, after=after, verdict=verdict))
    whole.setAccessibleName(translate("Training", "Before and after"))
    whole.setAccessibleDescription(". ".join(said))
    return whole


def _verdict(icon: str, token: str, word: str) -> QWidget:
    cell = QWidget()
    row = QHBoxLayout(cell)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.gap())
    row.addWidget(Glyph(icon, token))
    row.addWidget(label(word, wrap=False))
    row.addStretch(1)
    return cell
