"""The policy, category by category: what holds, what is locked and why, and what was changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.i18n.messages import sentences
from desktop.settings.policy.lock import PinLock
from desktop.settings.policy.row import CategoryRow, ShownStance
from desktop.settings.policy.words import field_name, name_of, value_name
from desktop.widgets.labels import label
from perception.types import UserError
from safety.categories import Category
from safety.guard import known_rules
from safety.policy_changes import Difference, change, differences, reset, set_lock
from safety.policy_in_force import PolicyInForce, policy_in_force
from safety.policy_lock import ALWAYS, administrator_file


class PolicyEditor(QWidget):
    """Shows the policy of a profile, and writes what is changed into the user's own file."""

    def __init__(
        self, file: Path, profile: str, parent: QWidget | None = None, *, admin: Path | None = None
    ) -> None:
        super().__init__(parent)
        self._file, self._profile, self._admin = file, profile, admin
        self.trouble = label(kind="danger", copy=True)
        self.different = label(kind="caption")
        self.reset = QPushButton(self.tr("Reset to default"))
        self.reset.clicked.connect(lambda: self._do(lambda: reset(self._file)))
        self.lock = PinLock()
        self.lock.wanted.connect(lambda kept: self._do(lambda: set_lock(self._file, kept)))
        self.lock.unlocked.connect(self.show_policy)
        self.rows = {category: CategoryRow(category) for category in Category}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(3))
        column.addWidget(self.trouble)
        for row in self.rows.values():
            row.changed.connect(self._change)
            column.addWidget(row)
        column.addWidget(self.different)
        column.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.lock)
        self.show_policy()

    def set_profile(self, profile: str) -> None:
        """Show what holds in another profile."""
        self._profile = profile
        self.show_policy()

    def show_policy(self) -> None:
        """Read the files again and show them."""
        own = self._file if os.path.lexists(self._file) else None
        self._found = found = policy_in_force(own, known_rules(), self._admin)
        told = [" ".join(sentences(trouble)) for trouble in found.troubles]
        self._say("\n".join(told))
        self.lock.show_lock(found.own.pin if found.own.locked else "")
        for category, row in self.rows.items():
            row.show_stance(self._shown(found, category))
        changes = [_told(one) for one in differences(found, self._profile)]
        unchanged = self.tr("Nothing is different from the default.")
        title = self.tr("Different from the default:")
        self.different.setText("\n".join([title, *changes]) if changes else unchanged)
        changed = bool(found.own.categories or found.own.profiles)
        self.reset.setEnabled(changed and not self.lock.locked)

    def _shown(self, found: PolicyInForce, category: Category) -> ShownStance:
        stance = found.policy.stance(category, self._profile)
        if category in ALWAYS:
            why = self.tr("Fixed in Candor for everybody.")
            return ShownStance(stance, found.floor.stance(category, ""), why)
        if found.stricter_only(category):
            place = self._admin or administrator_file()
            why = self.tr("Locked by the administrator in {file}: it can only be made stricter.")
            return ShownStance(stance, found.floor.stance(category, ""), why.format(file=place))
        if self.lock.locked:
            why = self.tr("Locked with a PIN: it can only be made stricter.")
            return ShownStance(stance, stance, why)
        return ShownStance(stance)

    def _change(self, what: Difference) -> None:
        self._do(lambda: change(self._file, self._found, self._profile, what))

    def _do(self, write: Callable[[], None]) -> None:
        try:
            write()
        except UserError as error:
            self._say(" ".join(sentences(error.notice)))
            return
        self.show_policy()

    def _say(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))


def _told(one: Difference) -> str:
    now = value_name(one.category, one.field, one.now or _usual(one.field))
    before = value_name(one.category, one.field, one.before or _usual(one.field))
    return f"{name_of(one.category)} · {field_name(one.field)}: {before} → {now}"


def _usual(field: str) -> str:
    return {"threshold": "normal", "only_from": "anything"}.get(field, "allow")
