"""The sound room of the benches, as a fixture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from benchmarks.parts.sound_room import RATE, SoundRoom
from tests.needs import need_programs

__all__ = ["RATE", "SoundRoom", "loudest", "make_room", "room"]


def make_room(folder: Path) -> SoundRoom:
    """A room of its own; the test is skipped where there is no PulseAudio."""
    need_programs(("pulseaudio", "parec", "pacat", "pactl"), "pulseaudio pulseaudio-utils")
    return SoundRoom(folder)


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundRoom]:
    """One room for the whole session; tests must leave its microphone plugged in."""
    with make_room(tmp_path_factory.mktemp("room")) as made:
        yield made


def loudest(room: SoundRoom, since: float) -> float:
    """The loudest sample out of the speaker since a monotonic time, 0 to 1."""
    return float(np.max(np.abs(room.hear(since)[0]), initial=0.0))
