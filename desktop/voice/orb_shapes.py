"""What the orb draws: one shape for each pose, inside a circle of radius 1."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop import theme
from desktop.session.pose import Pose

BODY = 0.62
_BARS = 5


@dataclass(frozen=True, slots=True)
class Look:
    """The moving parts. All but `elapsed` (seconds in this pose) lie from 0 to 1.

    `level` is the user's voice; `mouth` and `wide` are Candor's lips; `lids` are closed at 1.
    """

    elapsed: float = 0.0
    level: float = 0.0
    mouth: float = 0.0
    wide: float = 0.5
    lids: float = 0.0


def draw_orb(painter: QPainter, pose: Pose, look: Look) -> None:
    """The orb with the shape of its pose."""
    draw_halo(painter, look.level)
    draw_body(painter, look.level)
    if pose in (Pose.THINKING, Pose.LOADING):
        _arc(painter, look.elapsed, loading=pose is Pose.LOADING)
    elif pose is Pose.LOOKING:
        _eye(painter, look.elapsed)
    elif pose is Pose.HEARING:
        _bars(painter, look.level)
    elif pose is Pose.SPEAKING:
        draw_lips(painter, look, 0.0)
    else:
        _draw_still(painter, pose)


def _draw_still(painter: QPainter, pose: Pose) -> None:
    """The shapes that do not move by themselves."""
    if pose in (Pose.WAITING, Pose.LISTENING, Pose.MUTED):
        _ring(painter, 0.3, dotted=pose is Pose.WAITING)
    if pose in (Pose.IDLE, Pose.WAITING):
        _dot(painter, 0.14 if pose is Pose.IDLE else 0.1)
    elif pose is Pose.MAYBE_FINISHED:
        for place in (-0.24, 0.0, 0.24):
            _dot(painter, 0.07, place)
    elif pose is Pose.INTERRUPTED:
        _strokes(painter, ((-0.12, -0.2, -0.12, 0.2), (0.12, -0.2, 0.12, 0.2)))
    elif pose is Pose.MUTED:
        _strokes(painter, ((-0.21, 0.21, 0.21, -0.21),))


def draw_halo(painter: QPainter, level: float) -> None:
    """Two rings of pale accent that widen with the voice."""
    painter.setPen(Qt.PenStyle.NoPen)
    for reach, alpha in ((0.38, 0.14), (0.20, 0.22)):
        painter.setBrush(theme.color("accent", alpha * min(1.0, level * 4)))
        _circle(painter, min(1.0, BODY + reach * (0.25 + 0.75 * level)))


def draw_body(painter: QPainter, level: float) -> None:
    """The disc itself."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent"))
    _circle(painter, BODY + 0.1 * level)


def draw_lips(painter: QPainter, look: Look, y: float, scale: float = 1.0) -> None:
    """Two lips: a line when closed, round for oo, broad for ee."""
    half = (0.22 + 0.18 * look.mouth * (look.wide - 0.5)) * scale
    high = 0.26 * look.mouth * scale
    path = QPainterPath(QPointF(-half, y))
    path.cubicTo(-half * 0.6, y - high, half * 0.6, y - high, half, y)
    path.cubicTo(half * 0.6, y + high * 1.25, -half * 0.6, y + high * 1.25, -half, y)
    lips = pen(0.085 * scale)
    lips.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(lips)
    painter.setBrush(theme.color("on_accent", 0.25))
    painter.drawPath(path)


def pen(width: float, alpha: float = 1.0) -> QPen:
    """A round pen in the colour of what stands on the body."""
    ink: QColor = theme.color("on_accent", alpha)
    return QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)


def _circle(painter: QPainter, radius: float) -> None:
    painter.drawEllipse(QPointF(0, 0), radius, radius)


def _dot(painter: QPainter, radius: float, x: float = 0.0) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("on_accent"))
    painter.drawEllipse(QPointF(x, 0), radius, radius)


def _ring(painter: QPainter, radius: float, *, dotted: bool = False) -> None:
    """An open ear; dotted while it only waits."""
    ink = pen(0.09)
    if dotted:
        ink.setDashPattern((0.1, 2.51))  # in widths of the pen: eight dots to the circle
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(ink)
    _circle(painter, radius)


def _strokes(painter: QPainter, lines: tuple[tuple[float, float, float, float], ...]) -> None:
    painter.setPen(pen(0.1))
    for x1, y1, x2, y2 in lines:
        painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))


def _arc(painter: QPainter, elapsed: float, *, loading: bool) -> None:
    """Part of a circle that turns; a smaller part while loading."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(0.09, 0.3))
    _circle(painter, 0.32)
    painter.setPen(pen(0.09))
    start = -elapsed * (150 if loading else 240)
    sweep = 90 if loading else 150 + 50 * math.sin(elapsed * 2.2)
    painter.drawArc(QRectF(-0.32, -0.32, 0.64, 0.64), round(start * 16), round(sweep * 16))


def _eye(painter: QPainter, elapsed: float) -> None:
    """A lens with a pupil that looks from side to side."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(0.09))
    painter.drawEllipse(QPointF(0, 0), 0.4, 0.26)
    painter.setBrush(theme.color("on_accent"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(QPointF(0.12 * math.sin(elapsed * 2.0), 0), 0.1, 0.1)


def _bars(painter: QPainter, level: float) -> None:
    """The user's voice, tallest in the middle."""
    painter.setPen(pen(0.1))
    for bar in range(_BARS):
        place = (bar - (_BARS - 1) / 2) * 0.17
        half = (0.06 + 0.26 * level) * math.cos(place * 3.2)
        painter.drawLine(QPointF(place, -half), QPointF(place, half))
