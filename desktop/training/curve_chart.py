"""The curves of a training while it runs: loss, accuracy and learning rate over the steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent.training.core.progress import TrainingProgress
from desktop import theme

_MOST_POINTS = 400
_DOTS = 40


@dataclass(slots=True)
class Series:
    """A line of a panel. `checked` lines are dashed, with dots: what was measured now and then."""

    name: str
    token: str
    checked: bool = False
    points: list[tuple[float, float]] = field(default_factory=list)

    @property
    def last(self) -> str:
        """The newest value, short."""
        return f"{self.points[-1][1]:.3g}" if self.points else ""


@dataclass(slots=True)
class Panel:
    """One axis with one or two lines; `percent` shows hundredths."""

    lines: tuple[Series, ...]
    percent: bool = False


class CurveView(QWidget):
    """Draws `TrainingProgress` values. What it shows is also said in its accessible description."""

    def __init__(self) -> None:
        super().__init__()
        self._steps = 1
        self.setAccessibleName(self.tr("Curves of the training"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._panels = self._new()

    def clear(self) -> None:
        """Begin anew."""
        self._panels, self._steps = self._new(), 1
        self.update()

    def add_progress(self, now: TrainingProgress) -> None:
        """One more step or check. Steps that are done again replace the old ones."""
        loss, unseen = self._panels[0].lines
        accuracy, rate = self._panels[1].lines[0], self._panels[2].lines[0]
        self._steps = max(1, now.steps)
        if now.score is not None:
            _put(unseen, now.step, now.score.loss)
            _put(accuracy, now.step, now.score.accuracy)
        else:
            _put(loss, now.step, now.step_loss or now.loss)
            _put(rate, now.step, now.rate)
        self.setAccessibleDescription(self.words())
        self.update()

    def words(self) -> str:
        """The newest values in words."""
        parts = [f"{line.name} {line.last}" for p in self._panels for line in p.lines if line.last]
        return ", ".join(parts)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(theme.glyph(90), theme.glyph(42))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(theme.gap(40), theme.glyph(42))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        space = theme.gap(4)
        wide = (self.width() - space) * 0.55
        narrow = self.width() - space - wide
        tall = float(self.height())
        half = (tall - theme.gap(2)) / 2
        places = (
            QRectF(0, 0, wide, tall),
            QRectF(wide + space, 0, narrow, half),
            QRectF(wide + space, half + theme.gap(2), narrow, half),
        )
        for panel, place in zip(self._panels, places, strict=True):
            self._draw(painter, panel, place)

    def _new(self) -> tuple[Panel, Panel, Panel]:
        seen = Series(self.tr("Loss"), "accent")
        unseen = Series(self.tr("Kept back"), "warn", checked=True)
        accuracy = Series(self.tr("Accuracy, kept back"), "warn", checked=True)
        rate = Series(self.tr("Learning rate"), "muted")
        return (
            Panel((seen, unseen)),
            Panel((accuracy,), percent=True),
            Panel((rate,)),
        )

    def _draw(self, painter: QPainter, panel: Panel, place: QRectF) -> None:
        caption = theme.font(theme.Size.CAPTION)
        painter.setFont(caption)
        line = painter.fontMetrics().height()
        self._title(painter, panel, place, line)
        values = [y for series in panel.lines for _, y in series.points]
        high = 1.0 if panel.percent else max([*values, 1e-9]) * 1.05
        words = ("100%", "0") if panel.percent else (f"{high:.2g}", "0")
        left = max(painter.fontMetrics().horizontalAdvance(word) for word in words) + theme.gap(2)
        box = place.adjusted(left, line + theme.gap(2), -theme.gap(), -theme.gap(2))
        painter.setPen(QPen(theme.color("hairline"), theme.LINE))
        for share in (0.0, 0.5, 1.0):
            y = box.bottom() - share * box.height()
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        painter.setPen(theme.color("muted"))
        for word, y in zip(words, (box.top(), box.bottom()), strict=True):
            spot = QRectF(place.left(), y - line / 2, left - theme.gap(), line)
            painter.drawText(
                spot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word
            )
        for series in panel.lines:
            self._line(painter, series, box, high)

    def _title(self, painter: QPainter, panel: Panel, place: QRectF, line: int) -> None:
        x = place.left()
        for series in panel.lines:
            value = f"{float(series.last):.0%}" if series.last and panel.percent else series.last
            text = f"{series.name}  {value}" if value else series.name
            painter.setPen(_pen(series))
            middle = place.top() + line / 2
            painter.drawLine(QPointF(x, middle), QPointF(x + theme.gap(4), middle))
            painter.setPen(theme.color("ink"))
            room = QRectF(x + theme.gap(5), place.top(), place.right() - x - theme.gap(5), line)
            shown = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(
                room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown
            )
            x += theme.gap(9) + painter.fontMetrics().horizontalAdvance(text)

    def _line(self, painter: QPainter, series: Series, box: QRectF, high: float) -> None:
        points = [
            QPointF(
                box.left() + box.width() * step / self._steps,
                box.bottom() - box.height() * min(1.0, max(0.0, value / high)),
            )
            for step, value in _thinned(series.points)
        ]
        painter.setPen(_pen(series))
        painter.drawPolyline(QPolygonF(points))
        if series.checked and len(points) <= _DOTS:
            painter.setBrush(theme.color(series.token))
            painter.setPen(Qt.PenStyle.NoPen)
            for point in points:
                painter.drawEllipse(point, theme.gap(), theme.gap())
            painter.setBrush(Qt.BrushStyle.NoBrush)


def _pen(series: Series) -> QPen:
    pen = QPen(theme.color(series.token), theme.STROKE)
    if series.checked:
        pen.setStyle(Qt.PenStyle.DashLine)
    return pen


def _put(series: Series, step: int, value: float) -> None:
    while series.points and series.points[-1][0] >= step:
        series.points.pop()
    series.points.append((step, value))


def _thinned(points: Sequence[tuple[float, float]]) -> Sequence[tuple[float, float]]:
    """No more than can be seen, with the last one always."""
    if len(points) <= _MOST_POINTS:
        return points
    return [*points[:: -(-len(points) // _MOST_POINTS)], points[-1]]
