"""Quiet, silent and loud again where it stopped, without a device."""

from __future__ import annotations

import time

import numpy as np
import pytest

from perception.audio.ipc.messages import Play, Played
from perception.audio.playback.player import Player
from perception.types import Samples

_RATE = 48_000
_BLOCK = _RATE // 50


def counting(seconds: float) -> Samples:
    """A ramp: each sample tells its place."""
    return np.linspace(0.1, 0.9, int(seconds * _RATE), dtype=np.float32)


@pytest.fixture
def player() -> Player:
    """A player with two seconds to play."""
    made = Player(_RATE, lambda _played: None)
    made.play(Play("t", 0, counting(2.0), _RATE))
    made.finish("t")
    return made


def taken(player: Player, seconds: float, delay: float = 0.0) -> Samples:
    """What a device gets in so many seconds."""
    return np.concatenate([player.fill(_BLOCK, delay) for _ in range(round(seconds * 50))])


def test_what_was_taken_back_comes_again(player: Player) -> None:
    first = taken(player, 0.5)
    player.rewound(0.2)
    again = taken(player, 0.2)
    assert np.array_equal(again, first[-again.size :])


def test_a_duck_is_quiet_at_once_and_without_a_click(player: Player) -> None:
    before = taken(player, 0.5)
    player.duck()
    assert taken(player, 0.02)[-1] == pytest.approx(before[-1], abs=0.02)  # not before the device
    player.rewound(0.02)
    ducked = taken(player, 0.2)
    assert ducked[0] == pytest.approx(before[-1], abs=0.01)
    assert np.max(np.abs(np.diff(ducked))) < 0.01
    assert ducked[-1] < 0.3 * before[-1]
    player.release()
    loud = taken(player, 0.2)
    assert np.max(np.abs(np.diff(loud))) < 0.01
    assert loud[-1] > before[-1]


def test_a_hold_keeps_the_place(player: Player) -> None:
    before = taken(player, 0.5)
    player.hold()
    player.rewound(0.0)
    held = taken(player, 1.0)
    assert not held[_BLOCK:].any()
    assert not player.ring.sounding
    assert player.busy
    player.release()
    after = taken(player, 0.3)
    lost = (after[-1] - before[-1]) / 0.8 * 2.0
    assert 0.3 <= lost <= 0.33  # all but the fade comes


def test_what_comes_during_a_hold_waits() -> None:
    player = Player(_RATE, lambda _played: None)
    player.hold()
    player.rewound(0.0)
    player.play(Play("t", 0, counting(1.0), _RATE))
    assert not taken(player, 0.2).any()
    player.release()
    assert taken(player, 0.2).any()


def test_a_flush_ends_a_hold() -> None:
    reports: list[Played] = []
    player = Player(_RATE, reports.append)
    player.play(Play("t", 0, counting(1.0), _RATE))
    taken(player, 0.2)
    player.hold()
    player.rewound(0.0)
    taken(player, 0.2)
    player.flush()
    player.rewound(0.0)
    assert reports[-1].cut
    player.play(Play("u", 0, counting(1.0), _RATE))
    assert taken(player, 0.1)[-1] > 0.05


def test_the_account_goes_back_with_the_sound() -> None:
    reports: list[Played] = []
    player = Player(_RATE, reports.append)
    player.play(Play("t", 0, counting(0.4), _RATE))
    player.finish("t")
    for number in range(20):
        player.fill(_BLOCK, -0.1 + 0.02 * number)  # 0.1 s have sounded, 0.3 s have not
    player.rewound(0.3)
    player.settle()
    assert reports[-1].seconds == pytest.approx(0.1, abs=0.03)
    assert not reports[-1].finished
    for number in range(16):
        player.fill(_BLOCK, -0.4 + 0.02 * number)
    player.settle()
    assert reports[-1].finished
    assert reports[-1].seconds == pytest.approx(0.4, abs=0.01)


def test_the_beginning_of_a_turn_is_told_once_it_was_heard() -> None:
    reports: list[Played] = []
    player = Player(_RATE, reports.append)
    player.play(Play("t", 0, counting(0.2), _RATE))
    player.finish("t")
    now = time.monotonic()
    taken(player, 0.2, delay=0.05)
    time.sleep(0.3)
    player.settle()
    assert {report.began for report in reports} == {reports[-1].began}
    assert 0.0 <= reports[-1].began - now - 0.05 < 0.2
