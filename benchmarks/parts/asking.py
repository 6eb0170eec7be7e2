"""The dialogue model that the guard's cascade asks, for a bench."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from agent.assembly import assemble
from agent.settings import Settings
from perception.types import UserError


@contextmanager
def asking_model(wanted: bool, model: str) -> Iterator[dict[str, Any]]:
    """What `load_guard` is given beside the rest: a cascade that asks this model, or nothing."""
    if not wanted:
        yield {}
        return
    if not (importlib.util.find_spec("safety.cascade") and importlib.util.find_spec(_INQUIRY)):
        raise UserError.plain("This version asks no model.", "Leave --cascade out.")
    cascade, inquiry = (importlib.import_module(n) for n in ("safety.cascade", _INQUIRY))
    engines = assemble(Settings(dialogue_model=model, speak_answers=False))

    def ask(question: object) -> float:
        steps = inquiry.log_odds(engines.dialogue(), question)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                return float(end.value)

    try:
        yield {"cascade": cascade.Cascade(ask)}
    finally:
        engines.close()


_INQUIRY = "agent.turn.inquiry"
