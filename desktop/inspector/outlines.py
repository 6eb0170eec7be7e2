"""How recognised things are drawn on a picture: a shape for each kind, and words.

Every line is drawn twice, dark below light, so that it shows on any picture.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from desktop import theme
from desktop.inspector.in_view import (
    ICONS,
    SeenItem,
    certainty,
    kind_name,
    name_of,
)
from desktop.widgets import icons

_DIM = 0.55
_CORNER = 0.28
_MOST_TEXT = 24


def words(seen: SeenItem) -> str:
    """One recognised thing in words, for a tool tip and a screen reader."""
    name, sure = name_of(seen), certainty(seen.item.confidence)
    kind = kind_name(seen.kind)
    share = f"{seen.item.confidence:.0%}"
    return f"{name} ({sure}, {share})" if name == kind else f"{kind}: {name} ({sure}, {share})"


def draw(painter: QPainter, frame: QRectF, placed: Sequence[tuple[SeenItem, QRectF]]) -> None:
    """Outlines first, then labels where they do not cover one another."""
    for seen, where in placed:
        _outline(painter, seen.kind, where)
    taken: list[QRectF] = []
    for seen, where in placed:
        if seen.kind != "text":
            _label(painter, frame, seen, where, taken)


def spotlight(painter: QPainter, frame: QRectF, where: QRectF) -> None:
    """Dim everything but one place, and frame it."""
    shade = QPainterPath()
    shade.addRect(frame)
    hole = QPainterPath()
    around = where.adjusted(-theme.SPACE, -theme.SPACE, theme.SPACE, theme.SPACE)
    hole.addRoundedRect(around, theme.SMALL_RADIUS, theme.SMALL_RADIUS)
    dark = _dark()
    dark.setAlphaF(_DIM)
    painter.fillPath(shade.subtracted(hole), dark)
    _stroke(painter, hole, 2 * theme.STROKE)


def _dark() -> QColor:
    tokens = theme.current().tokens
    return QColor(tokens.surface if tokens.dark else tokens.ink)


def _bright() -> QColor:
    tokens = theme.current().tokens
    return QColor(tokens.ink if tokens.dark else tokens.raised)


def _stroke(
    painter: QPainter,
    path: QPainterPath,
    width: float,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    cap = Qt.PenCapStyle.RoundCap
    painter.setPen(QPen(_dark(), width + theme.STROKE, Qt.PenStyle.SolidLine, cap))
    painter.drawPath(path)
    painter.setPen(QPen(_bright(), width, style, cap))
    painter.drawPath(path)


def _outline(painter: QPainter, kind: str, where: QRectF) -> None:
    """People: an oval. Things: a rounded box. Text: a line under it. Codes: four corners."""
    path = QPainterPath()
    if kind == "person":
        path.addRoundedRect(where, where.width() * 0.45, where.height() * 0.45)
    elif kind == "text":
        path.moveTo(where.bottomLeft())
        path.lineTo(where.bottomRight())
    elif kind == "code":
        _corners(path, where)
    else:
        path.addRoundedRect(where, theme.SMALL_RADIUS, theme.SMALL_RADIUS)
    _stroke(painter, path, theme.STROKE)


def _corners(path: QPainterPath, where: QRectF) -> None:
    dx, dy = where.width() * _CORNER, where.height() * _CORNER
    for corner, x, y in (
        (where.topLeft(), dx, dy),
        (where.topRight(), -dx, dy),
        (where.bottomLeft(), dx, -dy),
        (where.bottomRight(), -dx, -dy),
    ):
        path.moveTo(corner + QPointF(x, 0))
        path.lineTo(corner)
        path.lineTo(corner + QPointF(0, y))


def _label(
    painter: QPainter, frame: QRectF, seen: SeenItem, where: QRectF, taken: list[QRectF]
) -> None:
    name = name_of(seen)
    text = name if len(name) <= _MOST_TEXT else name[: _MOST_TEXT - 1] + "…"
    font = theme.font(theme.Size.CAPTION, bold=True)
    metrics = QFontMetricsF(font)
    pad, glyph = theme.gap(), metrics.height()
    width = metrics.horizontalAdvance(text) + glyph + 3 * pad
    height = metrics.height() + pad
    x = min(max(where.left(), frame.left()), max(frame.left(), frame.right() - width))
    above = QRectF(x, where.top() - height - theme.STROKE, width, height)
    inside = QRectF(x, where.top() + theme.STROKE, width, height)
    below = QRectF(x, where.bottom() + theme.STROKE, width, height)
    for chip in (above, below, inside):
        if frame.contains(chip) and not any(chip.intersects(other) for other in taken):
            taken.append(chip)
            _chip(painter, chip, text, ICONS[seen.kind])
            return


def _chip(painter: QPainter, chip: QRectF, text: str, glyph: str) -> None:
    tokens = theme.current().tokens
    painter.setPen(QPen(theme.color("line"), theme.LINE))
    painter.setBrush(QColor(tokens.raised))
    painter.drawRoundedRect(chip, theme.SMALL_RADIUS, theme.SMALL_RADIUS)
    pad = theme.gap()
    side = chip.height() - 2 * pad
    icons.paint(painter, QRectF(chip.x() + pad, chip.y() + pad, side, side), glyph, tokens.accent)
    painter.setFont(theme.font(theme.Size.CAPTION, bold=True))
    painter.setPen(QColor(tokens.ink))
    words_at = chip.adjusted(side + 2 * pad, 0, -pad, 0)
    painter.drawText(words_at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
