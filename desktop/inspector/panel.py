"""The inspector panel: what is seen, and why an answer is as it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from agent.events import Preview
from desktop import theme
from desktop.inspector.preview import PreviewPane
from desktop.inspector.times import TurnTimes
from desktop.inspector.why import WhyPanel
from desktop.session.chat import ShownTurn
from desktop.widgets.elided import Elided
from desktop.widgets.plain_text import short, tip
from desktop.widgets.scrolling import ScrollPage
from perception.types import Evidence, Scene

_ASKED = 60
"""So many letters of a question say which answer is meant."""
_WITH_REASONS, _ALONE = 0.45, 0.75
"""The picture's share of the height at most: beside reasons that are shown, and without."""


class InspectorPanel(QFrame):
    """The inspector: preview above, then the last answer's times where wanted, reasons below."""

    source_chosen = Signal(str)
    speak_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self.setProperty("edge", "left")
        self.preview = PreviewPane()
        self.times = TurnTimes()
        self.why = WhyPanel()
        self._turn = ""
        self._moved = False
        self._about = Elided("caption")
        self._about.hide()
        self._above, self._below = ScrollPage(), QWidget()
        self._above.show_page(self.preview)
        reasons = QVBoxLayout(self._below)
        reasons.setContentsMargins(0, theme.gap(3), 0, 0)
        reasons.setSpacing(theme.gap(4))
        reasons.addWidget(self._about)
        reasons.addWidget(self.times)
        reasons.addWidget(self.why, 1)
        self._halves = QSplitter(Qt.Orientation.Vertical)
        self._halves.setChildrenCollapsible(False)
        self._halves.addWidget(self._above)
        self._halves.addWidget(self._below)
        self._halves.splitterMoved.connect(self._keep_division)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(4), theme.gap(3), theme.gap(4), theme.gap(3))
        column.addWidget(self._halves)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._divide)
        self.preview.installEventFilter(self)
        self.preview.source_chosen.connect(self.source_chosen)
        self.why.speak_asked.connect(self.speak_asked)
        self.why.evidence_chosen.connect(self._met_again)

    @property
    def about(self) -> str:
        """Which answer the reasons are about; empty for none."""
        return "" if self._about.isHidden() else self._about.text()

    def show_preview(self, preview: Preview) -> None:
        """What the camera sees now."""
        self.preview.show_preview(preview)

    def show_picture(self, data: bytes, scene: Scene | None) -> None:
        """A picture of the user's."""
        self.preview.show_picture(data, scene)

    def show_turn(self, turn: ShownTurn, evidence: int | None) -> None:
        """Why this answer; `evidence` is the piece that was asked about."""
        self._turn = turn.id
        asked = short(" ".join(turn.asked.split()), _ASKED)
        self._about.setText(self.tr("The answer to “{question}”").format(question=asked))
        self._about.setToolTip(tip(self._about.text()))
        self._about.setVisible(bool(asked))
        if turn.why is None or turn.ended is None:
            self.why.show_begun(turn.evidence)
        else:
            self.why.show_why(turn.why, turn.ended, turn.timings_ms)
        self._later.start()
        for item in turn.evidence:
            if item.id == evidence:
                self._met_again(item)

    def show_end(self, turn: ShownTurn) -> None:
        """A turn has its explanation now: it is shown where one asked for it before."""
        if turn.id == self._turn:
            self.show_turn(turn, None)

    def clear(self, *, camera: bool) -> None:
        """Another chat was opened: what was shown belonged to the last one."""
        self._turn = ""
        self._about.hide()
        self.why.clear()
        self._later.start()
        if not camera:
            self.preview.show_off()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The picture came, went, or has another shape."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._later.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Divide the new height."""
        super().resizeEvent(event)
        self._later.start()

    def _keep_division(self) -> None:
        self._moved = True

    def _divide(self) -> None:
        """The picture as high as it needs, but never at the cost of the reasons."""
        layout, height = self.preview.layout(), self._halves.height()
        if not self.preview.showing:
            self._moved = False
        if self._moved or layout is None:
            return
        width = self._above.viewport().width()
        needed = layout.heightForWidth(width)
        if needed < 0:  # nothing in it wraps
            needed = layout.sizeHint().height()
        most = round(height * (_WITH_REASONS if self.why.text else _ALONE))
        above = min(needed, most)
        self._halves.setSizes([above, height - above])

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The same whatever is shown: its edge stands still."""
        return QSize(theme.gap(64), theme.gap(40))

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as a label beside a picture needs."""
        return QSize(theme.gap(80), theme.gap(100))

    def _met_again(self, evidence: Evidence) -> None:
        self.preview.highlight(evidence.where)
