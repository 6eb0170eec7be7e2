from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.parts.turn_simulation import (
    FRAME,
    Delays,
    room,
    simulate,
    with_pause,
)
from benchmarks.turns import Case, _row, _score
from perception.audio.turns.events import EndTurn, ReportResume, StartTurn
from perception.audio.turns.machine import Rules


class Certain:
    """Models that are always sure that the turn is over."""

    def complete(self, since: float, until: float) -> float:
        return 0.99 if since < until else 0.0

    def words(self, since: float, until: float) -> str:
        return "What is the" + " next" * int(until - since) + " train."


def chances(*parts: tuple[float, float]) -> list[float]:
    return [chance for seconds, chance in parts for _ in range(round(seconds / FRAME))]


def spoken(pause: float) -> Case:
    """A voice of 1.5 s, a pause, a voice of 1 s, and silence."""
    parts = chances((0.5, 0.0), (1.5, 0.9), (pause, 0.0), (1.0, 0.9), (4.0, 0.0))
    return Case(f"{pause} s", parts, Certain())


def test_the_simulation_answers_the_machine() -> None:
    case = spoken(0.4)
    done = simulate(case.chances, case.judge, Rules(), Delays())
    ends = [item for item in done if isinstance(item.action, EndTurn)]
    assert len(ends) == 1
    assert ends[0].at - case.voiced[-1] == pytest.approx(Rules().finished[0], abs=0.05)
    assert sum(isinstance(item.action, ReportResume) for item in done) == 1


def test_an_end_within_a_pause_is_early_and_cut_where_candor_would_speak() -> None:
    hasty = replace(Rules(), finished=(0.3, 0.3))
    mended = _score(spoken(0.6), hasty, True)
    assert (mended.early, mended.cut) == (True, False)
    cut = _score(spoken(0.78), hasty, True)
    assert (cut.early, cut.cut) == (True, True)
    assert mended.delay == pytest.approx(0.45, abs=0.06)  # the words come 0.4 s after the voice


def test_a_turn_that_was_ended_too_early_is_continued() -> None:
    case = spoken(0.5)
    hasty = replace(Rules(), finished=(0.3, 0.3))
    begun = [
        item.action
        for item in simulate(case.chances, case.judge, hasty, Delays())
        if isinstance(item.action, StartTurn)
    ]
    assert [action.continues for action in begun] == ["", begun[0].turn]
    assert begun[1].since == begun[0].since


def test_long_pauses_are_nobodys_fault() -> None:
    score = _score(spoken(1.5), Rules(), True)
    assert not score.early


def test_a_row_holds_shares_and_quantiles() -> None:
    row = _row("x", [spoken(0.4), spoken(0.5)], Rules(), True)
    assert (row.ended_early, row.cut_off, row.not_answered) == (0.0, 0.0, 0.0)
    assert row.delay_p50 is not None and 0.6 < row.delay_p50 < 0.75


def test_pauses_are_as_quiet_as_the_room() -> None:
    dice = np.random.default_rng(0)
    sound = (dice.standard_normal(32_000) * np.repeat([0.001, 0.3], 16_000)).astype(np.float32)
    paused = with_pause(sound, 1.5, 0.5, seed=1)
    assert len(paused) == len(sound) + 8_000
    assert np.abs(paused[24_000:32_000]).max() < 0.01
    assert np.array_equal(room(sound, 0.5, 1), room(sound, 0.5, 1))
