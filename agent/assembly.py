"""The only place that loads engines."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from pathlib import Path

from agent.adapters.store import Adapters, identity
from agent.dialogue import Dialogue, DialogueEngine, Source
from agent.engines.choice import Choice, choose
from agent.engines.hardware import examine
from agent.engines.loaded import Engines, Once
from agent.engines.places import (
    Tell,
    checked,
    dialogue_place,
    loads,
)
from agent.engines.registry import (
    dialogue_engines,
    hearing_engines,
    named,
    voice_engines,
)
from agent.models.store import Store, open_store
from agent.prompting import prompt
from agent.settings import Settings, config_folder, data_folder
from agent.voice import Voice
from perception.hearing import Hearing, HearingEngine
from perception.hearing import Source as HearingSource
from perception.seeing.eyes import Eyes
from perception.types import UserError
from safety.audit import Audit
from safety.guard import Guard, load_guard

_log = logging.getLogger(__name__)


def assemble(settings: Settings, tell: Tell = _log.info, *, private: bool = False) -> Engines:
    """Engines for these settings; nothing is loaded before it is asked for.

    `tell` is called where model files are in doubt and are read whole before they are loaded.
    Private ones write nothing to the disk.
    """
    store = open_store()
    choice = Once(lambda: choose(examine(), settings, store))
    dialogue = Once(lambda: _dialogue(choice(), store, tell, private))

    def close() -> None:
        if (loaded := dialogue.loaded()) is not None:
            loaded.close()

    return Engines(
        choice=choice,
        dialogue=dialogue,
        hearing=Once(lambda: _hearing(choice(), settings, store)),
        voice=Once(lambda: _voice(choice(), settings)),
        eyes=Once(lambda: _eyes(choice(), store)),
        guard=Once(lambda: _guard(store, tell)),
        audit=Once(lambda: Audit(None if private else data_folder() / "audit.jsonl")),
        ready=lambda: dialogue.loaded() is not None,
        close=close,
    )


def _dialogue(choice: Choice, store: Store, tell: Tell, private: bool) -> Dialogue:
    engine = named(dialogue_engines(), choice.engine)
    place = None if engine.needs_server else dialogue_place(choice.model, engine, store, tell)
    saved = None if private else data_folder() / "prompts"
    source = Source(choice.model, place, choice.device, choice.threads, choice.server, saved=saved)
    tuned, note = _tuned(engine, source)
    with loads().under_way(choice.model):
        dialogue, refused = _with_adapter(engine, tuned)
    dialogue.reason = " ".join(filter(None, (dialogue.reason, refused or note)))
    return dialogue


def _tuned(engine: DialogueEngine, source: Source) -> tuple[Source, str]:
    """The source with the adapter that is on for its model, and what the user should know."""
    adapters = Adapters(data_folder() / "adapters", prompt.VERSION)
    if source.place is None or not _is_on(adapters, source.model):
        return source, ""
    found, note = adapters.on(source.model, identity(source.place))
    if found is None:
        return source, note
    if found.about.kind == "full":
        if engine.takes_folders:
            return replace(source, place=found.folder), note
        note = f"The model {found.about.name} cannot run in {engine.title}; the base answers."
    elif engine.adapter is not None:
        return replace(source, adapter=found.folder / engine.adapter), note
    return source, note


def _is_on(adapters: Adapters, base: str) -> bool:
    """Whether an adapter is on; what cannot be read must not keep the base from answering."""
    try:
        return bool(adapters.name_on(base))
    except UserError as error:
        _log.warning("no adapter is on: %s", error)
        return False


def _with_adapter(engine: DialogueEngine, source: Source) -> tuple[Dialogue, str]:
    """Where an adapter cannot be loaded after all, the base goes on, and the reason is told."""
    try:
        return engine.load(source), ""
    except UserError as error:
        if source.adapter is None:
            raise
        _log.warning("the adapter is not used: %s", error)
        dialogue = engine.load(replace(source, adapter=None))
        return dialogue, f"The adapter is not used: {error.message} The base answers."


def _hearing(choice: Choice, settings: Settings, store: Store) -> Hearing:
    engine = named(hearing_engines(), settings.hearing_engine)
    model = _heard_with(engine, checked(store, engine.model))
    source = HearingSource(model, checked(store, engine.activity), "cpu", choice.threads)
    with loads().under_way(engine.model, engine.activity):
        if choice.device == "cuda":
            try:
                return engine.load(replace(source, device="cuda"))
            except (RuntimeError, UserError) as error:
                _log.warning("hearing runs on the CPU: %s", error)
        return engine.load(source)


def _heard_with(engine: HearingEngine, base: Path) -> Path:
    """The user's own training of the recogniser where one is on, else the model as it came."""
    adapters = Adapters(data_folder() / "adapters", prompt.VERSION)
    if not engine.tunable or not _is_on(adapters, engine.model):
        return base
    found, note = adapters.on(engine.model, identity(base))
    _log.info("hearing: %s", note)
    return found.folder if found else base


def _voice(choice: Choice, settings: Settings) -> Voice:
    engines = voice_engines()
    engine = named(engines, settings.voice_engine) if settings.voice_engine else engines[0]
    return engine.load(choice.threads)


def _eyes(choice: Choice, store: Store) -> Eyes:
    ids = ("centerface", "efficientnet-lite0")
    faces, tags = (checked(store, each) for each in ids)
    with loads().under_way(*ids):
        return Eyes(faces, tags, choice.threads)


def _guard(store: Store, tell: Tell) -> Guard:
    own = config_folder() / "policy.toml"
    model = checked(store, "minilm", tell)
    with loads().under_way("minilm"):
        return load_guard(own if os.path.lexists(own) else None, model)
