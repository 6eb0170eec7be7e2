"""A rule's score against its threshold as a small bar: a filled part and a mark."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme


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
