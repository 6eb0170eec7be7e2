"""The only place that loads engines."""

from __future__ import annotations

from functools import partial

from agent.devices import choose, examine
from agent.engines import Engines, Once
from agent.models.store import open_store
from agent.settings import Settings, data_folder
from safety.audit import Audit


def assemble(settings: Settings) -> Engines:
    """Engines for these settings; nothing is loaded before it is asked for."""
    store = open_store()
    choice = Once(lambda: choose(examine(), settings, store))
    dialogue = Once(lambda: _dialogue(choice(), settings, store))

    def close() -> None:
        if (loaded := dialogue.loaded()) is not None:
            loaded.close()

    return Engines(
        dialogue=dialogue,
        hearing=Once(lambda: _hearing(settings, store, choice())),
        voice=Once(lambda: _voice(choice())),
        eyes=Once(lambda: _eyes(store, choice())),
        guard=Once(lambda: _guard(store)),
        audit=Once(partial(Audit, data_folder() / "audit.jsonl")),
        ready=lambda: dialogue.loaded() is not None,
        close=close,
    )
