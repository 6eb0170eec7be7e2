"""The engine with what was trained for its model; without it, where it cannot be used."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from agent.adapters.store import Adapter, Adapters, identity
from agent.codes import AgentCode
from agent.dialogue import Dialogue, DialogueEngine, DialogueSource
from perception.messages import Notice, notice
from perception.types import UserError

_log = logging.getLogger("candor.models")


def load_tuned(
    engine: DialogueEngine, source: DialogueSource, adapters: Adapters, wanted: str | None
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
        note = notice(AgentCode.ADAPTER_LEFT_OUT, notice=error.notice)
    dialogue.reason = f"{dialogue.reason} {note or ''}".strip()
    return dialogue


def heard_with(model: str, base: Path, adapters: Adapters) -> Path:
    """The user's own training of a recogniser where one is on, else the model as it came."""
    if not _is_on(adapters, model):
        return base
    found, note = adapters.on(model, identity(base))
    _log.info("hearing: %s", note)
    return found.folder if found else base


def _tuned(
    engine: DialogueEngine, source: DialogueSource, adapters: Adapters, wanted: str | None
) -> tuple[DialogueSource, Notice | None]:
    """The source with its adapter, and what the user is told."""
    if wanted and wanted.endswith(".gguf"):
        return replace(source, adapter=Path(wanted)), notice(
            AgentCode.ADAPTER_FILE_ON, wanted=Path(wanted).name
        )
    if source.place is None or (wanted is None and not _is_on(adapters, source.model)):
        return source, None
    found, note = adapters.on(source.model, identity(source.place), wanted)
    if found is None:
        if note and wanted is not None:
            raise UserError(AgentCode.WANTED_ADAPTER_NOT_ON, note=note)
        return source, note
    if found.about.kind == "full":
        return _whole(engine, source, found, note, wanted)
    if engine.adapter is None:
        return source, None
    return replace(source, adapter=found.folder / engine.adapter), note


def _whole(
    engine: DialogueEngine,
    source: DialogueSource,
    found: Adapter,
    note: Notice | None,
    wanted: str | None,
) -> tuple[DialogueSource, Notice | None]:
    """A model that was trained whole stands in for the base, where the engine runs folders."""
    if engine.takes_folders:
        return replace(source, place=found.folder), note
    name, title = found.about.name, engine.title
    if wanted is not None:
        raise UserError(AgentCode.ENGINE_CANNOT_RUN_MODEL, name=name, title=title)
    return source, notice(AgentCode.ENGINE_CANNOT_RUN_TUNED, name=name, title=title)


def _is_on(adapters: Adapters, base: str) -> bool:
    """Whether an adapter is on; what cannot be read must not keep the base from answering."""
    try:
        return bool(adapters.name_on(base))
    except UserError as error:
        _log.warning("no adapter is on: %s", error)
        return False
