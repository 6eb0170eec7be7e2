"""The only place that loads engines."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from agent.adapters.store import GGUF, Adapters, identity
from agent.dialogue import Dialogue
from agent.engines.choice import Choice, choose, examine
from agent.engines.registry import Engines, Once, find
from agent.models.store import Store, open_store
from agent.prompting import prompt
from agent.settings import Settings, config_folder, data_folder
from agent.voice import Voice
from perception.hearing import Hearing
from perception.seeing.eyes import Eyes
from perception.types import UserError
from safety.audit import Audit
from safety.guard import Guard, load_guard

_log = logging.getLogger("candor.models")


def assemble(settings: Settings) -> Engines:
    """Engines for these settings; nothing is loaded before it is asked for."""
    store = open_store()
    choice = Once(lambda: _choose(settings, store))
    dialogue = Once(lambda: _dialogue(choice(), settings, store))

    def close() -> None:
        if (loaded := dialogue.loaded()) is not None:
            loaded.close()

    return Engines(
        choice=choice,
        dialogue=dialogue,
        hearing=Once(lambda: _hearing(choice(), settings, store)),
        voice=Once(lambda: _voice(choice())),
        eyes=Once(lambda: _eyes(choice(), store)),
        guard=Once(lambda: _guard(store)),
        audit=Once(partial(Audit, data_folder() / "audit.jsonl")),
        ready=lambda: dialogue.loaded() is not None,
        close=close,
    )


def _choose(settings: Settings, store: Store) -> Choice:
    choice = choose(examine(), settings, store)
    _log.debug("chosen: %s", choice)
    return choice


def _dialogue(choice: Choice, settings: Settings, store: Store) -> Dialogue:
    load = find("agent.dialogue", choice.engine)
    if choice.engine == "remote":
        remote: Dialogue = load(choice.model, server=settings.dialogue_server)
        return remote
    known = any(model.id == choice.model for model in store.catalog.model)
    model = store.path(choice.model) if known else Path(choice.model).expanduser()
    more: dict[str, Path] = {"saved": data_folder() / "prompts"} if choice.engine == "gguf" else {}
    adapters = Adapters(data_folder() / "adapters", prompt.VERSION)
    note = ""
    if adapters.name_on(choice.model):
        found, note = adapters.on(choice.model, identity(model))
        if found and found.about.kind == "full":
            if choice.engine == "local":
                model = found.folder
            else:
                note = f"The model {found.about.name} needs the engine local; the base answers."
        elif found:
            more["adapter"] = found.folder / GGUF if choice.engine == "gguf" else found.folder
    dialogue, refused = _with_adapter(load, model, choice, more)
    dialogue.reason = " ".join(filter(None, (dialogue.reason, refused or note)))
    return dialogue


def _with_adapter(
    load: Callable[..., Dialogue], model: Path, choice: Choice, more: dict[str, Path]
) -> tuple[Dialogue, str]:
    """Where an adapter cannot be loaded after all, the base goes on, and the reason is told."""
    try:
        return load(model, choice.device, choice.threads, **more), ""
    except UserError as error:
        if "adapter" not in more:
            raise
        _log.warning("the adapter is not used: %s", error)
        del more["adapter"]
        dialogue = load(model, choice.device, choice.threads, **more)
        return dialogue, f"The adapter is not used: {error.message} The base answers."


def _hearing(choice: Choice, settings: Settings, store: Store) -> Hearing:
    load = find("perception.hearing", settings.hearing_engine)
    activity = store.path("silero-vad")
    folder = store.path("whisper-base")
    if settings.hearing_engine == "whisper":
        adapters = Adapters(data_folder() / "adapters", prompt.VERSION)
        if adapters.name_on("whisper-base"):
            found, note = adapters.on("whisper-base", identity(folder))
            _log.info("hearing: %s", note)
            if found:
                load = partial(load, activity=activity / "model.onnx")
                folder = found.folder
    hearing: Hearing
    if choice.device == "cuda":
        try:
            hearing = load(folder, "cuda", choice.threads)
            return hearing
        except (RuntimeError, UserError) as error:
            _log.warning("hearing runs on the CPU: %s", error)
    hearing = load(folder, "cpu", choice.threads)
    return hearing


def _voice(choice: Choice) -> Voice:
    voice: Voice = find("agent.voice", "hibari")(choice.threads)
    return voice


def _eyes(choice: Choice, store: Store) -> Eyes:
    return Eyes(store.path("centerface"), store.path("efficientnet-lite0"), choice.threads)


def _guard(store: Store) -> Guard:
    own = config_folder() / "policy.toml"
    return load_guard(own if own.exists() else None, store.path("minilm"))
