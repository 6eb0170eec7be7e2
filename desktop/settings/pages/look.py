"""How the window looks, and its language."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from agent.settings import limits
from desktop.settings.page import PageParts, SettingsPage
from desktop.widgets.slider import percent
from perception.languages import languages


def _fields(parts: PageParts) -> Iterator[QWidget]:
    form = parts.form
    translate = QCoreApplication.translate
    system = ("system", translate("Settings", "System default"))
    themes = (
        system,
        ("light", translate("Settings", "Light")),
        ("dark", translate("Settings", "Dark")),
        ("contrast", translate("Settings", "High contrast")),
    )
    spoken = (("", system[1]), *((code, each.name) for code, each in languages().items()))
    yield form.pick("theme", translate("Settings", "Colours"), themes)
    size = (*limits("text_scale"), 0.1)
    yield form.amount("text_scale", translate("Settings", "Text size"), size, percent)
    avatars = (("orb", translate("Settings", "Circle")), ("face", translate("Settings", "Face")))
    yield form.pick("avatar", translate("Settings", "Avatar"), avatars)
    yield form.tick(
        "reduce_motion",
        translate("Settings", "Reduce motion"),
        translate("Settings", "Shows states without anything that moves."),
    )
    yield form.pick(
        "interface_language",
        translate("Settings", "Language of this window"),
        spoken,
        translate("Settings", "Takes effect when Candor is started again."),
    )


def _title() -> str:
    return QCoreApplication.translate("Settings", "Appearance and language")


PAGE = SettingsPage(10, "sun", _title, _fields)
