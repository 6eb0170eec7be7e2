"""The ring and the account of what was heard, without a device."""

from __future__ import annotations

import sys
import threading
import time

import numpy as np
import pytest

from perception.audio.ipc.messages import Play, Played
from perception.audio.playback.buffer import PlaybackBuffer
from perception.audio.playback.player import Player
from perception.types import Samples

_RATE = 48_000


def sound(seconds: float, rate: int = _RATE) -> Samples:
    """A steady sound."""
    return np.full(int(seconds * rate), 0.5, np.float32)


def test_the_ring_gives_what_was_put_in_order_and_says_whose_it_is() -> None:
    ring = PlaybackBuffer(_RATE)
    ring.put("t", 0, np.full(30, 0.1, np.float32))
    ring.put("t", 1, np.full(50, 0.2, np.float32))
    block, portions = ring.read(100)
    assert [(part.sentence, part.start, part.count) for part in portions] == [
        (0, 0, 30),
        (1, 30, 50),
    ]
    assert block[29] == np.float32(0.1)
    assert block[30] == np.float32(0.2)
    assert not block[80:].any()
    assert ring.empty


def test_a_flush_leaves_a_fade_of_milliseconds() -> None:
    ring = PlaybackBuffer(_RATE)
    ring.put("t", 0, sound(1.0))
    ring.read(480)
    ring.flush()
    block, portions = ring.read(4800)
    assert not portions
    assert block[0] == pytest.approx(0.5)
    assert np.all(np.diff(block[:480]) <= 0)
    assert not block[int(0.010 * _RATE) :].any()


def test_the_account_holds_while_the_device_takes_sound() -> None:
    reports = list[Played]()
    player = Player(_RATE, reports.append)
    player.play(Play("t", 0, sound(6.0), _RATE))
    usual = sys.getswitchinterval()
    device = threading.Thread(target=lambda: [player.fill(48, 60.0) for _ in range(6000)])
    sys.setswitchinterval(1e-6)
    try:
        device.start()
        while device.is_alive():
            player.settle()
    finally:
        sys.setswitchinterval(usual)
        device.join()
    player.flush()
    assert [report.cut for report in reports] == [True]


def test_a_device_of_another_rate_gets_the_same_seconds() -> None:
    ring = PlaybackBuffer(_RATE)
    ring.put("t", 0, sound(1.0))
    ring.retune(44_100)
    block, _ = ring.read(44_100)
    assert block[22_050] == pytest.approx(0.5, abs=0.01)
    assert ring.empty


def played(player: Player, seconds: float, delay: float = 0.0) -> None:
    """Let a device take so much, as it does: by blocks of 20 ms."""
    for _ in range(round(seconds * 50)):
        player.fill(_RATE // 50, delay)


def test_every_sentence_is_accounted_for_and_the_turn_ends_once() -> None:
    reports: list[Played] = []
    player = Player(_RATE, reports.append)
    player.play(Play("t", 0, sound(0.4, 24_000), 24_000))
    player.play(Play("t", 1, sound(0.2, 24_000), 24_000))
    player.finish("t")
    played(player, 1.0)
    time.sleep(0.03)
    player.settle()
    assert [(r.sentence, round(r.seconds, 2), r.finished) for r in reports] == [
        (0, 0.4, False),
        (1, 0.2, False),
        (1, 0.2, True),
    ]


def test_what_is_still_in_the_device_was_not_heard() -> None:
    reports: list[Played] = []
    player = Player(_RATE, reports.append)
    player.play(Play("t", 0, sound(2.0), _RATE))
    played(player, 0.5, delay=60.0)
    player.settle()
    assert reports == []
    player.flush()
    assert reports == [Played("t", 0, 0.0, True, cut=True)]


def test_nothing_more_of_a_flushed_turn_is_played() -> None:
    reports: list[Played] = []
    player = Player(_RATE, reports.append)
    player.flush("t")
    player.play(Play("t", 0, sound(1.0), _RATE))
    assert player.ring.empty
    player.finish("t")
    assert reports == [Played("t", 0, 0.0, True, cut=True)]


def test_without_a_speaker_a_turn_ends_as_unheard() -> None:
    reports: list[Played] = []
    player = Player(_RATE, reports.append)
    player.play(Play("t", 0, sound(1.0), _RATE))
    player.abandon()
    player.play(Play("t", 1, sound(1.0), _RATE))
    assert player.ring.empty
    assert reports == []
    player.finish("t")
    assert reports == [Played("t", 0, 0.0, True, unheard=True)]


def test_a_turn_without_any_sound_ends_at_once() -> None:
    reports: list[Played] = []
    Player(_RATE, reports.append).finish("t")
    assert reports == [Played("t", 0, 0.0, True)]
