"""A microphone or speaker, and lists of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from perception.audio.playback.buffer import PlaybackBuffer
from perception.types import Samples

Take: TypeAlias = Callable[[NDArray[np.float32], float], None]
"""Gets a block of the microphone, shape (n, channels), and the age of its first sample."""

Fill: TypeAlias = Callable[[int, float], Samples]
"""Gives the next so many samples for the speaker, which sound after so many seconds."""


@dataclass(frozen=True, slots=True)
class PlaybackSource:
    """Where a speaker gets its sound. All three are for the device's thread.

    `ring` says when there is some and at what rate. `rewound` is told how many seconds the device
    dropped unplayed; `fill` gives them again, or what is to be heard instead.
    """

    fill: Fill
    rewound: Callable[[float], None]
    ring: PlaybackBuffer


class DeviceStream(Protocol):
    """An open device."""

    @property
    def active(self) -> bool:
        """False once it has ended by itself."""
        ...

    def close(self) -> None:
        """Let go of the device."""
        ...


class OutputStream(DeviceStream, Protocol):
    """An open speaker."""

    def rewind(self) -> None:
        """Drop what was handed over and has not been played, soon; the source's `rewound` is told.

        A device that cannot do that tells 0, and soon plays what `fill` gives next.
        """
        ...


@dataclass(frozen=True, slots=True)
class Port:
    """One device. `target` is the sound server's name for it, or PortAudio's index.

    `places` are the server's numbers for the channels' positions, where there is a server.
    """

    name: str
    target: str | int
    rate: int
    channels: int
    on_server: bool
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """What there is, and the system's defaults. No monitor of a speaker is ever in it."""

    microphones: tuple[Port, ...]
    speakers: tuple[Port, ...]
    microphone: Port | None
    speaker: Port | None


NOTHING = Listing((), (), None, None)


def find(ports: tuple[Port, ...], default: Port | None, wanted: str) -> Port | None:
    """The device named `wanted`, or the default where it is empty or not there."""
    named = (port for port in ports if wanted and wanted in (port.name, port.target))
    return next(named, default)


def unique(ports: Iterable[Port]) -> tuple[Port, ...]:
    """The same devices with names that differ: the second of a kind gets a number."""
    seen: dict[str, int] = {}
    named = []
    for port in ports:
        seen[port.name] = seen.get(port.name, 0) + 1
        count = seen[port.name]
        named.append(port if count == 1 else replace(port, name=f"{port.name} ({count})"))
    return tuple(named)
