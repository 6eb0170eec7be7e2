"""What a screen reader and a finger would meet in a widget."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollBar, QWidget

from desktop import theme


def controls(whole: QWidget) -> list[QWidget]:
    """Everything below that takes the keyboard focus and can be seen."""
    return [
        widget
        for widget in whole.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisibleTo(whole)
        and widget.focusProxy() is None
        and not isinstance(widget, QScrollBar)
    ]


def spoken(widget: QWidget) -> str:
    """The name that a screen reader is given: that of its label where it has one."""
    interface = QAccessible.queryAccessibleInterface(widget)
    if interface is None:
        return ""
    labels = [
        other.text(QAccessible.Text.Name)
        for other, relation in interface.relations()
        if relation & QAccessible.RelationFlag.Label
    ]
    return " ".join(labels) or interface.text(QAccessible.Text.Name)


def nameless(whole: QWidget) -> list[str]:
    """Controls that would be read without a name."""
    return [repr(widget) for widget in controls(whole) if not spoken(widget).strip()]


def too_small(whole: QWidget) -> list[str]:
    """Buttons that are below the least size of a target (WCAG 2.2, 2.5.8)."""
    return [
        f"{button!r} {button.width()}x{button.height()}"
        for button in whole.findChildren(QAbstractButton)
        if button.isVisibleTo(whole)
        and button.objectName() != "qt_toolbar_ext_button"
        and min(button.width(), button.height()) < theme.TARGET
    ]


def words(whole: QWidget) -> list[str]:
    """The text of all labels that can be seen, in the order in which they were made."""
    return [
        found.text()
        for found in whole.findChildren(QLabel)
        if found.text() and found.isVisibleTo(whole)
    ]
