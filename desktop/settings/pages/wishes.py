"""How the user wishes to be answered: what the model is told with every question."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from agent.profiles.profile import is_shared
from agent.prompting.wishes import MOST_WORDS
from agent.settings import Settings
from desktop.settings.form import Form
from desktop.settings.page import PageParts, SettingsPage
from desktop.widgets.labels import label

_FIELDS = ("call_me", "answer_tone", "answer_length", "units", "wishes")
translate = QCoreApplication.translate


def _fields(parts: PageParts) -> Iterator[QWidget]:
    form = parts.form
    explained = translate(
        "Settings",
        "Candor reads this with every question. It changes the manner of an answer, never what is "
        "checked.",
    )
    yield label(explained, "caption")
    yield form.line("call_me", translate("Settings", "What to call you"), "", "", 60)
    as_usual = ("", translate("Settings", "As usual"))
    tones = (
        as_usual,
        ("plain", translate("Settings", "Matter-of-fact")),
        ("warm", translate("Settings", "Warm")),
        ("formal", translate("Settings", "Formal")),
    )
    yield form.pick("answer_tone", translate("Settings", "Tone"), tones)
    lengths = (
        as_usual,
        ("short", translate("Settings", "Short")),
        ("long", translate("Settings", "Detailed")),
    )
    yield form.pick("answer_length", translate("Settings", "Length of answers"), lengths)
    units = (
        as_usual,
        ("metric", translate("Settings", "Metric: km, kg, °C")),
        ("imperial", translate("Settings", "Imperial: miles, pounds, °F")),
    )
    yield form.pick("units", translate("Settings", "Units"), units)
    hint = translate("Settings", "For example: I am a nurse. Give code in Python.")
    yield form.text("wishes", translate("Settings", "Anything else"), hint, MOST_WORDS)


def _follow(form: Form, settings: Settings) -> None:
    own = not is_shared(settings.profile)
    for name in _FIELDS:
        form.controls[name].setEnabled(own)


def _title() -> str:
    return translate("Settings", "Custom instructions")


PAGE = SettingsPage(25, "user", _title, _fields, _follow)
