"""The only place that loads engines."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeAlias

from agent.adapters.store import GGUF, Adapters, identity
from agent.dialogue import Dialogue
from agent.engines.choice import Choice, choose, examine
from agent.engines.probe import probe
from agent.engines.registry import Engines, Once, find
from agent.models.integrity import Integrity, seen
from agent.models.loads import Loads
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


Tell: TypeAlias = Callable[[str], None]
"""Takes a line for the user while files are read for long."""


def assemble(settings: Settings, tell: Tell = _log.info) -> Engines:
    """Engines for these settings; nothing is loaded before it is asked for.

    `tell` is called where model files are in doubt and are read whole before they are loaded.
    """
    store = open_store()
    choice = Once(lambda: choose(examine(), settings, store))
    dialogue = Once(lambda: _dialogue(choice(), settings, store, tell))

    def close() -> None:
        if (loaded := dialogue.loaded()) is not None:
            loaded.close()

    return Engines(
        choice=choice,
        dialogue=dialogue,
        hearing=Once(lambda: _hearing(choice(), settings, store)),
        voice=Once(lambda: _voice(choice())),
        eyes=Once(lambda: _eyes(choice(), store)),
        guard=Once(lambda: _guard(store, tell)),
        audit=Once(partial(Audit, data_folder() / "audit.jsonl")),
        ready=lambda: dialogue.loaded() is not None,
        close=close,
    )


def loads() -> Loads:
    """The marks of loads that are under way, or broke off."""
    return Loads(data_folder() / "loading")


def _dialogue(choice: Choice, settings: Settings, store: Store, tell: Tell) -> Dialogue:
    load = find("agent.dialogue", choice.engine)
    if choice.engine == "remote":
        remote: Dialogue = load(choice.model, server=settings.dialogue_server)
        return remote
    model = _model(choice, store, tell)
    more: dict[str, Path] = {"saved": data_folder() / "prompts"} if choice.engine == "gguf" else {}
    adapters = Adapters(data_folder() / "adapters", prompt.VERSION)
    note = ""
    if _is_on(adapters, choice.model):
        found, note = adapters.on(choice.model, identity(model))
        if found and found.about.kind == "full":
            if choice.engine == "local":
                model = found.folder
            else:
                note = f"The model {found.about.name} needs the engine local; the base answers."
        elif found:
            more["adapter"] = found.folder / GGUF if choice.engine == "gguf" else found.folder
    with loads().under_way(choice.model):
        dialogue, refused = _with_adapter(load, model, choice, more)
    dialogue.reason = " ".join(filter(None, (dialogue.reason, refused or note)))
    return dialogue


def _model(choice: Choice, store: Store, tell: Tell) -> Path:
    """Where the model lies. Where it is in doubt it is looked at first, the rest by a child."""
    broke_off = loads().broke_off(choice.model)
    if any(model.id == choice.model for model in store.catalog.model):
        place = store.checked(choice.model, broke_off, _percent(tell))
        files = sorted(place.glob("*.gguf"))[:1]
        doubtful = broke_off
    else:
        place = Path(choice.model).expanduser()
        files = [place] if place.suffix == ".gguf" else sorted(place.glob("*.gguf"))[:1]
        doubtful = broke_off or not all(_known(file).knows(file.absolute()) for file in files)
    if choice.engine == "gguf" and doubtful and files:
        tell("Trying the model")
        before = seen(files[0])
        probe(files[0])
        _known(files[0]).add(files[0].absolute(), before)
    loads().settle(choice.model)
    return place


def _known(file: Path) -> Integrity:
    """What is known of a model that is none of the catalogue's: all in the user's own folder."""
    return Integrity(file.absolute().parent, data_folder(), beside=False)


def _percent(tell: Tell) -> Callable[[float], None]:
    """Tells how far it is, once a second and not before."""
    last = [time.monotonic()]

    def told(done: float) -> None:
        if (now := time.monotonic()) - last[0] >= 1.0:
            last[0] = now
            tell(f"Checking the model files: {done:.0%}")

    return told


def _is_on(adapters: Adapters, base: str) -> bool:
    """Whether an adapter is on; what cannot be read must not keep the base from answering."""
    try:
        return bool(adapters.name_on(base))
    except UserError as error:
        _log.warning("no adapter is on: %s", error)
        return False


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
    activity = _checked(store, "silero-vad")
    folder = _checked(store, "whisper-base")
    if settings.hearing_engine == "whisper":
        adapters = Adapters(data_folder() / "adapters", prompt.VERSION)
        if _is_on(adapters, "whisper-base"):
            found, note = adapters.on("whisper-base", identity(folder))
            _log.info("hearing: %s", note)
            if found:
                load = partial(load, activity=activity / "model.onnx")
                folder = found.folder
    hearing: Hearing
    with loads().under_way("whisper-base", "silero-vad"):
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
    ids = ("centerface", "efficientnet-lite0")
    faces, tags = (_checked(store, each) for each in ids)
    with loads().under_way(*ids):
        return Eyes(faces, tags, choice.threads)


def _guard(store: Store, tell: Tell) -> Guard:
    own = config_folder() / "policy.toml"
    model = _checked(store, "minilm", tell)
    with loads().under_way("minilm"):
        return load_guard(own if os.path.lexists(own) else None, model)


def _checked(store: Store, model: str, tell: Tell = _log.info) -> Path:
    """The folder of a model, read whole where there is doubt about it."""
    place = store.checked(model, loads().broke_off(model), _percent(tell))
    loads().settle(model)
    return place
