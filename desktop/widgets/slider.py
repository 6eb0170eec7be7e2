"""A number on a slider, with its value in words beside it and, where it helps, what it means."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.labels import label


class NumberSlider(QWidget):
    """A number on a `scale` of least, most and step. A wheel that only scrolls changes nothing.

    `words` writes the value; `meaning`, where there is one, says in a sentence what it does.
    """

    chosen = Signal(float)

    def __init__(
        self,
        scale: tuple[float, float, float],
        value: float,
        words: Callable[[float], str],
        meaning: Callable[[float], str] | None = None,
    ) -> None:
        super().__init__()
        low, high, step = scale
        self._step, self._words, self._meaning = step, words, meaning
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(round(low / step), round(high / step))
        self.slider.setPageStep(1)
        self.slider.setTracking(False)
        self._value, self._means = label(wrap=False), label(kind="caption")
        self._means.setVisible(meaning is not None)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(3))
        row.addWidget(self.slider, 1)
        row.addWidget(self._value)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._means)
        self.setFocusProxy(self.slider)
        self.slider.setValue(round(value / step))
        self._tell(self.slider.value())
        self.slider.sliderMoved.connect(self._tell)
        self.slider.valueChanged.connect(self._changed)

    def _tell(self, steps: int) -> None:
        value = steps * self._step
        self._value.setText(self._words(value))
        means = self._meaning(value) if self._meaning is not None else ""
        self._means.setText(means)
        self.slider.setAccessibleDescription(" ".join(filter(None, (self._words(value), means))))

    def _changed(self, steps: int) -> None:
        self._tell(steps)
        self.chosen.emit(round(steps * self._step, 3))


class _Slider(QSlider):
    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def percent(value: float) -> str:
    """A share as a whole percentage."""
    return f"{value:.0%}"
