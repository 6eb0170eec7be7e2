"""One category of the policy: what is done about it in words, and the choices behind a button."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.settings.fields import Choice, field
from desktop.settings.policy.words import field_name, fields_of, name_of, options, told
from desktop.widgets.labels import label
from safety.categories import Category
from safety.policy import Stance, over
from safety.policy_changes import Difference, one_field, value_of
from safety.policy_lock import stricter


@dataclass(frozen=True, slots=True)
class ShownStance:
    """What holds for a category, and what may be made of it.

    Where it is locked, `floor` is what nothing may be weaker than, and `why` says who locked it.
    """

    stance: Stance
    floor: Stance | None = None
    why: str = ""


class CategoryRow(QFrame):
    """Shows one category. `changed` carries the wanted `Difference`."""

    changed = Signal(object)

    def __init__(self, category: Category, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.category = category
        self.choices: dict[str, Choice] = {}
        self._shown = ShownStance(Stance())
        self.setProperty("kind", "raised")
        self.said, self.lock = label(kind="muted"), label(kind="caption")
        self.button = QPushButton(self.tr("Change"))
        self.button.setCheckable(True)
        self.button.setProperty("kind", "quiet")
        self.button.setAccessibleName(self.tr("Change: {name}").format(name=name_of(category)))
        self.button.toggled.connect(self._unfold)
        self._inside = QWidget()
        self._inside.setProperty("kind", "clear")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, theme.gap(2), 0, 0)
        self._column.setSpacing(theme.gap(3))
        self._inside.hide()
        self._lay_out(label(name_of(category), "strong"))

    def show_stance(self, shown: ShownStance) -> None:
        """Show what holds now."""
        self._shown = shown
        self.said.setText(told(self.category, shown.stance))
        self.button.setAccessibleDescription(self.said.text())
        self.lock.setText(shown.why)
        self.lock.setVisible(bool(shown.why))
        for name, choice in self.choices.items():
            choice.offer(self._allowed(name), self._value(name))
            choice.setEnabled(choice.count() > 1)

    def _lay_out(self, title: QLabel) -> None:
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(3), theme.gap(2), theme.gap(3), theme.gap(2))
        column.setSpacing(theme.gap())
        column.addLayout(head)
        for part in (self.said, self.lock, self._inside):
            column.addWidget(part)

    def _unfold(self, on: bool) -> None:
        if on and not self.choices:
            for name in fields_of(self.category):
                choice = Choice(self._allowed(name), self._value(name))
                choice.setEnabled(choice.count() > 1)
                choice.chosen.connect(lambda value, name=name: self._choose(name, value))
                self.choices[name] = choice
                self._column.addWidget(field(field_name(name), choice))
        self._inside.setVisible(on)

    def _value(self, name: str) -> str:
        usual = {"threshold": "normal", "only_from": "anything"}.get(name, "allow")
        return str(value_of(self._shown.stance, name) or usual)

    def _allowed(self, name: str) -> list[tuple[str, str]]:
        """The values that may be chosen: under a lock none that is weaker than its floor."""
        every = options(self.category, name)
        floor = self._shown.floor
        if floor is None:
            return every
        return [
            (value, words)
            for value, words in every
            if str(value_of(stricter(floor, over(floor, one_field(name, value))), name)) == value
        ]

    def _choose(self, name: str, value: str) -> None:
        before = value_of(self._shown.stance, name)
        if value != str(before):
            self.changed.emit(Difference(self.category, name, before, value))
