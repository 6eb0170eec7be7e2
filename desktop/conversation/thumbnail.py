"""A small picture that can be pressed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop import theme
from desktop.session.pictures import thumbnail
from desktop.widgets import icons


class Thumbnail(QAbstractButton):
    """Shows encoded bytes, at most `side` high; a sign where they cannot be shown quickly."""

    def __init__(self, data: bytes, side: int, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ratio = self.devicePixelRatioF()
        image = thumbnail(data, round(side * ratio))
        self._image = image if image is not None else QImage()
        self._image.setDevicePixelRatio(ratio)
        shown = self._image.deviceIndependentSize()
        width = side if self._image.isNull() else round(shown.width())
        self._size = QSize(max(theme.target(), width), max(theme.target(), side))
        self.setFixedSize(self._size)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:  # noqa: N802
        """The size of the picture."""
        return self._size

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The picture with round corners, on a ground that shows where a small one ends."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        whole = QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(whole, theme.SMALL_RADIUS, theme.SMALL_RADIUS)
        painter.setClipPath(path)
        painter.fillRect(whole, theme.color("hover"))
        middle = whole.center()
        if self._image.isNull():
            side = theme.gap(6)
            place = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
            icons.paint(painter, place, "image", theme.current().tokens.muted)
            return
        size = self._image.deviceIndependentSize()
        left, top = middle.x() - size.width() / 2, middle.y() - size.height() / 2
        painter.drawImage(QRectF(left, top, size.width(), size.height()), self._image)
