"""The sections of the panel "Why this answer"."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from agent.types import Sentence
from desktop import theme
from desktop.inspector import why_text
from desktop.inspector.score_bar import ScoreBar
from desktop.widgets.collapsible import Fold
from desktop.widgets.labels import label
from safety.types import Finding


def change(headline: str, alternative: str, appeal: str) -> QWidget:
    """What was changed or held back, what else can be had, and how to appeal."""
    note = QFrame()
    note.setProperty("kind", "note")
    note.setAccessibleName(" ".join(filter(None, (headline, alternative, appeal))))
    column = QVBoxLayout(note)
    column.setContentsMargins(theme.gap(3), theme.gap(), 0, theme.gap())
    column.setSpacing(theme.gap())
    column.addWidget(label(headline, copy=True))
    for text in filter(None, (alternative, appeal)):
        column.addWidget(label(text, "caption", copy=True))
    return note


def rules(findings: Sequence[Finding]) -> QWidget:
    """Each rule with its score against its threshold."""
    title = QCoreApplication.translate("Why", "Rules that looked at it (%1)").replace(
        "%1", str(len(findings))
    )
    fold = Fold(title, opened=any(finding.fired for finding in findings))
    for finding in findings:
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
    return fold


def sentences(sentences: Sequence[Sentence]) -> QWidget:
    """How sure each sentence is, and what it rests on."""
    fold = Fold(QCoreApplication.translate("Why", "Sentence by sentence"))
    for sentence in sentences:
        box = QVBoxLayout()
        box.setSpacing(0)
        box.addWidget(label(sentence.text.strip(), copy=True))
        cited = "".join(f" [{number}]" for number in sentence.evidence)
        box.addWidget(label(why_text.sureness(sentence.confidence) + cited, "caption"))
        fold.rows.addLayout(box)
    return fold


def timings(timings_ms: dict[str, float]) -> QWidget:
    """How long each stage took."""
    fold = Fold(QCoreApplication.translate("Why", "Times"))
    for stage, value in why_text.timing_lines(timings_ms):
        row = QHBoxLayout()
        row.addWidget(label(stage, "caption"), 1)
        row.addWidget(label(value, "caption", wrap=False))
        fold.rows.addLayout(row)
    return fold
