"""Gives the keyboard room below the content, so that it never covers the field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop import theme
from desktop.kiosk.keyboard.field_input import Field, caret, editable
from desktop.kiosk.keyboard.keyboard import OnScreenKeyboard

_LOOK_AGAIN_MS = 50


class KeyboardDock(QWidget):
    """`central` above, `keyboard` below while a field of `central` has the focus.

    The field is scrolled into view. Nothing moves while a finger or a button is down.
    """

    def __init__(
        self, central: QWidget, keyboard: OnScreenKeyboard, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.keyboard = keyboard
        self._central = central
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(central)
        self._area.viewport().installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._area, 1)
        column.addWidget(keyboard)
        keyboard.hide()
        keyboard.hide_wanted.connect(self._put_away)
        self._wanted: Field | None = None
        self._settling = QTimer(self, singleShot=True, interval=_LOOK_AGAIN_MS)
        self._settling.timeout.connect(self._settle)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keys suit the window; the field stays in view."""
        super().resizeEvent(event)
        self.keyboard.fit(self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """A press into the field brings a keyboard back that was put away."""
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self.show_field)
        elif event.type() == QEvent.Type.MouseButtonPress and watched is not self._area.viewport():
            self._settling.start()
        return False

    def show_field(self) -> None:
        """Scroll so that the field, or the caret in a tall one, is in view."""
        field = self.keyboard.field
        if field is None or not self.keyboard.isVisible():
            return
        part: QWidget | None = field.parentWidget()
        while part is not None and part is not self:
            if isinstance(part, QScrollArea) and (inside := part.widget()) is not None:
                framed = _frame_of(field)
                top = inside.mapFromGlobal(framed.mapToGlobal(framed.rect().topLeft())).y()
                cursor = inside.mapFromGlobal(field.mapToGlobal(caret(field).center()))
                # Bottom, top, caret: where not all of them fit, the caret is seen.
                for y in (top + framed.height(), top, cursor.y()):
                    part.ensureVisible(cursor.x(), y, 0, theme.gap(2))
            part = part.parentWidget()

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is None or now.window() is not self.window():
            return
        if now is self.keyboard or self.keyboard.isAncestorOf(now):
            return
        inside = editable(now) and self._central.isAncestorOf(now)
        self._want(now if editable(now) and inside else None)
        self._settle()

    def _want(self, field: Field | None) -> None:
        if self._wanted is not None and isValid(self._wanted):
            self._pressed_part(self._wanted).removeEventFilter(self)
        self._wanted = field
        if field is not None:
            self._pressed_part(field).installEventFilter(self)

    @staticmethod
    def _pressed_part(field: Field) -> QWidget:
        return field.viewport() if isinstance(field, QAbstractScrollArea) else field

    def _settle(self) -> None:
        """Show or hide the keyboard once nothing is pressed."""
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._settling.start()
            return
        field = self._wanted if self._wanted is not None and isValid(self._wanted) else None
        self.keyboard.set_field(field)
        self.keyboard.setVisible(field is not None)
        if field is not None:
            self.keyboard.fit(self.height())
            QTimer.singleShot(0, self, self.show_field)

    def _put_away(self) -> None:
        self.keyboard.hide()


def _frame_of(field: Field) -> QWidget:
    """The frame that a field is drawn in, with its buttons; else the field."""
    part = field.parentWidget()
    while part is not None:
        if part.property("kind") == "field":
            return part
        part = part.parentWidget()
    return field
