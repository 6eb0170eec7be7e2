"""The only place that loads engines."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from agent.adapters.store import Adapters
from agent.dialogue import Dialogue, DialogueSource
from agent.engines.choice import Choice, choose
from agent.engines.current_guard import CurrentGuard
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
from agent.engines.tuned import heard_with, load_tuned
from agent.models.store import ModelStore, open_store
from agent.prompting import prompt
from agent.settings import Settings, config_folder, data_folder
from agent.voice import Voice
from perception.hearing import Hearing, HearingSource
from perception.seeing.eyes import VisionPipeline
from perception.types import UserError
from safety.audit import Audit
from safety.cascade import Cascade
from safety.guard import Guard, load_guard

_log = logging.getLogger("candor.models")


def assemble(
    settings: Settings,
    tell: Tell = _log.info,
    *,
    private: bool = False,
    adapter: str | None = None,
) -> Engines:
    """Engines for these settings; nothing is loaded before it is asked for.

    `tell` is called where model files are in doubt and are read whole before they are loaded.
    Private ones write nothing to the disk. `adapter` names one of the dialogue model in place of
    what is on: `base` is none, a GGUF file is taken as it is. Where that one cannot be used, the
    dialogue model raises UserError.
    """
    store = open_store()
    choice = Once(lambda: _choose(settings, store))
    dialogue = Once(lambda: _dialogue(choice(), store, tell, private, adapter))

    def close() -> None:
        if (loaded := dialogue.loaded()) is not None:
            loaded.close()

    return Engines(
        choice=choice,
        dialogue=dialogue,
        hearing=Once(lambda: _hearing(choice(), settings, store)),
        voice=Once(lambda: _voice(choice(), settings)),
        eyes=Once(lambda: _eyes(choice(), store)),
        guard=CurrentGuard(
            config_folder() / "policy.toml", lambda own: _guard(own, choice(), store, tell)
        ),
        audit=Once(lambda: Audit(None if private else data_folder() / "audit.jsonl")),
        ready=lambda: dialogue.loaded() is not None,
        close=close,
    )


def _choose(settings: Settings, store: ModelStore) -> Choice:
    choice = choose(examine(), settings, store)
    _log.debug("chosen: %s", choice)
    return choice


def _dialogue(
    choice: Choice, store: ModelStore, tell: Tell, private: bool, wanted: str | None
) -> Dialogue:
    engine = named(dialogue_engines(), choice.engine)
    place = None if engine.needs_server else dialogue_place(choice.model, engine, store, tell)
    saved = None if private else data_folder() / "prompts"
    source = DialogueSource(
        choice.model, place, choice.device, choice.threads, choice.server, saved=saved
    )
    adapters = Adapters(data_folder() / "adapters", prompt.VERSION)
    with loads().under_way(choice.model):
        return load_tuned(engine, source, adapters, wanted)


def _hearing(choice: Choice, settings: Settings, store: ModelStore) -> Hearing:
    engine = named(hearing_engines(), settings.hearing_engine)
    adapters = Adapters(data_folder() / "adapters", prompt.VERSION)
    base = checked(store, engine.model)
    model = heard_with(engine.model, base, adapters) if engine.tunable else base
    source = HearingSource(model, checked(store, engine.activity), "cpu", choice.threads)
    with loads().under_way(engine.model, engine.activity):
        if choice.device == "cuda":
            try:
                return engine.load(replace(source, device="cuda"))
            except (RuntimeError, UserError) as error:
                _log.warning("hearing runs on the CPU: %s", error)
        return engine.load(source)


def _voice(choice: Choice, settings: Settings) -> Voice:
    engines = voice_engines()
    engine = named(engines, settings.voice_engine) if settings.voice_engine else engines[0]
    return engine.load(choice.threads)


def _eyes(choice: Choice, store: ModelStore) -> VisionPipeline:
    ids = ("centerface", "efficientnet-lite0")
    faces, tags = (checked(store, each) for each in ids)
    with loads().under_way(*ids):
        return VisionPipeline(faces, tags, choice.threads)


def _guard(own: Path | None, choice: Choice, store: ModelStore, tell: Tell) -> Guard:
    model = checked(store, "minilm", tell)
    with loads().under_way("minilm"):
        # A server is asked nothing: the guard judges here before anything is sent.
        cascade = None if named(dialogue_engines(), choice.engine).needs_server else Cascade()
        return load_guard(own, model, cascade=cascade)
