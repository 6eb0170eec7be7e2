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

from agent.events import Ready
from desktop import theme
from desktop.i18n.messages import message
from desktop.session import promise
from desktop.session.facts import Facts
from desktop.widgets import icons
from desktop.widgets.elided import Elided
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label
from desktop.widgets.plain_text import tip


class StatusLine(QFrame):
    """ "On this computer · not connected", a bar while models load, the microphone.

    What it says of places is `promise.status`, made from the facts; model and device stand behind
    the sign.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self.setProperty("edge", "top")
        self._ready: Ready | None = None
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
        self.show_facts(Facts())

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

    def show_facts(self, facts: Facts) -> None:
        """Say what is so now."""
        self._ready = facts.ready
        self._why.setVisible(self._ready is not None and self._ready.reason is not None)
        self._why.setToolTip(tip(self._details()))
        self._bar.setVisible(bool(facts.loading))
        if theme.current().still:
            self._bar.setRange(0, 1)
        self._mark.set_name(promise.status_icon(facts), "muted")
        self._text.setText(promise.status(facts))

    def _details(self) -> str:
        """The model, the device, and why it is this one."""
        if self._ready is None:
            return ""
        on = self.tr("{model} on {device}")
        on = on.format(model=self._ready.model, device=self._ready.device)
        reason = self._ready.reason
        return f"{on}. {message(reason)}" if reason else on

    def _tell(self) -> None:
        from PySide6.QtWidgets import QToolTip

        if self._ready is not None:
            place = self._why.mapToGlobal(self._why.rect().topLeft())
            QToolTip.showText(place, self._details(), self._why)
