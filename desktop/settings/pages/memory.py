"""What the user had kept: facts, notes and lists."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.settings.page import PageParts, SettingsPage
from desktop.widgets.labels import label


def _fields(parts: PageParts) -> Iterator[QWidget]:
    explained = QCoreApplication.translate(
        "Settings",
        "What you asked Candor to keep. Nothing is kept that you only said in passing, and nothing "
        "in a private chat.",
    )
    yield label(explained, "caption")
    yield parts.memory


def _title() -> str:
    return QCoreApplication.translate("Settings", "Memory")


PAGE = SettingsPage(35, "history", _title, _fields)
