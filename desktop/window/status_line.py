"""The last line of the window: where everything runs, with what, and how far loading is."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from agent.settings import Settings
from agent.types import Ready
from desktop import theme
from desktop.widgets import icons
from desktop.widgets.elided import Elided
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label
from desktop.widgets.plain_text import tip


class StatusLine(QFrame):
    """ "On this machine · model on device · offline", a bar while models load, the microphone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self.setProperty("edge", "top")
        self._ready: Ready | None = None
        self._doing = ""
        self._remote = ""
        self._mark = Glyph("")
        self._text = Elided("caption")
        self._text.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._ear, self._microphone = Glyph(""), label(kind="caption", wrap=False)
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
        row.addStretch(1)
        row.addWidget(self._ear)
        row.addWidget(self._microphone)
        self._show()

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text.text()

    @property
    def microphone(self) -> str:
        """What is said of the microphone."""
        return self._microphone.text()

    def set_microphone(self, icon: str, words: str, live: bool) -> None:
        """Whether the microphone is open, always in plain words."""
        self._ear.set_name(icon, "accent" if live else "muted")
        self._microphone.setText(words)
        theme.set_kind(self._microphone, "live" if live else "caption")

    def apply(self, settings: Settings) -> None:
        """Follow the settings: an own server is not this machine, and is said so."""
        self._remote = settings.dialogue_server if settings.dialogue_engine == "remote" else ""
        self._show()

    def set_ready(self, ready: Ready) -> None:
        """The models are there."""
        self._ready = ready
        self._why.setVisible(bool(ready.reason))
        self._why.setToolTip(tip(ready.reason))
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
