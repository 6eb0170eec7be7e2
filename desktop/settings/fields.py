"""The fields of the settings: a name, a control and, where it helps, one line of explanation."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextLayout, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QStyle,
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
    """Something that is on or off. Its name wraps where there is little room."""

    def __init__(self, name: str, value: bool) -> None:
        super().__init__(name)
        self._name = name
        self.setAccessibleName(name)
        self.setChecked(value)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        words = max(map(self.fontMetrics().horizontalAdvance, self._name.split()), default=0)
        return QSize(self._beside() + words, self.heightForWidth(self.width()))

    def sizeHint(self) -> QSize:  # noqa: N802
        width = self.fontMetrics().horizontalAdvance(self._name)
        return QSize(self._beside() + width, self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """As high as its name needs at this width."""
        lines = len(self._lines(width)) - 1
        return theme.target() + lines * self.fontMetrics().lineSpacing()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        words = "\n".join(self._lines(self.width()))
        if words != self.text():
            self.setText(words)
            self.updateGeometry()

    def _beside(self) -> int:
        """The box, and the space between it and the words."""
        style = self.style()
        inner = (
            style.pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, None, self),
            style.pixelMetric(QStyle.PixelMetric.PM_CheckBoxLabelSpacing, None, self),
        )
        return sum(inner) + theme.gap(2)

    def _lines(self, width: int) -> list[str]:
        layout = QTextLayout(self._name, self.font())
        layout.beginLayout()
        lines = list[str]()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width - self._beside()))
            start = line.textStart()
            lines.append(self._name[start : start + line.textLength()].rstrip())
        layout.endLayout()
        return lines or [""]


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
