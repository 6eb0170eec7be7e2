"""The settings, in a few groups; each change takes effect at once."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent.settings import Settings, data_folder
from desktop import theme
from desktop.settings.form import Form
from desktop.settings.memory_page import Memory
from desktop.settings.microphone_trial import DeviceTrial
from desktop.settings.page import PageParts, SettingsPage, settings_pages
from desktop.settings.pages.sound import offer_devices
from desktop.settings.privacy_controls import PrivacyControls
from desktop.settings.vocabulary import VocabularyEditor
from desktop.widgets.dialog import Dialog
from desktop.widgets.side_pages import SidePages
from perception.audio.ipc.messages import Devices

_log = logging.getLogger("candor.processes")


class SettingsDialog(Dialog):
    """Edits a `Settings` value. `changed` carries the new one after each change.

    `models_wanted` asks for the Models page.
    """

    changed = Signal(object)
    models_wanted = Signal()

    def __init__(
        self,
        settings: Settings,
        devices: Devices | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self.setWindowTitle(self.tr("Settings"))
        self._pages = SidePages(self.tr("Groups of settings"))
        self.trial = DeviceTrial(self)
        self.words = VocabularyEditor(self)
        self.memory = Memory(data_folder() / "tools.db", self)
        self.privacy = PrivacyControls(data_folder(), self)
        self._form = Form(settings, self._set)
        known = devices or Devices((), (), "", "")
        memory, privacy, open_models = self.memory, self.privacy, self.models_wanted.emit
        parts = PageParts(self._form, known, self.trial, self.words, memory, open_models, privacy)
        self._shown = [page for page in settings_pages() if self._add(page, parts)]
        self._follow()
        close = QPushButton(self.tr("Done"))
        close.setProperty("kind", "primary")
        close.setDefault(True)
        self._pages.fill(self, close, QSize(theme.glyph(180), theme.glyph(130)))

    @property
    def controls(self) -> dict[str, QWidget]:
        """The control of each setting, by the setting's name."""
        return self._form.controls

    @property
    def fields(self) -> dict[str, QWidget]:
        """Each control with its name and hint."""
        return self._form.fields

    def set_devices(self, devices: Devices) -> None:
        """Offer other microphones and speakers."""
        now = self.settings
        offer_devices(self._form, devices, now.microphone, now.speaker)

    def show_group(self, index: int) -> None:
        """Open one of the groups."""
        self._pages.open_page(index)

    @property
    def shown_page(self) -> str:
        """The title of the group that is open."""
        return self._pages.shown_page

    def show_page(self, title: str) -> None:
        """Open the group of this title, where there is one."""
        self._pages.show_page(title)

    def _add(self, page: SettingsPage, parts: PageParts) -> bool:
        try:
            title, fields = page.title(), list(page.fields(parts))
        except Exception:
            # A page that another package brings must not take the others along.
            _log.exception("the page %s is left out: it cannot be made", page)
            return False
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.gap(6), theme.gap(5), theme.gap(6), theme.gap(5))
        column.setSpacing(theme.gap(5))
        for part in fields:
            column.addWidget(part)
        column.addStretch(1)
        self._pages.add_page(page.icon, title, inside)
        return True

    def _follow(self) -> None:
        for page in self._shown:
            page.follow(self._form, self.settings)

    def _set(self, **values: Any) -> None:
        new = replace(self.settings, **values)
        if new != self.settings:
            self.settings = new
            self._follow()
            self.changed.emit(new)
