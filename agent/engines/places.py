"""Where models lie, read whole first where there is doubt about them.

A load leaves a mark that it takes back when it ends: one that is still there broke off. A file
that changed since it was checked is in doubt too, and so is one that the catalogue does not know.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from agent.codes import AgentCode
from agent.dialogue import DialogueEngine
from agent.models.integrity import Integrity, seen
from agent.models.loads import Loads
from agent.models.store import ModelStore
from agent.settings import data_folder
from perception.messages import Notice, notice

_log = logging.getLogger("candor.models")

Tell: TypeAlias = Callable[[Notice], None]
"""Takes a line for the user while files are read for long."""


def loads() -> Loads:
    """The marks of loads that are under way, or broke off."""
    return Loads(data_folder() / "loading")


def checked(store: ModelStore, model: str, tell: Tell = _log.info) -> Path:
    """The folder of a model of the catalogue; UserError where it is missing or damaged."""
    place = store.checked(model, loads().broke_off(model), _percent(tell))
    loads().settle(model)
    return place


def dialogue_place(model: str, engine: DialogueEngine, store: ModelStore, tell: Tell) -> Path:
    """Where a dialogue model lies. In doubt it is read whole, or tried by a child that may die."""
    broke_off = loads().broke_off(model)
    if any(entry.id == model for entry in store.catalog.model):
        place = store.checked(model, broke_off, _percent(tell))
        files = sorted(place.glob("*.gguf"))[:1]
        doubtful = broke_off
    else:
        place = Path(model).expanduser()
        files = [place] if place.suffix == ".gguf" else sorted(place.glob("*.gguf"))[:1]
        doubtful = broke_off or not all(_known(file).knows(file.absolute()) for file in files)
    if engine.probe is not None and doubtful and files:
        tell(notice(AgentCode.TRYING_MODEL))
        before = seen(files[0])
        engine.probe(files[0])
        _known(files[0]).add(files[0].absolute(), before)
    loads().settle(model)
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
            tell(notice(AgentCode.CHECKING_MODELS, done=f"{done:.0%}"))

    return told
