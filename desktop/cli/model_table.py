"""The dialogue models with what is known of them, as a table or as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from agent.engines.hardware import examine
from agent.engines.library import ModelState, Presence, model_states
from agent.engines.offers import Fitting, accelerated
from agent.engines.speed import own_speeds
from agent.models.store import ModelStore
from agent.settings import config_folder, load
from desktop.cli.terminal_text import console, json_text

_FITS = {
    Fitting.CARD: "the card",
    Fitting.MEMORY: "yes",
    Fitting.SLOWLY: "slow here",
    Fitting.NOT: "too large",
}


def print_states(store: ModelStore, *, as_json: bool) -> None:
    """Print how each dialogue model suits this computer."""
    hardware = examine()
    settings = load(config_folder() / "settings.toml")
    states = model_states(store, settings, hardware, accelerated(hardware), own_speeds().known())
    if as_json:
        print(json_text([_row(state) for state in states], indent=2))
        return
    _table(states)


def _table(states: Sequence[ModelState]) -> None:
    from rich.table import Table

    table = Table(box=None, padding=(0, 1, 0, 0))
    for name in ("", "model", "licence", "here", "speed"):
        table.add_column(name, no_wrap=True)
    table.add_column("size", justify="right", no_wrap=True)
    table.add_column("fits", no_wrap=True)
    for state in states:
        mark = "answers" if state.answers else "best" if state.best else ""
        about = "about " if state.model.about else ""
        speed = f"{state.speed.answer:.1f}/s" if state.speed else ""
        size = f"{about}{state.model.size / 1e9:.1f} GB"
        here = state.presence if state.presence is not Presence.AWAY else ""
        table.add_row(
            mark, state.model.id, state.model.licence, here, speed, size, _FITS[state.suits.fitting]
        )
    console().print(table)


def _row(state: ModelState) -> dict[str, object]:
    offer = state.model.offer
    return {
        "id": state.model.id,
        "title": state.model.title,
        "licence": state.model.licence,
        "bytes": state.model.size,
        "bytes_are_rounded": state.model.about,
        "fits": state.suits.fitting,
        "why": str(state.suits.why),
        "best": state.best,
        "answers": state.answers,
        "here": state.presence,
        "tokens_a_second": state.speed.answer if state.speed else None,
        "better_at": offer.better_at if offer else (),
        "context": offer.context if offer else None,
        "languages": offer.languages if offer else None,
        "sees": offer.sees if offer else False,
    }
