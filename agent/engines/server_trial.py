"""Trying a server before it is used: its address, its key, and whether it has the model."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

from agent.dialogue import DialogueSource, Wanted
from agent.engines.hardware import examine
from agent.engines.registry import dialogue_engines, named
from agent.settings import Settings

_DEVICE = "server"


def try_server(settings: Settings, engine: str, address: str) -> str:
    """The model that would answer there. UserError where the server cannot be used."""
    chosen = named(dialogue_engines(), engine)
    model = replace(settings, dialogue_engine=engine).dialogue_model
    chosen.fits(examine(), Wanted(model, 0, 1, address, named=True))
    source = DialogueSource(model, None, _DEVICE, 1, address)
    with closing(chosen.load(source)) as dialogue:
        return dialogue.name
