"""A picture with what was recognised drawn on it, and one place of it enlarged when asked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.inspector import in_view, outlines
from desktop.inspector.in_view import SeenItem
from desktop.widgets.plain_text import tip
from perception.types import Box, Scene

_ASPECT = 3 / 4
_MARGIN = 0.6
"""How much of a highlighted place's size is shown around it, on each side."""
_LEAST = 0.25
"""The least share of the picture that is shown when enlarged."""
WHOLE = QRectF(0, 0, 1, 1)


class Picture(QWidget):
    """Shows one image and one scene. `chosen` tells which recognised thing was pressed."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._seen: tuple[SeenItem, ...] = ()
        self._marked: Box | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(theme.gap(24))
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Picture"))

    def show_image(self, image: QImage, scene: Scene | None) -> None:
        """Show another picture; a mark stays."""
        turned = image.size() != self._image.size()
        self._image = image
        self._seen = tuple(in_view.everything(scene)) if scene else ()
        self.setAccessibleDescription(in_view.summary(scene) if scene else "")
        if turned:
            self.updateGeometry()
        self.update()

    def mark(self, box: Box | None) -> None:
        """Enlarge one place, or show all again."""
        self._marked = box
        self.update()

    @property
    def marked(self) -> Box | None:
        """The place that is enlarged."""
        return self._marked

    @property
    def image(self) -> QImage:
        """The whole picture."""
        return self._image

    @property
    def empty(self) -> bool:
        """Whether there is no picture."""
        return self._image.isNull()

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return self.sizePolicy().hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return round(width * self._aspect())

    def sizeHint(self) -> QSize:  # noqa: N802
        width = theme.gap(72)
        return QSize(width, self.heightForWidth(width))

    def _aspect(self) -> float:
        if self.empty:
            return _ASPECT
        # A very tall or wide picture must not push everything else away.
        return min(1.0, max(0.4, self._image.height() / self._image.width()))

    def view(self) -> QRectF:
        """The part of the picture that is shown, in fractions."""
        box = self._marked
        if box is None:
            return WHOLE
        side = max(_LEAST, box.width * (1 + 2 * _MARGIN), box.height * (1 + 2 * _MARGIN))
        side = min(1.0, side)
        left = min(1 - side, max(0.0, box.left + box.width / 2 - side / 2))
        top = min(1 - side, max(0.0, box.top + box.height / 2 - side / 2))
        return QRectF(left, top, side, side)

    def frame(self) -> QRectF:
        """Where the shown part lies in this widget."""
        if self.empty:
            return QRectF(self.rect())
        scale = min(self.width() / self._image.width(), self.height() / self._image.height())
        width, height = self._image.width() * scale, self._image.height() * scale
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def place(self, box: Box) -> QRectF:
        """Where a box of the picture lies in this widget."""
        view, frame = self.view(), self.frame()
        return QRectF(
            frame.x() + (box.left - view.x()) / view.width() * frame.width(),
            frame.y() + (box.top - view.y()) / view.height() * frame.height(),
            box.width / view.width() * frame.width(),
            box.height / view.height() * frame.height(),
        )

    def at(self, x: float, y: float) -> SeenItem | None:
        """The smallest recognised thing under a point."""
        under = [s for s in self._boxed() if self.place(s.item.box).contains(x, y)]
        return min(under, key=lambda s: s.item.box.width * s.item.box.height, default=None)

    def _boxed(self) -> list[SeenItem]:
        return [seen for seen in self._seen if seen.kind != "tag"]

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            point = self.mapFromGlobal(self.cursor().pos())
            seen = self.at(point.x(), point.y())
            self.setToolTip(tip(outlines.words(seen)) if seen else "")
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        point = event.position()
        seen = self.at(point.x(), point.y())
        if event.button() == Qt.MouseButton.LeftButton and seen is not None:
            self.chosen.emit(seen)
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        frame = self.frame()
        clip = QPainterPath()
        clip.addRoundedRect(frame, theme.RADIUS, theme.RADIUS)
        painter.setClipPath(clip)
        painter.fillRect(frame, theme.color("sunken"))
        if self.empty:
            return
        view = self.view()
        width, height = self._image.width(), self._image.height()
        source = QRectF(
            view.x() * width, view.y() * height, view.width() * width, view.height() * height
        )
        painter.drawImage(frame, self._image, source)
        if self._marked is not None:
            outlines.spotlight(painter, frame, self.place(self._marked))
        else:
            outlines.draw(painter, frame, [(s, self.place(s.item.box)) for s in self._boxed()])
