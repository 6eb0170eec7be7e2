"""The orb: one calm shape that shows what Candor does, with a word for it.

Still when idle, breathing with the voice when listening, turning when thinking, a mouth when
speaking. It draws only while something moves.
"""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from agent.types import Phase
from desktop import theme

_MOVING = frozenset((Phase.HEARING, Phase.THINKING, Phase.SPEAKING, Phase.LOADING, Phase.LOOKING))
_FRAME_MS = 33
_EASE = 0.22
"""The share of the way that a value goes in one frame."""
_SETTLED = 0.004
_BARS = 5


class Orb(QWidget):
    """Shows a `Phase` and a level. The accessible name is the phase in a word."""

    def __init__(self, parent: QWidget | None = None, units: float = 11) -> None:
        super().__init__(parent)
        self._units = units
        self._phase = Phase.IDLE
        self._target = 0.0
        self._level = 0.0
        self._mouth = 0.0
        self._since = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._step)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell()

    @property
    def phase(self) -> Phase:
        """What is shown."""
        return self._phase

    @property
    def moving(self) -> bool:
        """Whether frames are being drawn."""
        return self._timer.isActive()

    def set_phase(self, phase: Phase) -> None:
        """Show what is going on."""
        if phase != self._phase:
            self._phase = phase
            self._since = time.monotonic()
            if phase not in (Phase.HEARING, Phase.SPEAKING):
                self._target = 0.0
            self._tell()
            self._wake()

    def set_level(self, level: float) -> None:
        """How loud the voice is, 0 to 1; only shown while someone speaks or listens."""
        if self._phase in (Phase.HEARING, Phase.SPEAKING):
            self._target = math.sqrt(min(1.0, max(0.0, level)))
            self._wake()

    def sizeHint(self) -> QSize:  # noqa: N802
        side = theme.gap(self._units)
        return QSize(side, side)

    def word(self) -> str:
        """The phase in a word."""
        words = {
            Phase.LOADING: self.tr("Getting ready"),
            Phase.IDLE: self.tr("Ready"),
            Phase.HEARING: self.tr("Listening"),
            Phase.LOOKING: self.tr("Looking"),
            Phase.THINKING: self.tr("Thinking"),
            Phase.SPEAKING: self.tr("Speaking"),
        }
        return words[self._phase]

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._wake()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        painter.translate(self.width() / 2, self.height() / 2)
        painter.scale(side / 2, side / 2)
        elapsed = 0.0 if theme.current().still else time.monotonic() - self._since
        _halo(painter, self._level)
        _body(painter, 0.62 + 0.1 * self._level)
        if self._phase in (Phase.THINKING, Phase.LOADING):
            _arc(painter, elapsed, loading=self._phase == Phase.LOADING)
        elif self._phase == Phase.LOOKING:
            _eye(painter, elapsed)
        elif self._phase == Phase.HEARING:
            _ring(painter, 0.3 + 0.16 * self._level)
        elif self._phase == Phase.SPEAKING:
            _mouth(painter, elapsed, self._mouth)
        else:
            _ring(painter, 0.0)

    def _tell(self) -> None:
        self.setAccessibleName(self.word())
        self.setToolTip(self.word())

    def _wake(self) -> None:
        if theme.current().still:
            self._level, self._mouth = self._target, 1.0
            self._timer.stop()
        elif self.isVisible():
            self._timer.start()
        self.update()

    def _step(self) -> None:
        breath = 0.0
        if self._phase == Phase.HEARING:
            breath = 0.10 + 0.08 * math.sin((time.monotonic() - self._since) * 2.4)
        self._level += (max(self._target, breath) - self._level) * _EASE
        speaking = 1.0 if self._phase == Phase.SPEAKING else 0.0
        self._mouth += (speaking - self._mouth) * _EASE
        if self._phase not in _MOVING and self._level < _SETTLED and self._mouth < _SETTLED:
            self._level = self._mouth = 0.0
            self._timer.stop()
        self.update()


def _circle(painter: QPainter, radius: float) -> None:
    painter.drawEllipse(QPointF(0, 0), radius, radius)


def _halo(painter: QPainter, level: float) -> None:
    """Two rings of pale accent that widen with the voice."""
    painter.setPen(Qt.PenStyle.NoPen)
    for reach, alpha in ((0.38, 0.14), (0.20, 0.22)):
        painter.setBrush(theme.color("accent", alpha * min(1.0, level * 4)))
        _circle(painter, min(1.0, 0.62 + reach * (0.25 + 0.75 * level)))


def _body(painter: QPainter, radius: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent"))
    _circle(painter, radius)


def _pen(width: float, alpha: float = 1.0) -> QPen:
    ink: QColor = theme.color("on_accent", alpha)
    return QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)


def _ring(painter: QPainter, radius: float) -> None:
    """Nothing but a point when still; an open ear when listening."""
    painter.setBrush(theme.color("on_accent") if radius == 0 else Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(0.09) if radius else Qt.PenStyle.NoPen)
    _circle(painter, radius or 0.14)


def _arc(painter: QPainter, elapsed: float, *, loading: bool) -> None:
    """Part of a circle that turns; a smaller part while loading."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(0.09, 0.3))
    _circle(painter, 0.32)
    painter.setPen(_pen(0.09))
    start = -elapsed * (150 if loading else 240)
    sweep = 90 if loading else 150 + 50 * math.sin(elapsed * 2.2)
    painter.drawArc(QRectF(-0.32, -0.32, 0.64, 0.64), round(start * 16), round(sweep * 16))


def _eye(painter: QPainter, elapsed: float) -> None:
    """A lens with a pupil that looks from side to side."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(0.09))
    painter.drawEllipse(QPointF(0, 0), 0.4, 0.26)
    painter.setBrush(theme.color("on_accent"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(QPointF(0.12 * math.sin(elapsed * 2.0), 0), 0.1, 0.1)


def _mouth(painter: QPainter, elapsed: float, share: float) -> None:
    """Bars like a voice."""
    painter.setPen(_pen(0.1))
    for bar in range(_BARS):
        place = (bar - (_BARS - 1) / 2) * 0.17
        swing = 0.5 + 0.5 * math.sin(elapsed * (5.2 + bar * 0.9) + bar * 1.7)
        arch = math.cos(place * 2.2)
        half = (0.05 + 0.22 * swing * share) * arch
        painter.drawLine(QPointF(place, -half), QPointF(place, half))
