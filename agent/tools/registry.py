"""The tools that there are: each a file of this folder with a frozen `ABILITY`, found by looking.

A file that cannot be imported is logged and left out; the rest work.
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
from functools import cache

import agent.tools
from agent.tools.ability import Ability

_log = logging.getLogger("candor.turn")


@cache
def abilities() -> tuple[Ability, ...]:
    """All tools, in the order in which they are asked."""
    found = list[Ability]()
    for module in pkgutil.iter_modules(agent.tools.__path__):
        if module.ispkg:
            continue
        try:
            ability = getattr(
                importlib.import_module(f"agent.tools.{module.name}"), "ABILITY", None
            )
        except Exception:
            _log.exception("the tool %s is left out: it cannot be imported", module.name)
            continue
        if isinstance(ability, Ability):
            found.append(ability)
    return tuple(sorted(found, key=lambda one: (one.order, one.tool.name)))


def ability(name: str) -> Ability | None:
    """The tool of that name."""
    return next((one for one in abilities() if one.tool.name == name), None)
