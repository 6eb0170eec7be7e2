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

_log = logging.getLogger(__name__)


def assemble(settings: Settings, adapter: str | None = None) -> Engines:
    """Engines for these settings; nothing is loaded before it is asked for.

    `adapter` names one of the dialogue model in place of what is on: `base` is none, and a GGUF
    file is taken as it is. The dialogue model raises UserError where that one cannot be used.
    """
    store = open_store()
    choice = Once(lambda: choose(examine(), settings, store))
    dialogue = Once(lambda: _dialogue(choice(), settings, store, adapter))

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


def _dialogue(
    choice: Choice, settings: Settings, store: Store, wanted: str | None = None
) -> Dialogue:
    load = find("agent.dialogue", choice.engine)
    if choice.engine == "remote":
        remote: Dialogue = load(choice.model, server=settings.dialogue_server)
        return remote
    known = any(model.id == choice.model for model in store.catalog.model)
    model = store.path(choice.model) if known else Path(choice.model).expanduser()
    more: dict[str, Path] = {"saved": data_folder() / "prompts"} if choice.engine == "gguf" else {}
    model, adapter, note = _tuned(choice, model, wanted)
    if adapter:
        more["adapter"] = adapter
    dialogue, refused = _with_adapter(load, model, choice, more, must=wanted is not None)
    dialogue.reason = " ".join(filter(None, (dialogue.reason, refused or note)))
    return dialogue


def _tuned(choice: Choice, model: Path, wanted: str | None) -> tuple[Path, Path | None, str]:
    """The model to load, its adapter that is on or `wanted`, and a sentence for the user."""
    if wanted and wanted.endswith(".gguf"):
        return model, Path(wanted), f"The adapter {Path(wanted).name} is on."
    adapters = Adapters(data_folder() / "adapters", prompt.VERSION)
    if wanted is None and not adapters.name_on(choice.model):
        return model, None, ""
    found, note = adapters.on(choice.model, identity(model), wanted)
    if found is None:
        if note and wanted is not None:
            raise UserError(note, "See the adapters: candor train list")
        return model, None, note
    if found.about.kind != "full":
        return model, found.folder / GGUF if choice.engine == "gguf" else found.folder, note
    if choice.engine == "local":
        return found.folder, None, note
    note = f"The model {found.about.name} needs the engine local; the base answers."
    if wanted is not None:
        raise UserError(note, "Choose the engine local.")
    return model, None, note


def _with_adapter(
    load: Callable[..., Dialogue],
    model: Path,
    choice: Choice,
    more: dict[str, Path],
    must: bool,
) -> tuple[Dialogue, str]:
    """Where an adapter cannot be loaded after all, the base goes on, and the reason is told.

    UserError where it `must` be this one.
    """
    try:
        return load(model, choice.device, choice.threads, **more), ""
    except UserError as error:
        if must or "adapter" not in more:
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
