"""The last line of the window: where everything runs, with what, and how far loading is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from agent.types import Ready
from desktop import theme
from desktop.i18n.messages import message
from desktop.widgets import icons
from desktop.widgets.elided import Elided
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label
from desktop.widgets.plain_text import tip


class StatusLine(QFrame):
    """ "On this computer · not connected", a bar while models load, the microphone.

    It says "not connected" only where the mind said so, and while nothing is loaded or fetched.
    `placed` carries the server that answers: "" is this computer, None not known.
    """

    placed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self.setProperty("edge", "top")
        self._ready: Ready | None = None
        self._doing = ""
        self._fetching = False
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
        self._why.setAccessibleName(self.tr("Model and device"))
        self._why.clicked.connect(self._tell)
        kept = self._why.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._why.setSizePolicy(kept)
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

    @property
    def server(self) -> str | None:
        """What the mind said answers: an address, "" for this computer, None: not known."""
        return None if self._ready is None else self._ready.server

    def set_fetching(self, on: bool) -> None:
        """Models are fetched from the network, or no longer."""
        self._fetching = on
        self._show()

    def set_ready(self, ready: Ready) -> None:
        """The models are there."""
        self._ready = ready
        self._why.show()
        self._why.setToolTip(tip(self._details()))
        self._show()
        self.placed.emit(self.server)

    def set_doing(self, note: str) -> None:
        """What is being loaded; empty when nothing is. Where it will run is said anew after it."""
        self._doing = note
        if note and self._ready is not None:
            self._ready = None
            self._why.hide()
            self.placed.emit(None)
        self._bar.setVisible(bool(note))
        if theme.current().still:
            self._bar.setRange(0, 1)
        self._show()

    def _show(self) -> None:
        places = self._places()
        if self._fetching:
            places.append(self.tr("fetching models from the network"))
        elif self._doing:
            places.append(self._doing)
        elif self.server == "":
            places.append(self.tr("not connected"))
        self._mark.set_name(self._icon(), "muted")
        self._text.setText(" · ".join(places) or self.tr("No model is loaded"))

    def _places(self) -> list[str]:
        """Where it runs, as far as the mind said it."""
        if self._ready is None:
            return []
        if self._ready.server:
            return [self.tr("On the server {name}").format(name=self._ready.server)]
        return [self.tr("On this computer")]

    def _details(self) -> str:
        """The model, the device, and why it is this one."""
        if self._ready is None:
            return ""
        on = self.tr("{model} on {device}")
        on = on.format(model=self._ready.model, device=self._ready.device)
        reason = self._ready.reason
        return f"{on}. {message(reason)}" if reason else on

    def _icon(self) -> str:
        if self._fetching:
            return "download"
        if self._ready is None:
            return "cpu"
        return "external-link" if self._ready.server else "wifi-off"

    def _tell(self) -> None:
        from PySide6.QtWidgets import QToolTip

        if self._ready is not None:
            place = self._why.mapToGlobal(self._why.rect().topLeft())
            QToolTip.showText(place, self._details(), self._why)
