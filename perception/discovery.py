"""What is found by its file: the parts of a package that declare themselves by one value."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import entry_points
from typing import Any, TypeVar

_log = logging.getLogger("candor.models")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Offer:
    """A value that is there, not yet imported. `load` raises whatever its module raises."""

    name: str
    """The module's name, or that of the entry point."""
    where: str
    load: Callable[[], Any]
    installed: bool
    """Whether another package brings it."""


def offers(package: str, attribute: str, group: str) -> Iterator[Offer]:
    """`attribute` of each module of a package, by name; then installed packages' entry points.

    A module without it offers None.
    """
    modules = pkgutil.iter_modules(importlib.import_module(package).__path__)
    for name in sorted(module.name for module in modules if not module.ispkg):
        load = partial(_declared, f"{package}.{name}", attribute)
        yield Offer(name, f"{package}.{name}", load, installed=False)
    yield from installed(group)


def declared(package: str, attribute: str, group: str, kind: type[T]) -> Iterator[tuple[Offer, T]]:
    """The values themselves, for what the rest works without (a safety rule is no such thing).

    One that cannot be imported or is of another kind is logged and left out.
    """
    for offer in offers(package, attribute, group):
        try:
            value = offer.load()
        except Exception:
            _log.exception("%s is left out: it cannot be imported", offer.where)
            continue
        if isinstance(value, kind):
            yield offer, value
        else:
            _log.error("%s is left out: it is no %s", offer.where, kind.__name__)


def installed(group: str) -> Iterator[Offer]:
    """The entry points of a group that installed packages bring, by name."""
    for entry in sorted(entry_points(group=group), key=lambda each: (each.name, each.value)):
        yield Offer(entry.name, entry.value, entry.load, installed=True)


def _declared(module: str, attribute: str) -> Any:
    return getattr(importlib.import_module(module), attribute, None)
