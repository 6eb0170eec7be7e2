"""A ring around whatever has the keyboard focus, shown when the keyboard is what is used.

A stylesheet can only change a border, which shifts the content or vanishes on a filled button.
This ring lies over the window, is never clipped by a parent, and follows its widget.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_NAME = "candorFocusWatch"
_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_FIELDS = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)
"""These show their focus by their own border."""


def install(app: QApplication, stroke: int, offset: int, radius: int) -> None:
    """Start to show the ring; once an application."""
    if app.findChild(QObject, _NAME) is None:
        watch = _Watch(app, stroke, offset, radius)
        watch.setObjectName(_NAME)
        app.installEventFilter(watch)


class _Ring(QWidget):
    """The ring itself, a child of the window, blind to the mouse."""

    def __init__(self, window: QWidget, stroke: int, radius: int) -> None:
        super().__init__(window)
        self._stroke, self._radius = stroke, radius
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), self._stroke))
        inset = self._stroke // 2
        where = self.rect().adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(where, self._radius, self._radius)


class _Watch(QObject):
    """Moves the ring with the focus."""

    def __init__(self, app: QApplication, stroke: int, offset: int, radius: int) -> None:
        super().__init__(app)
        self._stroke, self._offset, self._radius = stroke, offset, radius
        self._on: QWidget | None = None
        self._ring: _Ring | None = None
        self._by_keys = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        kind = event.type()
        if kind in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress):
            self._by_keys = kind == QEvent.Type.KeyPress
        elif kind == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            assert isinstance(event, QFocusEvent)
            self._move_to(watched if self._shows(event.reason()) else None)
        elif self._on is not None and kind in (
            QEvent.Type.Move,
            QEvent.Type.Resize,
            QEvent.Type.Hide,
            QEvent.Type.FocusOut,
        ):
            self._follow(watched, kind)
        return False

    def _shows(self, reason: Qt.FocusReason) -> bool:
        """Tab shows the ring, the mouse does not; for a window that comes back, what was used."""
        return reason in _KEYS or (reason != Qt.FocusReason.MouseFocusReason and self._by_keys)

    def _move_to(self, widget: QWidget | None) -> None:
        self._drop()
        if widget is None or isinstance(widget, _FIELDS):
            return
        self._on = widget
        widget.destroyed.connect(self._forget)
        self._ring = _Ring(widget.window(), self._stroke, self._radius)
        self._place()

    def _follow(self, watched: QObject, kind: QEvent.Type) -> None:
        on = self._on
        if on is None or not isinstance(watched, QWidget):
            return
        if watched is on and kind in (QEvent.Type.Hide, QEvent.Type.FocusOut):
            self._drop()
        elif watched is on or watched.isAncestorOf(on):
            self._place()

    def _place(self) -> None:
        if self._on is None or self._ring is None:
            return
        margin = -self._stroke if isinstance(self._on, QAbstractItemView) else self._offset
        corner = self._on.mapTo(self._on.window(), QPoint(0, 0))
        where = QRect(corner, self._on.size()).adjusted(-margin, -margin, margin, margin)
        self._ring.setGeometry(where.intersected(self._on.window().rect()))
        self._ring.show()
        self._ring.raise_()

    def _drop(self) -> None:
        if self._ring is not None:
            self._ring.hide()
            self._ring.deleteLater()
        self._forget()

    def _forget(self) -> None:
        self._on, self._ring = None, None
