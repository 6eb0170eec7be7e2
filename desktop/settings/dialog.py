"""The settings, in a few groups; each change takes effect at once."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
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
from desktop.widgets import icons
from desktop.widgets.scrolling import ScrollPage
from perception.audio.ipc.messages import Devices

_log = logging.getLogger("candor.processes")


class SettingsDialog(QDialog):
    """Edits a `Settings` value. `changed` carries the new one after each change."""

    changed = Signal(object)

    def __init__(
        self,
        settings: Settings,
        devices: Devices | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self.setWindowTitle(self.tr("Settings"))
        self._names = QListWidget()
        self._names.setAccessibleName(self.tr("Groups of settings"))
        self._names.setIconSize(QSize(theme.glyph(4.5), theme.glyph(4.5)))
        self._names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages = QStackedWidget()
        self.trial = DeviceTrial(self)
        self.words = VocabularyEditor(self)
        self.memory = Memory(data_folder() / "tools.db", self)
        self.privacy = PrivacyControls(data_folder(), self)
        self._form = Form(settings, self._set)
        known = devices or Devices((), (), "", "")
        parts = PageParts(self._form, known, self.trial, self.words, self.memory, self.privacy)
        self._shown = [page for page in settings_pages() if self._add(page, parts)]
        self._follow()
        self._names.currentRowChanged.connect(self._pages.setCurrentIndex)
        self._names.setFixedWidth(self._names.sizeHintForColumn(0) + theme.gap(4))
        self._names.setCurrentRow(0)
        self._lay_out()

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
        self._names.setCurrentRow(index)

    def _add(self, page: SettingsPage, parts: PageParts) -> bool:
        try:
            title, fields = page.title(), list(page.fields(parts))
        except Exception:
            # A page that another package brings must not take the others along.
            _log.exception("the page %s is left out: it cannot be made", page)
            return False
        self._names.addItem(QListWidgetItem(icons.icon(page.icon, "muted"), title))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.gap(6), theme.gap(5), theme.gap(6), theme.gap(5))
        column.setSpacing(theme.gap(5))
        for part in fields:
            column.addWidget(part)
        column.addStretch(1)
        whole = ScrollPage()
        whole.setAccessibleName(title)
        whole.show_page(inside)
        self._pages.addWidget(whole)
        return True

    def _follow(self) -> None:
        for page in self._shown:
            page.follow(self._form, self.settings)

    def _lay_out(self) -> None:
        close = QPushButton(self.tr("Done"))
        close.setProperty("kind", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.gap(6), theme.gap(2), theme.gap(6), theme.gap(4))
        foot.addStretch(1)
        foot.addWidget(close)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._pages, 1)
        right.addLayout(foot)
        side = QFrame()
        side.setProperty("kind", "bar")
        side.setProperty("edge", "right")
        names = QVBoxLayout(side)
        names.setContentsMargins(theme.gap(3), theme.gap(5), theme.gap(3), theme.gap(3))
        names.addWidget(self._names)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addLayout(right, 1)
        wanted = QSize(theme.glyph(180), theme.glyph(130))
        self.resize(wanted.boundedTo(self.screen().availableSize()))

    def _set(self, **values: Any) -> None:
        new = replace(self.settings, **values)
        if new != self.settings:
            self.settings = new
            self._follow()
            self.changed.emit(new)
