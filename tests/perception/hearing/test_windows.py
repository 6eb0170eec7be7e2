from __future__ import annotations

import itertools

from perception.audio.vad import Stretch
from perception.hearing.transcription.listener import LONGEST, windows


def test_neighbours_share_a_window() -> None:
    found = list(windows([Stretch(0.0, 3.0, 2.5), Stretch(3.5, 6.0, 2.0)]))
    assert [(window.start, window.end, window.voiced) for window in found] == [(0.0, 6.0, 4.5)]


def test_a_long_silence_parts_them() -> None:
    found = list(windows([Stretch(0.0, 3.0, 2.5), Stretch(3600.0, 3602.0, 1.5)]))
    assert [(window.start, window.end) for window in found] == [(0.0, 3.0), (3600.0, 3602.0)]


def test_no_window_is_longer_than_whisper_takes() -> None:
    stretches = [Stretch(at * 7.0, at * 7.0 + 6.5, 6.0) for at in range(40)]
    stretches.append(Stretch(300.0, 400.0, 100.0))
    found = list(windows(stretches))
    assert max(window.end - window.start for window in found) <= LONGEST + 1e-6
    assert sum(window.voiced for window in found) - 340.0 < 1e-6
    assert found[-1].end == 400.0
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_nothing_gives_nothing() -> None:
    assert list(windows([])) == []
