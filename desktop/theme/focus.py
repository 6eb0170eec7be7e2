"""A ring around whatever has the keyboard focus, shown while the keyboard is what is used.

A stylesheet can only change a border, which shifts the content or vanishes on a filled button.
This ring lies over the window, is never clipped by a parent, and follows its widget.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

_NAME = "candorFocusWatch"
_FIELDS = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)
"""These show their focus by their own border."""
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


def install(app: QApplication, stroke: int, offset: int, radius: int) -> None:
    """Start to show the ring; once an application."""
    if app.findChild(QObject, _NAME) is None:
        watch = _FocusWatch(app, stroke, offset, radius)
        watch.setObjectName(_NAME)
        app.focusChanged.connect(watch.focus_moved)


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


class _FocusWatch(QObject):
    """Moves the ring with the focus.

    It filters the events of windows and of what has the focus, not of the application: a filter
    in Python that sees every event makes the window twice as slow.
    """

    def __init__(self, app: QApplication, stroke: int, offset: int, radius: int) -> None:
        super().__init__(app)
        self._stroke, self._offset, self._radius = stroke, offset, radius
        self._on: QWidget | None = None
        self._ring: _Ring | None = None
        self._followed: list[QWidget] = []
        self._by_keys = False

    def focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        """The focus moved: show the ring unless the mouse moved it."""
        self._drop()
        if now is None:
            return
        handle = now.window().windowHandle()
        if handle is not None and isValid(handle):
            handle.removeEventFilter(self)
            handle.installEventFilter(self)
        pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if self._by_keys and not pressed and not isinstance(now, _FIELDS):
            self._show(now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            self._by_keys = True
        elif kind == QEvent.Type.MouseButtonPress:
            self._by_keys = False
        elif kind in _MOVES and self._on is not None and isinstance(watched, QWidget):
            self._place()
        return False

    def _show(self, widget: QWidget) -> None:
        self._on = widget
        widget.destroyed.connect(self._forget)
        part: QWidget | None = widget
        while part is not None:
            part.installEventFilter(self)
            self._followed.append(part)
            part = None if part.isWindow() else part.parentWidget()
        self._ring = _Ring(widget.window(), self._stroke, self._radius)
        self._place()

    def _place(self) -> None:
        if self._on is None or self._ring is None:
            return
        margin = -self._stroke if isinstance(self._on, QAbstractItemView) else self._offset
        # What is scrolled out of sight has no ring over its neighbours.
        seen = self._on.visibleRegion().boundingRect()
        corner = self._on.mapTo(self._on.window(), seen.topLeft())
        where = QRect(corner, seen.size()).adjusted(-margin, -margin, margin, margin)
        self._ring.setGeometry(where.intersected(self._on.window().rect()))
        self._ring.setVisible(self._on.isVisible() and not seen.isEmpty())
        self._ring.raise_()

    def _drop(self) -> None:
        if self._on is not None and isValid(self._on):
            self._on.destroyed.disconnect(self._forget)
        for part in self._followed:
            if isValid(part):
                part.removeEventFilter(self)
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._forget()

    def _forget(self) -> None:
        self._on, self._ring = None, None
        self._followed.clear()
