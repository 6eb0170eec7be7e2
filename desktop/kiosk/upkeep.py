"""The owner's settings of a kiosk that runs for months: `upkeep.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from agent.settings import config_folder
from desktop.codes import DesktopCode
from desktop.kiosk.hours import Brightness, OpenSpan, brightness, is_open, open_span
from perception.regular_file import read_regular
from perception.types import UserError

_MOST_BYTES = 100_000
_Parsed = TypeVar("_Parsed")


class Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table `[hours]`: each a list of texts, empty for always."""

    open: tuple[str, ...] = ()
    """When visitors are served: `Mon-Fri 09:00-17:00`."""
    rest: tuple[str, ...] = ("03:00-04:00",)
    """When it may start anew, once a day, and nobody is there."""
    brightness: tuple[str, ...] = ()
    """How bright it is from an hour on: `22:00 0.4`."""


class Health(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table `[health]`: the page of numbers, for this computer alone."""

    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 0
    """0 for no page."""


class Upkeep(msgspec.Struct, frozen=True):
    """What `upkeep.toml` says of this; other tables are for others."""

    hours: Hours = Hours()
    health: Health = Health()

    @property
    def open(self) -> tuple[OpenSpan, ...]:
        """When visitors are served."""
        return tuple(map(open_span, self.hours.open))

    @property
    def brightness(self) -> tuple[Brightness, ...]:
        """How bright it is by hour."""
        return tuple(map(brightness, self.hours.brightness))

    def rests(self, now: datetime) -> bool:
        """Whether this is the quiet hour."""
        spans = tuple(map(open_span, self.hours.rest))
        return bool(spans) and is_open(now, spans)


def load_upkeep(file: Path | None = None) -> Upkeep:
    """The settings; the defaults where there is no file. UserError where a line is wrong."""
    place = file or config_folder() / "upkeep.toml"
    try:
        text = read_regular(place, _MOST_BYTES).decode()
        upkeep = msgspec.convert(tomllib.loads(text), Upkeep)
        _check(upkeep.hours.open, open_span)
        _check(upkeep.hours.rest, open_span)
        _check(upkeep.hours.brightness, brightness)
    except FileNotFoundError:
        return Upkeep()
    except (OSError, ValueError, msgspec.ValidationError) as error:
        raise UserError(DesktopCode.KIOSK_SETTINGS_BROKEN, file=place, reason=error) from error
    return upkeep


def _check(texts: Sequence[str], parsed: Callable[[str], _Parsed]) -> None:
    for text in texts:
        parsed(text)
