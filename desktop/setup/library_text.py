"""What the Models page says of a model, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from agent.engines.hardware import Hardware
from agent.engines.library import ModelState, Presence
from agent.models.catalog import Model
from desktop.widgets import quantities

translate = QCoreApplication.translate


def better_at(model: Model) -> str:
    """What the model is better at than the one that comes with Candor."""
    words = {
        "speed": translate("Library", "quick answers"),
        "languages": translate("Library", "many languages"),
        "reasoning": translate("Library", "reasoning"),
        "writing": translate("Library", "writing"),
        "code": translate("Library", "code"),
        "documents": translate("Library", "long documents"),
    }
    if model.offer is None:
        return translate("Library", "Comes with Candor")
    known = [words[each] for each in model.offer.better_at if each in words]
    return translate("Library", "Better at: {what}").format(what=", ".join(known))


def facts(model: Model) -> str:
    """Licence, size and languages in one line."""
    size = quantities.size(model.size)
    if model.about:
        size = translate("Library", "about {size}").format(size=size)
    parts = [model.licence, size]
    if model.offer is not None:
        many = translate("Library", "{count} languages").format(count=model.offer.languages)
        parts.append(many if model.offer.languages > 1 else translate("Library", "English"))
        if model.offer.sees:
            parts.append(translate("Library", "could see pictures, but is given words only"))
    return " · ".join(parts)


def standing(state: ModelState) -> str:
    """Whether it is here, and how fast it was."""
    parts = []
    if state.answers:
        parts.append(translate("Library", "answers now"))
    if state.presence is Presence.HERE:
        parts.append(translate("Library", "on this computer"))
    elif state.presence is Presence.PART:
        paused = translate("Library", "paused at {done}")
        parts.append(paused.format(done=quantities.size(state.fetched)))
    else:
        parts.append(translate("Library", "not on this computer"))
    if state.speed is not None:
        speed = translate("Library", "{count} tokens a second here")
        parts.append(speed.format(count=QLocale().toString(state.speed.answer, "f", 1)))
    return " · ".join(parts)


def this_computer(hardware: Hardware) -> str:
    """What the page compares models with."""
    said = translate("Library", "This computer has {cores} cores and {memory} of memory.")
    line = said.format(cores=hardware.cores, memory=quantities.size(hardware.memory))
    if hardware.gpu is None:
        return line
    card = translate("Library", "Its graphics card is {name} with {memory}.")
    return (
        f"{line} {card.format(name=hardware.gpu.name, memory=quantities.size(hardware.gpu.memory))}"
    )
