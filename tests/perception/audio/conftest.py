"""The sound room and ears within it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]

from perception.types import Samples
from tests.perception.audio.running import RunningEars
from tests.sound import SoundRoom, room

__all__ = ["ears", "room", "voice"]

_CLIP = Path(__file__).parents[2] / "data" / "lj001-0013.flac"


@pytest.fixture
def ears(room: SoundRoom) -> Iterator[RunningEars]:
    """Ears in the room, with a window and a mind."""
    with RunningEars(room.environment) as running:
        yield running


@pytest.fixture(scope="session")
def voice() -> tuple[Samples, int]:
    """A recorded human voice and its rate."""
    samples, rate = soundfile.read(_CLIP, dtype="float32")
    return np.asarray(samples, np.float32), rate
