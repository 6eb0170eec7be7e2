"""The dialogue models of the catalogue as they stand on this computer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from agent.engines.hardware import Hardware
from agent.engines.offers import Suits, best, suits
from agent.engines.speed import Speed
from agent.models.catalog import Model
from agent.models.store import DRAFTS, ModelStore
from agent.settings import Settings


class Presence(StrEnum):
    """How much of a model is on the disk."""

    HERE = "here"
    PART = "part"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class ModelState:
    """One dialogue model: how it suits, whether it is here, and what was measured.

    `fetched` is the bytes that wait in an unfinished download; `answers` says that it is chosen.
    """

    model: Model
    suits: Suits
    presence: Presence
    fetched: int
    answers: bool
    best: bool
    speed: Speed | None


def model_states(
    store: ModelStore,
    settings: Settings,
    hardware: Hardware,
    accelerated: bool,
    speeds: dict[str, Speed],
) -> Sequence[ModelState]:
    """All dialogue models, the most able first; no file is read."""
    top = best(store.catalog, hardware, accelerated)
    chosen = answering(store, settings)
    states = []
    for model in store.catalog.model:
        if model.task != "dialogue":
            continue
        fetched = draft_bytes(store, model)
        here = not store.problems(model)
        presence = Presence.HERE if here else Presence.PART if fetched else Presence.AWAY
        states.append(
            ModelState(
                model,
                suits(model, hardware, accelerated),
                presence,
                fetched,
                model.id == chosen,
                model == top,
                speeds.get(model.id),
            )
        )
    return sorted(states, key=lambda state: -(state.model.offer.rank if state.model.offer else 0))


def answering(store: ModelStore, settings: Settings) -> str:
    """The model that the settings choose; of the catalogue, where they leave the choice."""
    if settings.dialogue_model:
        return settings.dialogue_model
    default = (each for each in store.catalog.model if each.default and each.task == "dialogue")
    return next((model.id for model in default), "")


def draft_bytes(store: ModelStore, model: Model) -> int:
    """The bytes of a download that is not finished."""
    folder = store.folder / DRAFTS / model.id
    if not folder.is_dir():
        return 0
    return sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
