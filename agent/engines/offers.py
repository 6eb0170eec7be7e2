"""Which models suit this computer, and the best of those that can be had."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum

from agent.codes import AgentCode
from agent.engines.hardware import Hardware
from agent.engines.probe import accelerator
from agent.models.catalog import Catalog, Model
from perception.messages import Notice, notice

EMBEDDED_RANK = 10
"""What the embedded model stands for in the ranks of `hub.toml`."""


class Fitting(StrEnum):
    """How a model suits a computer."""

    CARD = "card"
    MEMORY = "memory"
    SLOWLY = "slowly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Suits:
    """How a model suits a computer, and why."""

    fitting: Fitting
    why: Notice

    @property
    def well(self) -> bool:
        """Whether it can be talked with without waiting."""
        return self.fitting in (Fitting.CARD, Fitting.MEMORY)


def accelerated(hardware: Hardware) -> bool:
    """Whether llama.cpp as it is installed uses this computer's graphics card.

    The builds of the package index do so on a Mac alone; where there is an NVIDIA card a child
    process looks, which takes part of a second.
    """
    if sys.platform == "darwin":
        return True
    return hardware.gpu is not None and bool(accelerator())


def suits(model: Model, hardware: Hardware, accelerated: bool) -> Suits:
    """How the model suits this computer; nothing is loaded or read."""
    needed, has = f"{model.machine / 1e9:.1f}", f"{hardware.memory / 1e9:.1f}"
    offer, gpu = model.offer, hardware.gpu
    if model.machine > hardware.memory:
        return Suits(Fitting.NOT, notice(AgentCode.NEEDS_MORE_MEMORY, needed=needed, has=has))
    if offer is not None and accelerated and gpu is not None and gpu.memory >= offer.card:
        return Suits(Fitting.CARD, notice(AgentCode.FITS_CARD, gpu=gpu.name))
    # A Mac's graphics share the memory of the rest: there the cores do not count.
    shared = accelerated and gpu is None
    if offer is not None and not shared and offer.cores > hardware.cores:
        return Suits(Fitting.SLOWLY, notice(AgentCode.FITS_SLOWLY, cores=hardware.cores))
    return Suits(Fitting.MEMORY, notice(AgentCode.FITS_MEMORY, needed=needed, has=has))


def best(catalog: Catalog, hardware: Hardware, accelerated: bool) -> Model | None:
    """The best offered model that suits this computer well; None where ours is as good."""
    fitting = [
        (model.offer.rank, model)
        for model in catalog.model
        if model.offer is not None
        and model.offer.rank > EMBEDDED_RANK
        and suits(model, hardware, accelerated).well
    ]
    return max(fitting, key=lambda found: found[0])[1] if fitting else None
