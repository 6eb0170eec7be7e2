"""The orb: one calm shape, or a face, that shows what Candor does, with a word for it.

It moves with the user's voice while listening and with its own while speaking, and draws only
while something moves.
"""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.session.pose import Pose, pose_word
from desktop.voice.face import draw_face
from desktop.voice.orb_shapes import Look, draw_orb

_STEADY = frozenset((Pose.IDLE, Pose.WAITING, Pose.MUTED, Pose.INTERRUPTED, Pose.MAYBE_FINISHED))
_HEARS = frozenset((Pose.LISTENING, Pose.HEARING, Pose.MAYBE_FINISHED))
_AWAKE = frozenset((Pose.IDLE, Pose.LISTENING, Pose.HEARING, Pose.SPEAKING, Pose.LOOKING))
_FRAME_MS = 33
_EASE = 0.22
"""The share of the way that a value goes in one frame."""
_MOUTH_EASE = 0.5
_SETTLED = 0.004
_NOTICED = 0.03
"""A smaller change of the level is not drawn: an open microphone in a quiet room costs nothing."""
_BLINK_EVERY_MS = 5200
_BLINK_SECONDS = 0.28
_LEAST_FACE = 8
"""A face smaller than this cannot be read: the orb stands there in any case."""


class Orb(QWidget):
    """Shows a `Pose`, a level and a mouth. The accessible name is the pose in a word."""

    def __init__(self, parent: QWidget | None = None, units: float = 11) -> None:
        super().__init__(parent)
        self._units = units
        self._pose = Pose.IDLE
        self._target = self._level = 0.0
        self._lips, self._shown_lips = (0.0, 0.5), (0.0, 0.5)
        self._since = time.monotonic()
        self._blinked = 0.0
        self._timer = QTimer(self, interval=_FRAME_MS)
        self._timer.timeout.connect(self._step)
        self._blinks = QTimer(self, interval=_BLINK_EVERY_MS)
        self._blinks.timeout.connect(self._blink)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell()

    @property
    def pose(self) -> Pose:
        """What is shown."""
        return self._pose

    @property
    def moving(self) -> bool:
        """Whether frames are being drawn."""
        return self._timer.isActive()

    @property
    def has_face(self) -> bool:
        """Whether a face is drawn in place of the orb."""
        return theme.current().face and self._units >= _LEAST_FACE

    def set_pose(self, pose: Pose) -> None:
        """Show what is going on."""
        if pose is self._pose:
            return
        self._pose = pose
        self._since = time.monotonic()
        if pose not in _HEARS:
            self._target = 0.0
        if pose is not Pose.SPEAKING:
            self._lips = (0.0, 0.5)
        self._tell()
        self._wake()

    def set_level(self, level: float) -> None:
        """How loud the user is, 0 to 1; only shown while Candor listens."""
        wanted = math.sqrt(min(1.0, max(0.0, level)))
        if self._pose in _HEARS and abs(wanted - self._target) > _NOTICED:
            self._target = wanted
            self._wake()

    def set_mouth(self, opened: float, wide: float) -> None:
        """Candor's lips while it speaks, each 0 to 1."""
        if self._pose is Pose.SPEAKING:
            self._lips = (min(1.0, max(0.0, opened)), min(1.0, max(0.0, wide)))
            self._wake()

    def sizeHint(self) -> QSize:  # noqa: N802
        side = theme.gap(self._units)
        return QSize(side, side)

    def word(self) -> str:
        """The pose in a word."""
        return pose_word(self._pose)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._wake()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        super().hideEvent(event)
        self._timer.stop()
        self._blinks.stop()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._wake()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        painter.translate(self.width() / 2, self.height() / 2)
        painter.scale(side / 2, side / 2)
        draw = draw_face if self.has_face else draw_orb
        draw(painter, self._pose, self._look())

    def _look(self) -> Look:
        if theme.current().still:
            half_open = 0.5 if self._pose is Pose.SPEAKING else 0.0
            level = 0.4 if self._pose is Pose.HEARING else 0.0
            return Look(level=level, mouth=half_open)
        now = time.monotonic()
        blink = max(0.0, 1.0 - abs((now - self._blinked) / _BLINK_SECONDS * 2 - 1))
        opened, wide = self._shown_lips
        return Look(now - self._since, self._level, opened, wide, blink)

    def _tell(self) -> None:
        self.setAccessibleName(self.word())
        self.setToolTip(self.word())

    def _wake(self) -> None:
        if theme.current().still or not self.isVisible():
            self._timer.stop()
            self._blinks.stop()
        else:
            self._timer.start()
            self._let_blink()
        self.update()

    def _let_blink(self) -> None:
        if not self.has_face:
            self._blinks.stop()
        elif not self._blinks.isActive():
            self._blinks.start()

    def _blink(self) -> None:
        if self._pose in _AWAKE:
            self._blinked = time.monotonic()
            self._wake()

    def _step(self) -> None:
        now = time.monotonic()
        breath = 0.0
        if self._pose is Pose.HEARING:
            breath = 0.10 + 0.08 * math.sin((now - self._since) * 2.4)
        self._level += (max(self._target, breath) - self._level) * _EASE
        self._shown_lips = _nearer(self._shown_lips, self._lips)
        if self._settled(now):
            self._level, self._shown_lips = self._target, self._lips
            self._timer.stop()
        self.update()

    def _settled(self, now: float) -> bool:
        quiet = abs(self._level - self._target) < _SETTLED
        shut = all(abs(a - b) < _SETTLED for a, b in zip(self._lips, self._shown_lips, strict=True))
        moves = self._pose not in _STEADY and self._pose not in (Pose.LISTENING, Pose.SPEAKING)
        return quiet and shut and not moves and now - self._blinked > _BLINK_SECONDS


def _nearer(shown: tuple[float, float], wanted: tuple[float, float]) -> tuple[float, float]:
    """One frame nearer to what is wanted."""
    return (
        shown[0] + (wanted[0] - shown[0]) * _MOUTH_EASE,
        shown[1] + (wanted[1] - shown[1]) * _MOUTH_EASE,
    )
