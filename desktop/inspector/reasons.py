"""The sections of the panel "Why this answer"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.inspector import why_text
from desktop.widgets.collapsible import Collapsible
from desktop.widgets.labels import label
from desktop.widgets.plain_text import short
from perception.types import Evidence
from safety.types import Change, Finding, GivenSentence

MOST_ROWS = 50
"""Of evidence, of rules and of sentences; a longer list would hold the window up."""
_SENTENCE = 400


def change_note(change: Change) -> QWidget:
    """What was changed or held back, what else can be had, and how to appeal."""
    note = QFrame()
    note.setProperty("kind", "note")
    note.setAccessibleName(short(why_text.change_line(change)))
    column = QVBoxLayout(note)
    column.setContentsMargins(theme.gap(3), theme.gap(), 0, theme.gap())
    column.setSpacing(theme.gap())
    column.addWidget(label(change.headline, copy=True))
    for text in filter(None, (change.alternative, change.appeal)):
        column.addWidget(label(text, "caption", copy=True))
    return note


def rules(findings: Sequence[Finding]) -> QWidget:
    """Each rule with its score against its threshold."""
    title = QCoreApplication.translate("Why", "Safety checks (%1)").replace(
        "%1", str(len(findings))
    )
    fold = Collapsible(title, opened=any(finding.fired for finding in findings))
    for finding in findings[:MOST_ROWS]:
        box = QVBoxLayout()
        box.setSpacing(0)
        name = f"{why_text.rule_name(finding.rule)}: {why_text.category_name(finding)}"
        box.addWidget(label(name))
        bar = ScoreBar(finding.score, finding.threshold)
        bar.setAccessibleName(f"{name}. {why_text.weighing(finding)}")
        box.addWidget(bar)
        box.addWidget(label(why_text.weighing(finding), "caption"))
        if finding.note:
            box.addWidget(label(finding.note, "caption", copy=True))
        fold.rows.addLayout(box)
    add_rest(fold, len(findings))
    return fold


def sentences(sentences: Sequence[GivenSentence], evidence: Sequence[Evidence]) -> QWidget:
    """What each sentence rests on, and how sure that is."""
    fold = Collapsible(QCoreApplication.translate("Why", "Sentence by sentence"))
    for sentence in sentences[:MOST_ROWS]:
        box = QVBoxLayout()
        box.setSpacing(0)
        box.addWidget(label(short(sentence.text.strip(), _SENTENCE), copy=True))
        box.addWidget(label(why_text.standing(sentence, evidence), "caption"))
        fold.rows.addLayout(box)
    add_rest(fold, len(sentences))
    return fold


def add_rest(fold: Collapsible, count: int) -> None:
    """Say how many rows are not shown, where there are too many."""
    if count > MOST_ROWS:
        words = QCoreApplication.translate("Why", "… and {n} more.").format(n=count - MOST_ROWS)
        fold.rows.addWidget(label(words, "caption"))


def timings(timings_ms: Mapping[str, float]) -> QWidget:
    """How long each stage took."""
    fold = Collapsible(QCoreApplication.translate("Why", "Times"))
    for stage, value in why_text.timing_lines(timings_ms):
        row = QHBoxLayout()
        row.addWidget(label(stage, "caption"), 1)
        row.addWidget(label(value, "caption", wrap=False))
        fold.rows.addLayout(row)
    return fold


class ScoreBar(QWidget):
    """Both numbers lie from 0 to 1. What they mean stands in words beside the bar."""

    def __init__(self, score: float, threshold: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.score = min(1.0, max(0.0, score))
        self.threshold = min(1.0, max(0.0, threshold))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(theme.gap(20), theme.gap(4))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, thick = self.height() / 2, theme.SPACE
        track = QRectF(theme.SPACE / 2, middle - thick / 2, self.width() - theme.SPACE, thick)
        painter.setPen(QPen(theme.color("line"), theme.LINE))
        painter.setBrush(theme.color("sunken"))
        painter.drawRoundedRect(track, thick / 2, thick / 2)
        fired = self.score >= self.threshold
        filled = QRectF(track)
        filled.setWidth(max(thick, track.width() * self.score) if self.score > 0 else 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("warn" if fired else "accent"))
        painter.drawRoundedRect(filled, thick / 2, thick / 2)
        x = track.left() + track.width() * self.threshold
        painter.setPen(QPen(theme.color("ink"), theme.STROKE))
        reach = theme.SPACE * 1.5
        painter.drawLine(QPointF(x, middle - reach), QPointF(x, middle + reach))
