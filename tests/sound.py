"""The sound room of the benches, as a fixture."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.parts.sound_room import RATE, SoundRoom

__all__ = ["RATE", "SoundRoom", "room"]


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundRoom]:
    """One room for the whole session; tests must leave its microphone plugged in."""
    with SoundRoom(tmp_path_factory.mktemp("room")) as made:
        yield made
