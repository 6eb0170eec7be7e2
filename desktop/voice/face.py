"""The face that can stand in for the orb: two eyes and a mouth, calm and never lifelike."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from desktop import theme
from desktop.session.pose import Pose
from desktop.voice.orb_shapes import (
    Look,
    draw_body,
    draw_halo,
    draw_lips,
    pen,
)

_APART = 0.22
_HIGH = -0.12
_MOUTH = 0.2
_LIDS = {Pose.WAITING: 0.55, Pose.MUTED: 1.0, Pose.LOADING: 1.0}
"""How far the eyes are closed without a blink."""
_GAZE = {
    Pose.THINKING: (0.05, -0.06),
    Pose.LOOKING: (0.0, 0.0),
    Pose.MAYBE_FINISHED: (0.0, -0.03),
}


def draw_face(painter: QPainter, pose: Pose, look: Look) -> None:
    """The face of a pose."""
    draw_halo(painter, look.level)
    draw_body(painter, look.level)
    lids = max(look.lids, _LIDS.get(pose, 0.0))
    x, y = _GAZE.get(pose, (0.0, 0.0))
    if pose is Pose.LOOKING:
        x = 0.06 * math.sin(look.elapsed * 2.0)
    for side in (-1, 1):
        _eye(painter, side * _APART + x, _HIGH + y, lids, _open_wide(pose))
    _draw_mouth(painter, pose, look)


def _open_wide(pose: Pose) -> float:
    return 1.25 if pose in (Pose.HEARING, Pose.LISTENING, Pose.INTERRUPTED) else 1.0


def _eye(painter: QPainter, x: float, y: float, lids: float, size: float) -> None:
    if lids >= 0.95:
        painter.setPen(pen(0.06))
        painter.drawLine(QPointF(x - 0.08, y), QPointF(x + 0.08, y))
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("on_accent"))
    painter.drawEllipse(QPointF(x, y), 0.065 * size, 0.1 * size * (1.0 - lids))


def _draw_mouth(painter: QPainter, pose: Pose, look: Look) -> None:
    if pose is Pose.SPEAKING:
        draw_lips(painter, look, _MOUTH, 0.8)
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(0.06))
    if pose in (Pose.IDLE, Pose.LISTENING):
        _smile(painter, 0.2, 70)
    elif pose is Pose.HEARING:
        _smile(painter, 0.14, 70)
    elif pose is Pose.MAYBE_FINISHED:
        _smile(painter, 0.14, 40)
    elif pose is Pose.INTERRUPTED:
        painter.drawEllipse(QPointF(0, _MOUTH), 0.06, 0.06)
    elif pose is Pose.THINKING:
        painter.drawLine(QPointF(-0.02, _MOUTH), QPointF(0.12, _MOUTH - 0.03))
    elif pose is Pose.LOADING:
        for dot in (-0.1, 0.0, 0.1):
            painter.drawPoint(QPointF(dot, _MOUTH))
    elif pose is Pose.MUTED:
        painter.drawLine(QPointF(-0.1, _MOUTH + 0.04), QPointF(0.1, _MOUTH - 0.04))
    else:
        painter.drawLine(QPointF(-0.1, _MOUTH), QPointF(0.1, _MOUTH))


def _smile(painter: QPainter, radius: float, half_angle: float) -> None:
    top = _MOUTH - radius
    box = QRectF(-radius, top - radius * 0.4, 2 * radius, 2 * radius * 0.9)
    painter.drawArc(box, round((270 - half_angle) * 16), round(2 * half_angle * 16))
