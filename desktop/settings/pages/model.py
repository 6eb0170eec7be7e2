"""The model that answers, and what it runs in."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from agent.engines.registry import dialogue_engines, hearing_engines
from agent.models import catalog
from agent.settings import Settings, limits
from desktop.i18n.engines import engine_title
from desktop.settings.form import Form
from desktop.settings.page import PageParts, SettingsPage


def _fields(parts: PageParts) -> Iterator[QWidget]:
    form = parts.form
    translate = QCoreApplication.translate
    automatic = ("", translate("Settings", "Choose for me"))
    known = [(m.id, m.title) for m in catalog.load().model if m.task == "dialogue"]
    engines = (automatic, *((e.name, engine_title(e)) for e in dialogue_engines()))
    name = translate("Settings", "Model that answers")
    yield form.pick("dialogue_model", name, (automatic, *known))
    yield form.pick("dialogue_engine", translate("Settings", "Runs on"), engines)
    yield form.line(
        "dialogue_server",
        translate("Settings", "Address of the server"),
        "http://localhost:8000/v1",
        translate("Settings", "What you say and show is sent there as text."),
    )
    listeners = tuple((e.name, engine_title(e)) for e in hearing_engines())
    yield form.pick("hearing_engine", translate("Settings", "Speech recognition engine"), listeners)
    most = round(limits("threads")[1])
    yield form.number("threads", translate("Settings", "Threads"), most, automatic[1])


def _follow(form: Form, settings: Settings) -> None:
    servers = [engine.name for engine in dialogue_engines() if engine.needs_server]
    form.fields["dialogue_server"].setVisible(settings.dialogue_engine in servers)


def _title() -> str:
    return QCoreApplication.translate("Settings", "Model")


PAGE = SettingsPage(60, "cpu", _title, _fields, _follow)
