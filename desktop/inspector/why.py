"""The panel "Why this answer": the decision first, then what it rests on, details folded away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent.causes.telling import deciding_words
from agent.types import Ended
from desktop import theme
from desktop.i18n.messages import message
from desktop.inspector import cause_view, path_view, reasons, why_text
from desktop.inspector.in_view import ICONS, certainty, kind_name
from desktop.inspector.why_text import as_text
from desktop.widgets import icons
from desktop.widgets.collapsible import Collapsible
from desktop.widgets.flow import FlowLayout
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label
from desktop.widgets.plain_text import short
from desktop.widgets.row_button import RowButton
from desktop.widgets.scrolling import ScrollPage
from perception.types import Evidence
from safety.types import Explanation

__all__ = ["WhyPanel", "as_text"]

_LETTERS = 1000
"""So much of a piece of evidence is shown; Copy takes all of it."""


class WhyPanel(ScrollPage):
    """Shows the explanation of one turn. `evidence_chosen` asks to meet a piece of it again."""

    evidence_chosen = Signal(object)
    speak_asked = Signal(str)
    appeal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setAccessibleName(self.tr("Why this answer"))
        self.clear()

    @property
    def text(self) -> str:
        """The explanation that is shown, as plain text; empty for none."""
        return self._text

    def clear(self) -> None:
        """Show no explanation, but what this panel is for."""
        self._text = ""
        page, column = self._page()
        column.addWidget(
            label(
                self.tr("Press “Why?” below an answer to see what it rests on and who checked it."),
                "caption",
            )
        )
        column.addStretch(1)
        self.show_page(page)

    def show_begun(self, evidence: Sequence[Evidence]) -> None:
        """Show what an answer rests on that has no explanation yet: that comes with its end."""
        self._text = ""
        page, column = self._page()
        column.addWidget(self._evidence(why_text.shown_evidence(evidence)))
        column.addStretch(1)
        self.show_page(page)

    def show_why(
        self,
        why: Explanation,
        ended: Ended,
        timings_ms: Mapping[str, float],
        done: float | None = None,
        problem: str = "",
        *,
        appeal: bool = False,
    ) -> None:
        """Show why an answer is as it is; `timings_ms` is empty where they are not known.

        `done` is how much of its causes was measured, None where nobody does; `problem` why not.
        `appeal` offers to call what was decided wrong.
        """
        self._text = as_text(why, ended, timings_ms)
        page, column = self._page()
        column.addLayout(self._headline(why, ended))
        for change in why.changes:
            column.addWidget(reasons.change_note(change))
        if why.causes:
            column.addWidget(cause_view.measured(why, self.evidence_chosen.emit))
        elif problem:
            column.addWidget(label(problem, "muted", copy=True))
        elif done is not None:
            column.addWidget(cause_view.measuring(done))
        column.addWidget(self._evidence(why_text.shown_evidence(why.evidence)))
        column.addWidget(path_view.path(why, ended))
        if why.findings:
            column.addWidget(reasons.rules(why_text.strongest(why.findings)))
        if why.sentences:
            column.addWidget(reasons.sentences(why.sentences, why.evidence))
        if timings_ms:
            column.addWidget(reasons.timings(timings_ms))
        column.addLayout(self._actions(appeal))
        column.addStretch(1)
        self.show_page(page)

    def _page(self) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, theme.gap(2), theme.gap(2))
        column.setSpacing(theme.gap(2))
        column.addWidget(label(self.tr("Why this answer"), "heading"))
        return page, column

    def _headline(self, why: Explanation, ended: Ended) -> QVBoxLayout:
        glyph, words = why_text.outcome(ended)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(2))
        calm = ended in (Ended.DONE, Ended.INTERRUPTED)
        row.addWidget(Glyph(glyph, "accent" if calm else "warn"))
        row.addWidget(label(words, wrap=False))
        row.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(theme.gap(1))
        column.addLayout(row)
        if remarks := why_text.remarks(why):
            column.addWidget(label(remarks, "muted", copy=True))
        if why.deciding is not None:
            told = message(deciding_words(why.deciding))
            column.addWidget(label(told, "muted", copy=True))
        if sure := why_text.overall(why):
            column.addWidget(label(self.tr("How sure: %1").replace("%1", sure), "muted"))
        return column

    def _evidence(self, evidence: Sequence[Evidence]) -> QWidget:
        title = self.tr("Sources")
        fold = Collapsible(f"{title} ({len(evidence)})" if evidence else title, opened=True)
        for item in evidence[: reasons.MOST_ROWS]:
            fold.rows.addWidget(self._evidence_row(item))
        reasons.add_rest(fold, len(evidence))
        if not evidence:
            nothing = self.tr("Nothing seen, heard or read: only what the model learned.")
            fold.rows.addWidget(label(nothing, "muted"))
        return fold

    def _evidence_row(self, item: Evidence) -> QWidget:
        row = RowButton("row")
        row.setAccessibleName(
            f"{short(why_text.evidence_line(item))} ({certainty(item.confidence)})"
        )
        row.setToolTip(self.tr("Show where this comes from"))
        row.clicked.connect(lambda: self.evidence_chosen.emit(item))
        kind = f"[{item.id}] {kind_name(item.kind)}, {certainty(item.confidence)}"
        row.add(label(kind, "caption"), Glyph(ICONS.get(item.kind, "info")))
        row.add(label(short(item.text, _LETTERS)), Glyph("", "muted"))
        return row

    def _actions(self, appeal: bool) -> FlowLayout:
        row = FlowLayout(theme.gap())
        ways = [
            (self.tr("Copy"), "copy", self._copy),
            (self.tr("Read aloud"), "volume-2", self._speak),
        ]
        if appeal:
            ways.append((self.tr("This was wrong…"), "hand", self.appeal_wanted.emit))
        for name, glyph, do in ways:
            button = QPushButton(name)
            button.setProperty("kind", "small")
            button.setIcon(icons.icon(glyph, "muted"))
            button.clicked.connect(do)
            row.addWidget(button)
        return row

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)

    def _speak(self) -> None:
        self.speak_asked.emit(self._text)
