"""A dialogue model with and without its adapter, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from agent.dialogue import Dialogue, gguf
from agent.engines.choice import choose
from agent.engines.hardware import examine
from agent.models.store import open_store
from agent.settings import Settings
from perception.types import UserError


@dataclass(frozen=True, slots=True)
class Answerer:
    """An engine under the name that the table shows."""

    name: str
    dialogue: Dialogue


@contextmanager
def pair(model: str, adapter: str) -> Iterator[list[Answerer]]:
    """The base, and the base with `adapter` (a GGUF file) where one is named.

    `model` is an id of the catalogue or a GGUF file; empty is the one that this machine uses.
    """
    store = open_store()
    choice = choose(examine(), Settings(), store)
    name = model or choice.model
    known = any(entry.id == name for entry in store.catalog.model)
    file = store.path(name) if known else Path(name).expanduser()
    if adapter and not Path(adapter).is_file():
        raise UserError.plain(f"{adapter} is not there.", "Name the adapter's GGUF file.")
    loaded = list[Answerer]()
    try:
        base = gguf.load(file, choice.device, choice.threads)
        loaded.append(Answerer("base", base))
        if adapter:
            tuned = gguf.load(file, choice.device, choice.threads, adapter=Path(adapter))
            loaded.append(Answerer("adapter", tuned))
        yield loaded
    finally:
        for answerer in loaded:
            answerer.dialogue.close()
