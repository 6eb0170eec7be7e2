"""The fields of the settings: a name, a control and, where it helps, one line of explanation."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.widgets.labels import label


class Choice(QComboBox):
    """One of several values, each with its name. A wheel that only scrolls changes nothing."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], value: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(1)
        self.offer(options, value)
        self.activated.connect(lambda _: self.chosen.emit(self.value))

    @property
    def value(self) -> str:
        """The chosen value."""
        return str(self.currentData())

    def offer(self, options: Sequence[tuple[str, str]], value: str) -> None:
        """Other options; a value that is none of them is kept as one more."""
        self.clear()
        for each, name in options:
            self.addItem(name, each)
        if self.findData(value) < 0:
            self.addItem(value, value)
        self.setCurrentIndex(self.findData(value))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Number(QSpinBox):
    """A whole number from 0; `zero` is what 0 means."""

    def __init__(self, high: int, value: int, zero: str) -> None:
        super().__init__()
        self.setRange(0, high)
        self.setSpecialValueText(zero)
        self.setValue(value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setKeyboardTracking(False)
        # A stylesheet's padding does not reach the text of a spin box.
        self.lineEdit().setTextMargins(theme.gap(2), 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Switch(QCheckBox):
    """Something that is on or off."""

    def __init__(self, name: str, value: bool) -> None:
        super().__init__(name)
        self.setChecked(value)


def field(name: str, control: QWidget, hint: str = "") -> QWidget:
    """A control below its name, with a hint below both. A switch carries its name itself."""
    whole = QWidget()
    whole.setProperty("kind", "clear")
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.gap())
    if name:
        words = label(name)
        words.setBuddy(control)
        column.addWidget(words)
        _name(control, name, hint)
    if isinstance(control, QPushButton):
        column.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
    else:
        column.addWidget(control)
    if hint:
        column.addWidget(label(hint, "caption"))
        _name(control, "", hint)
    return whole


def _name(control: QWidget, name: str, hint: str) -> None:
    inner: list[QObject] = [
        control,
        *control.findChildren(QSlider),
        *control.findChildren(QLineEdit),
    ]
    for part in inner:
        if isinstance(part, QWidget):
            if name:
                part.setAccessibleName(name)
            if hint:
                part.setAccessibleDescription(hint)
