"""Candor from anywhere: in the tray, and by a key for a quick question."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from desktop.settings.page import PageParts, SettingsPage

translate = QCoreApplication.translate


def _fields(parts: PageParts) -> Iterator[QWidget]:
    form = parts.form
    here = QSystemTrayIcon.isSystemTrayAvailable()
    stays = translate(
        "Settings", "Closing the last window leaves Candor ready; Quit in the tray's menu ends it."
    )
    none = translate("Settings", "This desktop has no tray, so Candor ends with its last window.")
    tick = form.tick(
        "keep_in_tray", translate("Settings", "Keep running in the tray"), stays if here else none
    )
    form.controls["keep_in_tray"].setEnabled(here)
    yield tick
    yield form.key(
        "quick_key",
        translate("Settings", "Key for a quick question, in any program"),
        translate(
            "Settings",
            "Click the field, then press a key with Ctrl or Alt. The command “candor quick” does "
            "the same, for the keyboard settings of your system.",
        ),
    )
    yield parts.key_problem


def _title() -> str:
    return translate("Settings", "Quick questions")


PAGE = SettingsPage(28, "message-circle", _title, _fields)
