"""What did I miss? What was said and seen in the last two minutes, until it is erased."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from agent.events import Recent, RecentEvent
from agent.memory.recent import KEPT_S
from desktop import theme
from desktop.session.facts import Facts
from desktop.session.promise import recent_kept
from desktop.widgets import icons
from desktop.widgets.dialog import Dialog
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label
from desktop.widgets.plain_text import short
from desktop.widgets.scrolling import ScrollPage

_AGE_MS = 5000
_ASK_MS = 2000


def who_name(who: str) -> tuple[str, str]:
    """The icon and the name of who said it, or where it was seen."""
    translate = QCoreApplication.translate
    names = {
        "user": ("user", translate("Recent", "You")),
        "candor": ("message-circle", translate("Recent", "Candor")),
        "room": ("ear", translate("Recent", "In the room, not said to Candor")),
        "scene": ("eye", translate("Recent", "Seen")),
    }
    return names.get(who, ("info", who))


def ago(seconds: float) -> str:
    """How long ago, as one would say it."""
    translate = QCoreApplication.translate
    if seconds < 5:
        return translate("Recent", "just now")
    if seconds < 55:
        return translate("Recent", "{n} seconds ago").format(n=round(seconds / 5) * 5)
    if seconds < 90:
        return translate("Recent", "a minute ago")
    return translate("Recent", "two minutes ago")


class RecentPanel(Dialog):
    """Asks (`wanted`) while it is open, shows the answer, and lets it be erased or read out."""

    wanted = Signal()
    erased = Signal()
    speak_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What did I miss?"))
        self._moments: tuple[RecentEvent, ...] = ()
        self._at = time.monotonic()
        self._kept = label(recent_kept(Facts()), "caption")
        self._page = ScrollPage()
        self._page.setAccessibleName(self.tr("The last two minutes"))
        self._erase = _button("eraser", self.tr("Erase all of it"))
        self._erase.clicked.connect(self._wipe)
        self._speak = _button("volume-2", self.tr("Read aloud"))
        self._speak.clicked.connect(lambda: self.speak_asked.emit(self.text))
        self._ages = QTimer(self, interval=_AGE_MS)
        self._ages.timeout.connect(self._show)
        self._asks = QTimer(self, interval=_ASK_MS)
        self._asks.timeout.connect(self.wanted)
        self._lay_out()
        self._show()

    @property
    def text(self) -> str:
        """All of it as plain text, oldest first."""
        since = time.monotonic() - self._at
        return "\n".join(
            f"{ago(m.seconds_ago + since)}, {who_name(m.who)[1]}: {m.text}" for m in self._moments
        )

    def show_facts(self, facts: Facts) -> None:
        """Say what is kept of it, as it is now."""
        self._kept.setText(recent_kept(facts))

    def show_recent(self, recent: Recent) -> None:
        """Show what the mind remembers."""
        same = [(m.who, m.text) for m in recent.moments] == [(m.who, m.text) for m in self._moments]
        self._moments, self._at = recent.moments, time.monotonic()
        if not same:
            self._show()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Ask, and go on asking while it is open."""
        super().showEvent(event)
        self.wanted.emit()
        self._ages.start()
        self._asks.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nothing of it stays in a window that is closed."""
        super().hideEvent(event)
        self._ages.stop()
        self._asks.stop()
        self._moments = ()
        self._show()

    def _wipe(self) -> None:
        self._moments = ()
        self._show()
        self.erased.emit()

    def _lay_out(self) -> None:
        privacy = QHBoxLayout()
        privacy.setSpacing(theme.gap(2))
        privacy.addWidget(Glyph("shield-check"))
        privacy.addWidget(
            self._kept,
            1,
        )
        close = QPushButton(self.tr("Close"))
        close.setProperty("kind", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        for button in (self._erase, self._speak):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(5), theme.gap(5), theme.gap(5), theme.gap(4))
        column.setSpacing(theme.gap(3))
        column.addWidget(label(self.tr("The last two minutes"), "title"))
        column.addLayout(privacy)
        column.addWidget(self._page, 1)
        column.addLayout(foot)
        wanted = QSize(theme.glyph(130), theme.glyph(110))
        self.fit(wanted)

    def _show(self) -> None:
        since = time.monotonic() - self._at
        shown = [m for m in self._moments if m.seconds_ago + since <= KEPT_S]
        self._erase.setEnabled(bool(shown))
        self._speak.setEnabled(bool(shown))
        bar = self._page.verticalScrollBar()
        place = bar.value() if bar.value() < bar.maximum() else None
        self._page.show_page(_list(shown, since))
        bar.setValue(bar.maximum() if place is None else place)


def _list(moments: Sequence[RecentEvent], since: float) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, theme.gap(2), 0)
    column.setSpacing(theme.gap(3))
    for moment in moments:
        column.addWidget(_row(moment, since))
    if not moments:
        nothing = QCoreApplication.translate("Recent", "Nothing was said or seen lately.")
        column.addWidget(label(nothing, "muted"))
    column.addStretch(1)
    return whole


def _row(moment: RecentEvent, since: float) -> QWidget:
    icon, name = who_name(moment.who)
    when = ago(moment.seconds_ago + since)
    row = QWidget()
    row.setAccessibleName(f"{when}, {name}: {short(moment.text)}")
    head = QHBoxLayout()
    head.setSpacing(theme.gap(2))
    head.addWidget(label(name, "heading", wrap=False))
    head.addWidget(label(when, "caption", wrap=False))
    head.addStretch(1)
    grid = QGridLayout(row)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.gap(3))
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(1, 1)
    grid.addWidget(Glyph(icon), 0, 0)
    grid.addLayout(head, 0, 1)
    grid.addWidget(label(moment.text, copy=True), 1, 1)
    return row


def _button(icon: str, name: str) -> QPushButton:
    button = QPushButton(icons.icon(icon), name)
    button.setAutoDefault(False)
    return button
