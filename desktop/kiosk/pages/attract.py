"""The first page: a few big words in every language, that wander so that nothing burns in."""

from __future__ import annotations

import math

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.kiosk.words import BEGIN, HELLO, in_each

_STEP_MS = 4000
_STILL_STEP_MS = 60_000
"""Where no movement is wanted, the words still change their place now and then."""
_GROWN = 1.6


class AttractPage(QWidget):
    """Shows the words. `begun` at a touch or a key; on a further screen nobody listens to it."""

    begun = Signal()

    def __init__(self, languages: tuple[str, ...], title: str) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = title
        self._lines = list(zip(in_each(HELLO, languages), in_each(BEGIN, languages), strict=True))
        self.setAccessibleName(" ".join(f"{hello} {begin}." for hello, begin in self._lines))
        self._step = 0
        self._wander = QTimer(self, interval=_STILL_STEP_MS if theme.current().still else _STEP_MS)
        self._wander.timeout.connect(self._move)
        self._wander.start()

    @property
    def text(self) -> str:
        """All that it shows."""
        return "\n".join(f"{hello}\n{begin}" for hello, begin in self._lines)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A touch."""
        self.begun.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """A key that may pass."""
        self.begun.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The words, around a place that wanders."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        small, big = theme.font(theme.Size.TITLE), theme.font(theme.Size.DISPLAY, bold=True)
        big.setPixelSize(self._fitting(round(big.pixelSize() * _GROWN)))
        small.setPixelSize(min(small.pixelSize(), round(big.pixelSize() * 0.7)))
        rows = [(big, "ink", hello) for hello, _ in self._lines]
        rows += [(small, "muted", begin) for _, begin in self._lines]
        rows.insert(0, (small, "accent", self._title))
        height = round(big.pixelSize() * 1.6)
        top = (self.height() - height * len(rows)) // 2 + self._offset(self.height() / 16, 0.9)
        left = self._offset(self.width() / 24, 1.3)
        for place, (font, token, words) in enumerate(rows):
            painter.setFont(font)
            painter.setPen(theme.color(token))
            where = QRect(left, top + place * height, self.width(), height)
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, words)

    def _fitting(self, wanted: int) -> int:
        """A size at which all rows stand on this screen, and the longest fits into its width."""
        rows = 2 * len(self._lines) + 1
        longest = max((len(hello) for hello, _ in self._lines), default=1)
        low, narrow = int(self.height() / (rows * 1.9)), self.width() * 2 // (longest + 8)
        return max(12, min(wanted, low, narrow))

    def _offset(self, most: float, speed: float) -> int:
        return round(most * math.sin(self._step * 0.35 * speed))

    def _move(self) -> None:
        self._step += 1
        self.update()
