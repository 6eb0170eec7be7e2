"""The panel "Why this answer": the decision first, then what it rests on, details folded away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent.types import (
    Asked,
    Ended,
    Reply,
    Sentence,
)
from desktop import theme
from desktop.i18n.messages import headline
from desktop.inspector import reasons, why_text
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

__all__ = ["WhyPanel", "as_text"]

_LETTERS = 1000
"""So much of a piece of evidence is shown; Copy takes all of it."""


class WhyPanel(ScrollPage):
    """Shows the account of one reply. `evidence_chosen` asks to meet a piece of it again."""

    evidence_chosen = Signal(object)
    speak_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setAccessibleName(self.tr("Why this answer"))
        self.clear()

    @property
    def text(self) -> str:
        """The account that is shown, as plain text; empty for none."""
        return self._text

    def clear(self) -> None:
        """Show no account, but what this panel is for."""
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

    def show_reply(self, asked: Asked, reply: Reply, sentences: Sequence[Sentence]) -> None:
        """Show why this reply is as it is."""
        self._text = as_text(asked, reply, sentences)
        page, column = self._page()
        column.addLayout(self._headline(reply, sentences))
        for change in why_text.changes(reply, sentences):
            column.addWidget(reasons.change(*change))
        column.addWidget(self._evidence(asked.evidence or reply.why.evidence))
        if reply.why.findings:
            column.addWidget(reasons.rules(why_text.strongest(reply.why.findings)))
        if sentences:
            column.addWidget(reasons.sentences(sentences))
        if reply.timings_ms:
            column.addWidget(reasons.timings(reply.timings_ms))
        column.addLayout(self._actions())
        column.addStretch(1)
        self.show_page(page)

    def _page(self) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, theme.gap(2), theme.gap(2))
        column.setSpacing(theme.gap(2))
        column.addWidget(label(self.tr("Why this answer"), "heading"))
        return page, column

    def _headline(self, reply: Reply, sentences: Sequence[Sentence]) -> QVBoxLayout:
        glyph, words = why_text.outcome(reply.ended)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(2))
        calm = reply.ended in (Ended.DONE, Ended.INTERRUPTED)
        row.addWidget(Glyph(glyph, "accent" if calm else "warn"))
        row.addWidget(label(words, wrap=False))
        row.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(theme.gap(1))
        column.addLayout(row)
        if headline(reply.why) and not why_text.changes(reply, sentences):
            column.addWidget(label(headline(reply.why), "muted", copy=True))
        if sure := why_text.overall(sentences):
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

    def _actions(self) -> FlowLayout:
        row = FlowLayout(theme.gap())
        for name, glyph, do in (
            (self.tr("Copy"), "copy", self._copy),
            (self.tr("Read aloud"), "volume-2", self._speak),
        ):
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
