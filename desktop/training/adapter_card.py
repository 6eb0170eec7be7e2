"""One adapter: whether it is on, before and after, where it came from, what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from agent.adapters.store import OURS, About, Measured
from desktop import theme
from desktop.i18n.messages import message
from desktop.processes import training_events as events
from desktop.training import labels, score_table
from desktop.widgets import icons
from desktop.widgets.clear import clear
from desktop.widgets.collapsible import Collapsible
from desktop.widgets.flow import FlowLayout
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label

_DIGEST = 12


class AdapterCard(QFrame):
    """Each signal carries the adapter's name; `back` that of its base."""

    switched = Signal(str)
    back = Signal(str)
    exported = Signal(str)
    deleted = Signal(str)
    compared = Signal(str)

    def __init__(self, row: events.Row) -> None:
        super().__init__()
        self.setProperty("kind", "raised")
        about, ours = row.about, row.folder == OURS
        self.on, self._sure = row.on, False
        self.name = f"{OURS} {about.base}" if ours else row.folder
        self._shown = self.tr("Candor's own") if ours else row.folder
        self.setAccessibleName(self._shown)
        self.switch = _button("check", self.tr("Switch on"), lambda: self.switched.emit(self.name))
        go_back = self.tr("Turn off")
        self.undo = _button("rotate-ccw", go_back, lambda: self.back.emit(about.base))
        again = self.tr("Compare again")
        self.compare = _button("gauge", again, lambda: self.compared.emit(self.name))
        self.export = _button("download", self.tr("Export…"), lambda: self.exported.emit(self.name))
        self.delete = _button("trash-2", self.tr("Delete"), self._delete)
        self.switch.setVisible(not row.on and not row.problem)
        self.undo.setVisible(row.on)
        self.compare.setVisible(not row.problem and about.kind == "lora" and not ours)
        self.export.setVisible(not row.problem and not ours)
        self.delete.setVisible(not ours)
        self._measures, self._compared = QVBoxLayout(), about.compared
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(4), theme.gap(3), theme.gap(4), theme.gap(3))
        column.setSpacing(theme.gap(3))
        column.addLayout(self._head(row))
        if row.problem:
            told = self.tr("It cannot be used: {problem}.").format(problem=message(row.problem))
            column.addWidget(label(told, "danger"))
        column.addLayout(self._measures)
        self.show_measures(about.measured)
        if about.base:
            column.addWidget(self._origin(about))
        buttons = FlowLayout(theme.gap(2))
        for button in (self.switch, self.undo, self.compare, self.export, self.delete):
            buttons.addWidget(button)
        column.addLayout(buttons)

    def show_measures(self, measured: Sequence[Measured]) -> None:
        """Other measures."""
        clear(self._measures)
        if measured:
            self._measures.addWidget(score_table.table(measured))
        if self._compared:
            when = self.tr("Compared again {when}").format(when=_when(self._compared))
            self._measures.addWidget(label(when, "caption"))

    def set_busy(self, busy: bool) -> None:
        """Whether something is being done that must end first."""
        for button in (self.switch, self.undo, self.compare, self.export, self.delete):
            button.setEnabled(not busy)

    def _delete(self) -> None:
        """The first press asks, the second deletes."""
        if self._sure:
            self.deleted.emit(self.name)
            return
        self._sure = True
        theme.set_kind(self.delete, "danger")
        self.delete.setText(self.tr("Delete for good?"))

    def _head(self, row: events.Row) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(theme.gap(2))
        head.addWidget(Glyph("mic" if row.about.kind == "voice" else "message-circle"))
        head.addWidget(label(self._shown, "strong", wrap=False))
        head.addWidget(label(self._what(row.about), "caption", wrap=False))
        head.addStretch(1)
        if row.on:
            head.addWidget(Glyph("check", "accent"))
            head.addWidget(label(self.tr("On"), "strong", wrap=False))
        return head

    def _what(self, about: About) -> str:
        kinds = {"voice": self.tr("your voice"), "full": self.tr("a whole model")}
        return kinds.get(about.kind, self.tr("for answers")) if about.base else ""

    def _origin(self, about: About) -> Collapsible:
        fold = Collapsible(self.tr("Where it came from"))
        count = QLocale().toString
        lines = [
            self.tr("Made {when} for {base}").format(when=_when(about.made), base=about.base),
            self.tr("From {n} examples, {tokens} tokens, in {time}").format(
                n=count(about.examples),
                tokens=count(about.tokens),
                time=labels.duration(about.seconds),
            ),
            self.tr("Fingerprint of the data: {digest}").format(digest=about.data_hash[:_DIGEST]),
            self.tr("Fingerprint of the base: {digest}").format(digest=about.base_hash[:_DIGEST]),
            self.tr("Settings: {settings}").format(settings=_settings(about)),
        ]
        for line in lines:
            fold.rows.addWidget(label(line, "caption", copy=True))
        return fold


def _settings(about: About) -> str:
    parts = list[str]()
    for name, value in about.settings.items():
        inner = value.items() if isinstance(value, dict) else [(name, value)]
        parts += [f"{key} {each}" for key, each in inner]
    return ", ".join(parts)


def _when(made: str) -> str:
    return made[:16].replace("T", " ")


def _button(icon: str, name: str, do: Callable[[], object]) -> QPushButton:
    button = QPushButton(icons.icon(icon), name)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _=False: do())
    return button
