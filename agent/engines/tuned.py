"""The engine with what was trained for its model; without it, where it cannot be used."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from agent.adapters.store import Adapter, Adapters, identity
from agent.dialogue import Dialogue, DialogueEngine, Source
from perception.types import UserError

_log = logging.getLogger(__name__)


def load_tuned(
    engine: DialogueEngine, source: Source, adapters: Adapters, wanted: str | None
) -> Dialogue:
    """The loaded engine with the adapter that is on, or the `wanted` one.

    `base` is none, a name that ends in .gguf a file. What is on and cannot be used is told in the
    engine's reason, and the base answers; UserError where a wanted one cannot be used.
    """
    tuned, note = _tuned(engine, source, adapters, wanted)
    try:
        dialogue = engine.load(tuned)
    except UserError as error:
        if wanted is not None or tuned.adapter is None:
            raise
        _log.warning("the adapter is not used: %s", error)
        dialogue = engine.load(replace(tuned, adapter=None))
        note = f"The adapter is not used: {error.message} The base answers."
    dialogue.reason = " ".join(filter(None, (dialogue.reason, note)))
    return dialogue


def heard_with(model: str, base: Path, adapters: Adapters) -> Path:
    """The user's own training of a recogniser where one is on, else the model as it came."""
    if not _is_on(adapters, model):
        return base
    found, note = adapters.on(model, identity(base))
    _log.info("hearing: %s", note)
    return found.folder if found else base


def _tuned(
    engine: DialogueEngine, source: Source, adapters: Adapters, wanted: str | None
) -> tuple[Source, str]:
    """The source with its adapter, and a sentence for the user."""
    if wanted and wanted.endswith(".gguf"):
        return replace(source, adapter=Path(wanted)), f"The adapter {Path(wanted).name} is on."
    if source.place is None or (wanted is None and not _is_on(adapters, source.model)):
        return source, ""
    found, note = adapters.on(source.model, identity(source.place), wanted)
    if found is None:
        if note and wanted is not None:
            raise UserError(note, "See the adapters: candor train list")
        return source, note
    if found.about.kind == "full":
        return _whole(engine, source, found, note, wanted)
    if engine.adapter is None:
        return source, ""
    return replace(source, adapter=found.folder / engine.adapter), note


def _whole(
    engine: DialogueEngine, source: Source, found: Adapter, note: str, wanted: str | None
) -> tuple[Source, str]:
    """A model that was trained whole stands in for the base, where the engine runs folders."""
    if engine.takes_folders:
        return replace(source, place=found.folder), note
    note = f"The model {found.about.name} cannot run in {engine.title}; the base answers."
    if wanted is not None:
        raise UserError(note, "Choose another engine in the settings.")
    return source, note


def _is_on(adapters: Adapters, base: str) -> bool:
    """Whether an adapter is on; what cannot be read must not keep the base from answering."""
    try:
        return bool(adapters.name_on(base))
    except UserError as error:
        _log.warning("no adapter is on: %s", error)
        return False
