"""The last line of the window: where everything runs, with what, and how far loading is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from agent.settings import Settings
from agent.types import Ready
from desktop import icons, theme
from desktop.glyph import Glyph


class StatusLine(QFrame):
    """ "On this machine · model on device · offline", and a bar while models load."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self.setProperty("edge", "top")
        self._ready: Ready | None = None
        self._doing = ""
        self._remote = ""
        self._mark = Glyph("")
        self._text = QLabel()
        self._text.setProperty("kind", "caption")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setFixedWidth(theme.gap(30))
        self._bar.setAccessibleName(self.tr("Loading"))
        self._bar.hide()
        self._why = QToolButton()
        self._why.setProperty("kind", "small")
        self._why.setIcon(icons.icon("info", "muted"))
        self._why.setAccessibleName(self.tr("Why this model and device?"))
        self._why.clicked.connect(self._tell)
        self._why.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.gap(4), theme.gap(), theme.gap(4), theme.gap())
        row.setSpacing(theme.gap(2))
        for part in (self._mark, self._text, self._why, self._bar):
            row.addWidget(part)
        row.addStretch()
        self._show()

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text.text()

    def apply(self, settings: Settings) -> None:
        """Follow the settings: an own server is not this machine, and is said so."""
        self._remote = settings.dialogue_server if settings.dialogue_engine == "remote" else ""
        self._show()

    def set_ready(self, ready: Ready) -> None:
        """The models are there."""
        self._ready = ready
        self._why.setVisible(bool(ready.reason))
        self._why.setToolTip(ready.reason)
        self._show()

    def set_doing(self, note: str) -> None:
        """What is being loaded; empty when nothing is."""
        self._doing = note
        self._bar.setVisible(bool(note))
        if theme.current().still:
            self._bar.setRange(0, 1)
        self._show()

    def _show(self) -> None:
        if self._remote:
            places = [self.tr("On the server {name}").format(name=self._remote)]
        else:
            places = [self.tr("On this machine")]
        if self._doing:
            places.append(self._doing)
        elif self._ready is not None:
            on = self.tr("{model} on {device}")
            places.append(on.format(model=self._ready.model, device=self._ready.device))
        if not self._remote:
            places.append(self.tr("offline"))
        self._mark.set_name("external-link" if self._remote else "wifi-off", "muted")
        self._text.setText(" · ".join(places))

    def _tell(self) -> None:
        from PySide6.QtWidgets import QToolTip

        if self._ready is not None:
            place = self._why.mapToGlobal(self._why.rect().topLeft())
            QToolTip.showText(place, self._ready.reason, self._why)
