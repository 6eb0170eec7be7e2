"""The last answer's stages as bars on one line of time, from the end of the voice on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.labels import label

_WHOLE = ("written", "total")


def stage_name(stage: str) -> str:
    """What a stage is called; those that are not known keep their name."""
    translate = QCoreApplication.translate
    names = {
        "decided": translate("Times", "End of your turn sure"),
        "heard": translate("Times", "Your words understood"),
        "first_token": translate("Times", "First word of the answer"),
        "guard": translate("Times", "First words checked"),
        "first_sentence": translate("Times", "First words shown"),
        "first_sound": translate("Times", "First sound made"),
        "first_sample": translate("Times", "First sound played"),
        "written": translate("Times", "Answer written"),
        "total": translate("Times", "Whole answer"),
    }
    return names.get(stage, stage.replace("_", " ").capitalize())


def duration(milliseconds: float) -> str:
    """A time as people read it."""
    if abs(milliseconds) >= 1000:
        return f"{milliseconds / 1000:.1f} s"
    return f"{milliseconds:.0f} ms"


def stages(timings_ms: Mapping[str, float]) -> Iterator[tuple[str, float, float]]:
    """Each stage with where it begins, which is where the one before it ended, and its end."""
    begin = 0.0
    for stage, end in sorted(timings_ms.items(), key=lambda item: item[1]):
        yield stage, min(begin, end), end
        begin = max(0.0, end)


class TurnTimes(QWidget):
    """Shows the stages of the last answer, where the user wants to see them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = False
        self._timings: Mapping[str, float] = {}
        self._rows = QWidget()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(2))
        column.addWidget(label(self.tr("Times of the last answer"), "heading"))
        column.addWidget(self._rows)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def set_wanted(self, wanted: bool) -> None:
        """Whether the user wants to see them."""
        self._wanted = wanted
        self._show()

    def show_timings(self, timings_ms: Mapping[str, float]) -> None:
        """The stages of one answer, in milliseconds from the end of the voice."""
        self._timings = dict(timings_ms)
        self._show()

    def _show(self) -> None:
        self.setVisible(self._wanted and bool(self._timings))
        rows = _rows(self._timings)
        self._column.replaceWidget(self._rows, rows)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = rows
        rows.show()


def _rows(timings_ms: Mapping[str, float]) -> QWidget:
    whole = QWidget()
    grid = QGridLayout(whole)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.gap(2))
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(0, 1)
    # The whole answer takes so much longer that beside it the rest would be dots.
    longest = max((end for stage, end in timings_ms.items() if stage not in _WHOLE), default=0.0)
    for row, (stage, begin, end) in enumerate(stages(timings_ms)):
        grid.addWidget(label(stage_name(stage), "caption"), 2 * row, 0)
        shown = label(duration(end), "caption", wrap=False)
        grid.addWidget(shown, 2 * row, 1, Qt.AlignmentFlag.AlignRight)
        if stage in _WHOLE or longest <= 0:
            continue
        bar = _Bar(begin / longest, end / longest)
        bar.setAccessibleName(f"{stage_name(stage)}: {duration(end)}")
        grid.addWidget(bar, 2 * row + 1, 0, 1, 2)
    return whole


class _Bar(QWidget):
    """From one share of the whole time to another."""

    def __init__(self, begin: float, end: float) -> None:
        super().__init__()
        self._begin, self._end = max(0.0, begin), max(0.0, end)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(theme.gap(20), theme.gap(2.5))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick, middle = theme.SPACE, theme.SPACE * 0.75
        whole = QRectF(0, middle - thick / 2, self.width(), thick)
        painter.setPen(QPen(Qt.PenStyle.NoPen))
        painter.setBrush(theme.color("hairline"))
        painter.drawRoundedRect(whole, thick / 2, thick / 2)
        width = max(thick, (self._end - self._begin) * self.width())
        left = min(self._begin * self.width(), self.width() - width)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(QRectF(left, whole.top(), width, thick), thick / 2, thick / 2)
