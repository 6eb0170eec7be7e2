"""What is kept, for how long, where, and how to take it along or be rid of it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from agent.settings import limits
from desktop.settings.page import PageParts, SettingsPage


def _fields(parts: PageParts) -> Iterator[QWidget]:
    translate = QCoreApplication.translate
    most = round(limits("keep_days")[1])
    never = translate("Settings", "Until I delete them")
    yield parts.form.number(
        "keep_days", translate("Settings", "Keep chats for how many days"), most, never
    )
    yield parts.privacy


def _title() -> str:
    return QCoreApplication.translate("Settings", "Privacy")


PAGE = SettingsPage(65, "hard-drive", _title, _fields)
