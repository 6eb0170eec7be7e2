"""What a screen reader and a finger would meet in a widget."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
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


def seen_below(face: QAccessibleInterface) -> list[QAccessibleInterface]:
    """What a screen reader meets directly below it, in its order."""
    found = [face.child(at) for at in range(face.childCount())]
    seen = [c for c in found if c is not None and not c.state().invisible and c.rect().isValid()]
    return [child for child in seen if child.role() != QAccessible.Role.Grip]


def _before(first: QRect, second: QRect) -> bool:
    """Whether the second is read after the first: it is lower, or further right on the line."""
    if second.bottom() < first.top() or second.top() > first.bottom():
        return second.top() > first.top()
    return second.left() >= first.left() or first.intersects(second)


def out_of_order(face: QAccessibleInterface) -> Iterator[str]:
    """Where the order of reading is not that of the screen: from above, from left to right."""
    children = [child for child in seen_below(face) if not _ornament(child)]
    for first, second in pairwise(children):
        if not _before(first.rect(), second.rect()):
            yield f"{_name(first)} before {_name(second)} in {_name(face)}"
    for child in children:
        yield from out_of_order(child)


def _ornament(face: QAccessibleInterface) -> bool:
    """Whether it is only drawn, like the ring around what has the focus: it stands for nothing."""
    drawn = face.object()
    through = Qt.WidgetAttribute.WA_TransparentForMouseEvents
    return isinstance(drawn, QWidget) and drawn.testAttribute(through) and not face.childCount()


def _name(face: QAccessibleInterface) -> str:
    return f"{face.text(QAccessible.Text.Name)} {face.object()}"
