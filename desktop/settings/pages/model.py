"""The model that answers, and what it runs in."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QWidget

from agent.engines.registry import dialogue_engines, hearing_engines
from agent.models.catalog import Model
from agent.models.store import ModelStore, open_store
from agent.settings import Settings, limits
from desktop.i18n.engines import engine_title
from desktop.settings.fields import Choice
from desktop.settings.form import Form
from desktop.settings.page import PageParts, SettingsPage
from desktop.settings.server_field import ServerField


def _fields(parts: PageParts) -> Iterator[QWidget]:
    form = parts.form
    translate = QCoreApplication.translate
    automatic = ("", translate("Settings", "Choose for me"))
    store = open_store()
    known = [(m.id, _named(m, store)) for m in store.catalog.model if m.task == "dialogue"]
    engines = (automatic, *((e.name, engine_title(e)) for e in dialogue_engines()))
    name = translate("Settings", "Model that answers")
    yield form.pick("dialogue_model", name, (automatic, *known))
    models = QPushButton(translate("Settings", "Get and choose models…"))
    models.clicked.connect(parts.open_models)
    yield models
    server = ServerField(form.settings, "http://localhost:8000/v1")
    server.passed.connect(
        lambda done: form.put(dialogue_engine=done.engine, dialogue_server=done.address)
    )

    def allow(engine: str) -> bool:
        """Another engine at once, a server only after it was tried."""
        if engine not in _servers():
            server.leave()
            return True
        form.fields["dialogue_server"].show()
        server.want(engine)
        return False

    runs_on = translate("Settings", "Runs on")
    yield form.pick("dialogue_engine", runs_on, engines, allow=allow)
    yield form.own(
        "dialogue_server",
        server,
        translate("Settings", "Address of the server"),
        translate("Settings", "What you say and show is sent there as text."),
    )
    listeners = tuple((e.name, engine_title(e)) for e in hearing_engines())
    yield form.pick("hearing_engine", translate("Settings", "Speech recognition engine"), listeners)
    most = round(limits("threads")[1])
    yield form.number("threads", translate("Settings", "Threads"), most, automatic[1])


def _named(model: Model, store: ModelStore) -> str:
    """The model's title, which says so where it is not here."""
    if not store.problems(model):
        return model.title
    away = QCoreApplication.translate("Settings", "{model} (not on this computer)")
    return away.format(model=model.title)


def _follow(form: Form, settings: Settings) -> None:
    chosen = form.controls["dialogue_engine"]
    shown = chosen.value if isinstance(chosen, Choice) else settings.dialogue_engine
    form.fields["dialogue_server"].setVisible(shown in _servers())


def _servers() -> list[str]:
    return [engine.name for engine in dialogue_engines() if engine.needs_server]


def _title() -> str:
    return QCoreApplication.translate("Settings", "Model")


PAGE = SettingsPage(60, "cpu", _title, _fields, _follow)
