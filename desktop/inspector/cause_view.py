"""What each sentence rests on, as measured: in words, and in bars of its probability."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from agent.causes.telling import ToldCause, percent, told_causes
from desktop import theme
from desktop.i18n.messages import message
from desktop.inspector import reasons
from desktop.widgets.collapsible import Collapsible
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label
from desktop.widgets.plain_text import short
from desktop.widgets.row_button import RowButton
from perception.types import Evidence
from safety.types import Cause, CauseKind, Explanation

_SENTENCE = 400
Meet = Callable[[Evidence], None]


@dataclass(frozen=True, slots=True)
class CauseBar:
    """One bar: what was left out, and how probable the word still was."""

    name: str
    share: float
    falls: bool = False


def measured(why: Explanation, meet: Meet) -> QWidget:
    """A section with all measured sentences; `meet` shows a piece of evidence again."""
    fold = Collapsible(QCoreApplication.translate("Why", "What it rests on, measured"), opened=True)
    told = [each for each in told_causes(why) if each.cause.kind is not CauseKind.OWN]
    lines = {item.id: item for item in why.evidence}
    for each in told[: reasons.MOST_ROWS]:
        fold.rows.addLayout(_sentence(each, lines, meet))
    reasons.add_rest(fold, len(told))
    if not told:
        nothing = QCoreApplication.translate("Why", "This answer says nothing to be measured.")
        fold.rows.addWidget(label(nothing, "muted"))
    return fold


def measuring(done: float) -> QWidget:
    """That it is being measured, and how much of it is done."""
    fold = Collapsible(QCoreApplication.translate("Why", "What it rests on, measured"), opened=True)
    words = QCoreApplication.translate(
        "Why", "Writing the answer again without each line. A new question comes first."
    )
    fold.rows.addWidget(label(words, "caption"))
    bar = QProgressBar()
    bar.setAccessibleName(QCoreApplication.translate("Why", "Measuring what the answer rests on"))
    bar.setRange(0, 100)
    bar.setValue(round(done * 100))
    bar.setTextVisible(False)
    fold.rows.addWidget(bar)
    return fold


def bars(cause: Cause) -> Iterator[CauseBar]:
    """The bars of a sentence: with everything, without each line that matters, without anything."""
    translate = QCoreApplication.translate
    first = next(iter(cause.effects), None)
    shown = first.shown if first else cause.shown
    yield CauseBar(translate("Why", "With everything"), shown)
    together = cause.resting
    if len(together) > 1:
        marks = " ".join(f"[{effect.evidence}]" for effect in together)
        name = translate("Why", "Without %1").replace("%1", marks)
        yield CauseBar(name, together[0].without, True)
    for effect in cause.effects:
        if effect not in together or len(together) == 1:
            name = translate("Why", "Without %1").replace("%1", f"[{effect.evidence}]")
            yield CauseBar(name, effect.without, effect.without < effect.shown)
    yield CauseBar(translate("Why", "Without anything"), cause.without, cause.without < shown / 2)


def _sentence(told: ToldCause, lines: Mapping[int, Evidence], meet: Meet) -> QVBoxLayout:
    box = QVBoxLayout()
    box.setSpacing(theme.gap(1))
    box.addWidget(_words(told, lines, meet))
    for each in told.told:
        box.addWidget(label(message(each), "caption", copy=True))
    if told.cause.kind is not CauseKind.MEMORY:
        box.addWidget(CauseChart(told.cause))
    return box


def _words(told: ToldCause, lines: Mapping[int, Evidence], meet: Meet) -> QWidget:
    """The sentence; where it rests on a line, a tap shows where that comes from."""
    text = short(told.text, _SENTENCE)
    first = next((lines[e.evidence] for e in told.cause.resting if e.evidence in lines), None)
    if first is None:
        return label(text, copy=True)
    row = RowButton("row")
    row.setAccessibleName(text)
    row.setToolTip(QCoreApplication.translate("Why", "Show where this comes from"))
    row.clicked.connect(lambda: meet(first))
    row.add(label(text), Glyph("pointer", "muted"))
    return row


class CauseChart(QWidget):
    """A small bar chart of one sentence; each bar has its words and number beside it."""

    def __init__(self, cause: Cause, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.gap(2))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        shown = list(bars(cause))
        self.setAccessibleName(". ".join(f"{bar.name}: {percent(bar.share)}" for bar in shown))
        for row, bar in enumerate(shown):
            grid.addWidget(label(bar.name, "caption", wrap=False), row, 0)
            grid.addWidget(_ProbabilityBar(bar), row, 1)
            grid.addWidget(label(percent(bar.share), "caption", wrap=False), row, 2)


class _ProbabilityBar(QWidget):
    def __init__(self, bar: CauseBar) -> None:
        super().__init__()
        self._bar = bar
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(theme.gap(16), theme.gap(4))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = theme.SPACE * 1.5
        track = QRectF(0.5, (self.height() - thick) / 2, self.width() - 1, thick)
        painter.setPen(QPen(theme.color("line"), theme.LINE))
        painter.setBrush(theme.color("sunken"))
        painter.drawRoundedRect(track, thick / 2, thick / 2)
        if self._bar.share < 0.005:
            return
        filled = QRectF(track)
        filled.setWidth(max(thick, track.width() * min(1.0, self._bar.share)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("warn" if self._bar.falls else "accent"))
        painter.drawRoundedRect(filled, thick / 2, thick / 2)
