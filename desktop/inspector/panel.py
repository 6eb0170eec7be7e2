"""The inspector panel: what is seen, and why an answer is as it is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from agent.types import Preview
from desktop import theme
from desktop.inspector.preview import PreviewPane
from desktop.inspector.times import TurnTimes
from desktop.inspector.why import WhyPanel
from desktop.session.chat import ShownTurn
from perception.types import Evidence, Scene


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
        self.preview.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        line = QFrame()
        line.setProperty("kind", "rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(4), theme.gap(3), theme.gap(4), theme.gap(3))
        column.setSpacing(theme.gap(4))
        column.addWidget(self.preview)
        column.addWidget(line)
        column.addWidget(self.times)
        column.addWidget(self.why, 1)
        self.preview.source_chosen.connect(self.source_chosen)
        self.why.speak_asked.connect(self.speak_asked)
        self.why.evidence_chosen.connect(self._met_again)

    def show_preview(self, preview: Preview) -> None:
        """What the camera sees now."""
        self.preview.show_preview(preview)

    def show_picture(self, data: bytes, scene: Scene | None) -> None:
        """A picture of the user's."""
        self.preview.show_picture(data, scene)

    def show_turn(self, turn: ShownTurn, evidence: int | None) -> None:
        """Why this answer; `evidence` is the piece that was asked about."""
        self._turn = turn.id
        if turn.why is None or turn.ended is None:
            self.why.show_begun(turn.evidence)
        else:
            self.why.show_why(turn.why, turn.ended, turn.timings_ms)
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
        self.why.clear()
        if not camera:
            self.preview.show_off()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as a label beside a picture needs."""
        return QSize(theme.gap(80), theme.gap(100))

    def _met_again(self, evidence: Evidence) -> None:
        self.preview.highlight(evidence.where)
