"""The camera."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.inspector import sources
from desktop.settings.page import PageParts, SettingsPage


def _fields(parts: PageParts) -> Iterator[QWidget]:
    translate = QCoreApplication.translate
    cameras = (
        ("", translate("Settings", "The first camera")),
        (sources.FIRST, sources.source_name(sources.FIRST)),
        (sources.SECOND, sources.source_name(sources.SECOND)),
    )
    hint = translate(
        "Settings",
        "The camera stays off until you turn it on. Pictures stay on this computer; a server that "
        "answers gets what is seen in them as text.",
    )
    yield parts.form.pick("camera", translate("Settings", "Camera"), cameras, hint)


def _title() -> str:
    return QCoreApplication.translate("Settings", "Picture")


PAGE = SettingsPage(50, "camera", _title, _fields)
