"""The user's own words."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.settings.page import PageParts, SettingsPage
from desktop.widgets.labels import label


def _fields(parts: PageParts) -> Iterator[QWidget]:
    explained = QCoreApplication.translate(
        "Settings",
        "Names and terms that Candor should expect, understand and say as you do. They stay in a "
        "file on this computer.",
    )
    yield label(explained, "caption")
    yield parts.words


def _title() -> str:
    return QCoreApplication.translate("Settings", "Words")


PAGE = SettingsPage(30, "type", _title, _fields)
