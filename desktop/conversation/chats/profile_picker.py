"""Which profile is in force, changed with one press."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from agent.prompting import profile
from perception.types import UserError


class ProfilePicker(QComboBox):
    """`chosen` carries a profile's name after the user picked it."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "quiet")
        self.setAccessibleName(self.tr("Profile"))
        self.setToolTip(self.tr("Profile: what Candor is mostly asked about"))
        language = QLocale().name().split("_")[0]
        for name in profile.names():
            titles = self._titles(name)
            self.addItem(titles.get(language) or titles.get("en") or name, name)
        self.activated.connect(lambda index: self.chosen.emit(self.itemData(index)))

    def show_profile(self, name: str) -> None:
        """The profile in force."""
        self.setCurrentIndex(self.findData(name))

    def _titles(self, name: str) -> dict[str, str]:
        try:
            return profile.load(name).title
        except UserError:
            return {}
