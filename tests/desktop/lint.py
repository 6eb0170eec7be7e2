"""Walks the widgets that are shown and lists what a user would see broken.

Text that is cut, controls that lie on each other, targets below 24 pixels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)

from desktop.widgets.elided import Elided

TARGET = 24
_SLACK = 2
"""Pixels by which a text may be short: sizes are rounded."""
_CONTROLS = (QAbstractButton, QComboBox, QLineEdit)


def faults(window: QWidget) -> list[str]:
    """What is wrong in this window, a line each."""
    found = list[str]()
    for widget in (window, *window.findChildren(QWidget)):
        if not _seen(widget, window) or type(widget).__module__.startswith("PySide6.QtSvg"):
            continue
        if isinstance(widget, (QLabel, QAbstractButton)):
            found += _cut(widget)
        if isinstance(widget, QComboBox):
            found += _combo(widget)
        if isinstance(widget, _CONTROLS) and widget.isEnabled():
            found += _small(widget)
        found += _overlaps(widget)
        found += _outside(widget)
    return found


def _seen(widget: QWidget, window: QWidget) -> bool:
    return widget.isVisibleTo(window) and not isinstance(widget, QScrollBar)


def _words(widget: QWidget) -> str:
    named = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""
    return f"{type(widget).__name__} “{(named or widget.accessibleName())[:40]}”"


def _cut(widget: QLabel | QAbstractButton) -> Iterator[str]:
    if not widget.text() or isinstance(widget, Elided):
        return
    if isinstance(widget, QToolButton) and (
        widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    ):
        return
    needed = widget.sizeHint()
    if isinstance(widget, QLabel) and widget.wordWrap():
        height = widget.heightForWidth(widget.width())
        if height > widget.height() + _SLACK:
            yield f"{_words(widget)} needs {height} px of height, has {widget.height()}"
        longest = max(
            # Chinese is broken anywhere.
            map(widget.fontMetrics().horizontalAdvance, re.findall(r"[!-~]+", widget.text())),
            default=0,
        )
        if longest > widget.width() + _SLACK:
            yield f"{_words(widget)}: a word of {longest} px in {widget.width()}"
        return
    if isinstance(widget, QPushButton) and widget.layout() is not None:
        return  # its words are labels in it
    if widget.hasHeightForWidth():  # its words wrap
        needed.setWidth(widget.minimumSizeHint().width())
        needed.setHeight(widget.heightForWidth(widget.width()))
    if needed.width() > widget.width() + _SLACK or needed.height() > widget.height() + _SLACK:
        has = f"{widget.width()}x{widget.height()}"
        yield f"{_words(widget)} needs {needed.width()}x{needed.height()}, has {has}"


def _combo(box: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box)
    needed = box.fontMetrics().horizontalAdvance(box.currentText())
    if needed > room.width() + _SLACK:
        yield f"“{box.currentText()}” needs {needed} px, has {room.width()}"


def _small(widget: QWidget) -> Iterator[str]:
    # A button of a field's own stands in the field; a box of a list in its row.
    inside = isinstance(widget.parent(), (QLineEdit, QComboBox))
    in_frame = widget.property("kind") == "plain"
    if inside or in_frame or isinstance(widget, (QCheckBox, QRadioButton)):
        return
    if min(widget.width(), widget.height()) < TARGET:
        yield f"{_words(widget)} is {widget.width()}x{widget.height()}"


def _overlaps(parent: QWidget) -> Iterator[str]:
    """Children of one layout that lie on each other."""
    layout = parent.layout()
    if layout is None or isinstance(parent, QAbstractScrollArea):
        return
    placed = list[tuple[QWidget, QRect]]()
    for index in range(layout.count()):
        _collect(layout.itemAt(index), parent, placed)
    for (one, first), (other, second) in combinations(placed, 2):
        shared = first.intersected(second)
        if shared.width() > _SLACK and shared.height() > _SLACK:
            yield f"{_words(one)} and {_words(other)} share {shared.width()}x{shared.height()}"


def _outside(parent: QWidget) -> Iterator[str]:
    """Children of a layout that reach beyond what holds them, where nobody can see them."""
    layout = parent.layout()
    if layout is None or isinstance(parent, QAbstractScrollArea):
        return
    placed = list[tuple[QWidget, QRect]]()
    for index in range(layout.count()):
        _collect(layout.itemAt(index), parent, placed)
    whole = parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
    for widget, place in placed:
        if not whole.contains(place):
            yield f"{_words(widget)} at {place.getRect()} reaches out of {_words(parent)}"


def _collect(item: object, parent: QWidget, placed: list[tuple[QWidget, QRect]]) -> None:
    from PySide6.QtWidgets import QLayoutItem, QStackedLayout

    assert isinstance(item, QLayoutItem)
    inner = item.layout()
    if inner is not None:
        if not isinstance(inner, QStackedLayout):
            for index in range(inner.count()):
                _collect(inner.itemAt(index), parent, placed)
        return
    widget = item.widget()
    if widget is not None and widget.isVisibleTo(parent):
        placed.append((widget, QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())))
