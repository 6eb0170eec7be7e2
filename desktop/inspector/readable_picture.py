"""A picture whose text can be selected and copied, by mouse and by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.inspector import in_view
from desktop.inspector.picture import Picture
from desktop.inspector.text_layer import TextLayer
from desktop.widgets.plain_text import short
from perception.types import Scene

_SHADE = 0.38
_SPOKEN = 2000


class ReadablePicture(Picture):
    """`selected` comes when the selection changed. Ctrl+A, Ctrl+C and the arrows do as in text."""

    selected = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layer = TextLayer(None)
        self._dragging = False

    def show_image(self, image: QImage, scene: Scene | None) -> None:
        """Show a picture, with its text to be selected."""
        self.layer = TextLayer(scene)
        super().show_image(image, scene)
        if self.layer.lines:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            told = self.tr("The text in it: {text}").format(text=short(self.layer.text, _SPOKEN))
            seen = in_view.summary(scene) if scene else ""
            self.setAccessibleDescription(f"{seen}. {told}")

    def select_all(self) -> None:
        """Select all text of the picture."""
        self.layer.select_all()
        self._changed()

    def copy(self) -> str:
        """Put what is selected on the clipboard; returns it."""
        text = self.layer.selected
        if text:
            QGuiApplication.clipboard().setText(text)
        return text

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin to select."""
        if event.button() == Qt.MouseButton.LeftButton and self.layer.lines:
            self._dragging = True
            select = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._to(event.position(), select=select)
            event.accept()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Select up to here."""
        over = self.layer.over_text(self._fraction(event.position()))
        self.setCursor(Qt.CursorShape.IBeamCursor if over else Qt.CursorShape.ArrowCursor)
        if self._dragging:
            self._to(event.position(), select=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The selection is made."""
        self._dragging = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Select the word."""
        self.layer.select_word(self.layer.place_at(self._fraction(event.position())))
        self._changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move and select as in text."""
        select = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.layer.select_all()
        elif key in steps:
            letters, lines = steps[key]
            self.layer.move(letters, lines, select=select)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.layer.to_edge(end=key == Qt.Key.Key_End, select=select)
        else:
            super().keyPressEvent(event)
            return
        self._changed()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The selection over the picture, and the caret where it has the focus."""
        super().paintEvent(event)
        painter = QPainter(self)
        shade = QColor(theme.color("accent"))
        shade.setAlphaF(_SHADE)
        for box in self.layer.boxes():
            painter.fillRect(self._here(box), shade)
        if self.hasFocus() and self.layer.lines:
            caret = self._here(self.layer.caret_box())
            for color, width in (("surface", 2 * theme.STROKE), ("ink", theme.STROKE)):
                painter.setPen(QPen(theme.color(color), width))
                painter.drawLine(caret.topLeft(), caret.bottomLeft())

    def _changed(self) -> None:
        self.update()
        self.selected.emit()

    def _to(self, point: QPointF, *, select: bool) -> None:
        self.layer.caret = self.layer.place_at(self._fraction(point))
        if not select:
            self.layer.anchor = self.layer.caret
        self._changed()

    def _fraction(self, point: QPointF) -> QPointF:
        frame, view = self.frame(), self.view()
        if not (frame.width() and frame.height()):
            return QPointF()
        return QPointF(
            view.x() + (point.x() - frame.x()) / frame.width() * view.width(),
            view.y() + (point.y() - frame.y()) / frame.height() * view.height(),
        )

    def _here(self, box: QRectF) -> QRectF:
        frame, view = self.frame(), self.view()
        across, down = frame.width() / view.width(), frame.height() / view.height()
        return QRectF(
            frame.x() + (box.x() - view.x()) * across,
            frame.y() + (box.y() - view.y()) * down,
            box.width() * across,
            box.height() * down,
        )
