"""Fields that are bound to a setting by its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QVBoxLayout, QWidget

from agent.settings import Settings
from desktop.settings.check_list import CheckList
from desktop.settings.fields import (
    Choice,
    Number,
    Switch,
    field,
)
from desktop.settings.text_field import TextField
from desktop.widgets.search_field import SearchField
from desktop.widgets.slider import NumberSlider

_MANY = 12
"""A longer list can be searched."""


class Put(Protocol):
    """Takes the changed settings by name."""

    def __call__(self, **values: Any) -> None: ...


class Form:
    """Makes fields. Each shows the setting it is named after, and puts what the user chooses."""

    def __init__(self, settings: Settings, put: Put) -> None:
        self._settings, self._put = settings, put
        self.settings: Callable[[], Settings] = lambda: settings
        """The settings as they are now."""
        self.controls: dict[str, QWidget] = {}
        self.fields: dict[str, QWidget] = {}

    def pick(
        self,
        setting: str,
        name: str,
        options: Sequence[tuple[str, str]],
        hint: str = "",
        allow: Callable[[str], bool] = lambda value: True,
    ) -> QWidget:
        """One of several values; one that is not allowed yet is shown and not put."""
        control = Choice(options, getattr(self._settings, setting))
        put = self._putter(setting)
        control.chosen.connect(lambda value: put(value) if allow(value) else None)
        return self._keep(setting, control, name, hint)

    def own(self, setting: str, control: QWidget, name: str, hint: str) -> QWidget:
        """A control that puts its setting itself, with `put`."""
        return self._keep(setting, control, name, hint)

    @property
    def put(self) -> Put:
        """Changes settings by name."""
        return self._put

    def tick(self, setting: str, name: str, hint: str = "") -> QWidget:
        """On or off; the switch carries its name itself."""
        control = Switch(name, getattr(self._settings, setting))
        control.toggled.connect(self._putter(setting))
        return self._keep(setting, control, "", hint)

    def amount(
        self,
        setting: str,
        name: str,
        scale: tuple[float, float, float],
        words: Callable[[float], str],
        meaning: Callable[[float], str] | None = None,
    ) -> QWidget:
        """A number on a slider; `scale` is its least, its most and its step."""
        control = NumberSlider(scale, getattr(self._settings, setting), words, meaning)
        control.chosen.connect(self._putter(setting))
        return self._keep(setting, control, name, "")

    def ticks(
        self, setting: str, name: str, options: Sequence[tuple[str, str]], hint: str
    ) -> QWidget:
        """Several of many."""
        control = CheckList(options, getattr(self._settings, setting))
        control.chosen.connect(self._putter(setting))
        whole = self._keep(setting, control, name, hint)
        column = whole.layout()
        if len(options) > _MANY and isinstance(column, QVBoxLayout):
            search = SearchField(_search(), f"{_search()}: {name}")
            search.line.textChanged.connect(control.search)
            column.insertWidget(column.indexOf(control), search)
        return whole

    def number(self, setting: str, name: str, high: int, zero: str) -> QWidget:
        """A whole number from 0; `zero` is what 0 means."""
        control = Number(high, getattr(self._settings, setting), zero)
        control.valueChanged.connect(self._putter(setting))
        return self._keep(setting, control, name, "")

    def text(self, setting: str, name: str, hint: str, most: int) -> QWidget:
        """Several lines, of so many letters at most."""
        control = TextField(getattr(self._settings, setting), most)
        control.chosen.connect(self._putter(setting))
        return self._keep(setting, control, name, hint)

    def line(self, setting: str, name: str, example: str, hint: str, most: int = 2000) -> QWidget:
        """A line of text."""
        control = QLineEdit(getattr(self._settings, setting), maxLength=most)
        control.setPlaceholderText(example)
        put = self._putter(setting)
        control.editingFinished.connect(lambda: put(control.text().strip()))
        return self._keep(setting, control, name, hint)

    def key(self, setting: str, name: str, hint: str) -> QWidget:
        """A key or combination, taken as it is pressed."""
        control = QKeySequenceEdit(QKeySequence(getattr(self._settings, setting)))
        control.setMaximumSequenceLength(1)
        form = QKeySequence.SequenceFormat.PortableText
        put = self._putter(setting)
        control.editingFinished.connect(lambda: put(control.keySequence().toString(form)))
        return self._keep(setting, control, name, hint)

    def _putter(self, setting: str) -> Callable[[object], None]:
        return lambda value: self._put(**{setting: value})

    def _keep(self, setting: str, control: QWidget, name: str, hint: str) -> QWidget:
        whole = field(name, control, hint)
        self.controls[setting], self.fields[setting] = control, whole
        return whole


def _search() -> str:
    return QCoreApplication.translate("Settings", "Search")
