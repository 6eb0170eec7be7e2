"""What rings under a clock that the test sets: restart, crash, summer time, a clock set back."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent.tools.ability import Said, Toolbox
from agent.tools.clock import Clock, Ring
from agent.tools.planning import plan
from agent.tools.registry import ability
from agent.tools.sentences import rung, said
from agent.tools.store import Store
from agent.tools.types import Result
from perception.types import UserError

LONDON = ZoneInfo("Europe/London")


@dataclass
class Desk:
    """A store with a clock whose wall time and steady time are set apart."""

    file: Path
    wall: datetime = datetime(2027, 3, 16, 14, 5)
    steady: float = 0.0
    rings: list[Ring] = field(default_factory=list)
    last: Result | None = None

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        self.store = Store(self.file)
        self.clock = Clock(self.store, lambda: self.wall, self.rings.append, lambda: self.steady)
        self.clock.check()

    def restart(self, after: timedelta) -> None:
        self.store.close()
        self.wall += after
        self.steady = 0.0
        self.rings.clear()
        self.open()

    def pass_(self, time: timedelta) -> None:
        self.wall += time
        self.steady += time.total_seconds()
        self.clock.check()

    def say(self, words: str) -> str:
        found = plan(Said(words, self.wall, (), self.last))
        assert found, words
        tool = ability(found.calls[0].tool)
        assert tool
        self.last = tool.run(found.calls[0], Toolbox(self.store, self.wall, "t", self.last))
        self.clock.check()
        return said(self.last, False)

    def labels(self) -> list[tuple[str, bool]]:
        return [(ring.due.label or ring.due.kind, ring.missed) for ring in self.rings]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "tools.db")


def test_a_timer_rings_once_and_in_time(desk: Desk) -> None:
    desk.say("Set a timer for 12 minutes for the roast")
    desk.pass_(timedelta(minutes=11, seconds=59))
    assert desk.labels() == []
    desk.pass_(timedelta(seconds=1))
    desk.pass_(timedelta(minutes=5))
    assert desk.labels() == [("roast", False)]
    due = desk.rings[0].due
    assert rung("timer", due.label, due.seconds, "14:17", missed=False, chinese=False) == (
        "Your 12 minute timer for the roast is done."
    )


def test_a_timer_outlives_the_program(desk: Desk) -> None:
    desk.say("Set a timer for 12 minutes")
    desk.restart(timedelta(minutes=5))
    assert desk.labels() == []
    desk.pass_(timedelta(minutes=7))
    assert desk.labels() == [("timer", False)]


def test_what_was_missed_is_told_at_the_start(desk: Desk) -> None:
    desk.say("Set a timer for 12 minutes")
    desk.say("Remind me in 20 minutes to call Ana")
    desk.restart(timedelta(hours=3))
    assert desk.labels() == [("timer", True), ("call Ana", True)]
    desk.restart(timedelta(hours=3))
    assert desk.labels() == []


def test_a_clock_set_back_or_forward_moves_no_running_timer(desk: Desk) -> None:
    desk.say("Set a timer for 10 minutes")
    desk.wall -= timedelta(hours=2)
    desk.pass_(timedelta(minutes=9))
    desk.wall += timedelta(hours=5)
    desk.clock.check()
    assert desk.labels() == []
    desk.pass_(timedelta(minutes=1))
    assert desk.labels() == [("timer", False)]


def test_a_clock_set_back_while_off_makes_no_timer_longer(desk: Desk) -> None:
    desk.say("Set a timer for 10 minutes")
    desk.restart(-timedelta(days=1))
    desk.pass_(timedelta(minutes=10))
    assert desk.labels() == [("timer", False)]


def test_an_alarm_rings_once_though_the_clock_is_set_back(desk: Desk) -> None:
    desk.say("Wake me at quarter to six tomorrow morning")
    desk.wall = datetime(2027, 3, 17, 5, 45)
    desk.clock.check()
    desk.wall = datetime(2027, 3, 17, 5, 30)
    desk.pass_(timedelta(minutes=20))
    assert desk.labels() == [("alarm", False)]


def test_two_alarms_at_one_minute_both_ring_and_that_is_said(desk: Desk) -> None:
    desk.say("Set an alarm for 7")
    assert "another alarm at that minute" in desk.say("Set an alarm for 7 am tomorrow")
    desk.wall = datetime(2027, 3, 17, 7, 0)
    desk.clock.check()
    assert len(desk.rings) == 2


def test_a_timer_of_minus_five_minutes_is_refused(desk: Desk) -> None:
    assert "at least a second" in desk.say("Set a timer for minus five minutes")
    assert desk.store.due() == []


def test_what_has_passed_is_not_set(desk: Desk) -> None:
    assert "has passed" in desk.say("Remind me today at 9 am to stretch")
    assert desk.store.due() == []


def test_a_daily_reminder_rings_each_day(desk: Desk) -> None:
    desk.say("Remind me every day at 9 pm to take the pill")
    for day in (16, 17, 18):
        desk.wall = datetime(2027, 3, day, 21, 0)
        desk.clock.check()
        desk.clock.check()
    assert desk.labels() == [("take the pill", False)] * 3
    desk.restart(timedelta(days=3))
    assert desk.labels() == [("take the pill", True)]


@pytest.mark.parametrize(
    ("set_at", "words", "rings"),
    [
        # The clock goes forward in the night: 7 o'clock is 7 o'clock.
        (datetime(2027, 3, 27, 22, 0), "Wake me at 7 tomorrow", datetime(2027, 3, 28, 7, 0)),
        # 01:30 does not exist that night; it rings an hour later by name.
        (datetime(2027, 3, 27, 22, 0), "Wake me at 1:30 tomorrow", datetime(2027, 3, 28, 2, 30)),
        # The clock goes back: the alarm keeps its wall time.
        (datetime(2027, 10, 30, 22, 0), "Wake me at 7 tomorrow", datetime(2027, 10, 31, 7, 0)),
    ],
)
def test_summer_time(tmp_path: Path, set_at: datetime, words: str, rings: datetime) -> None:
    desk = Desk(tmp_path / "tools.db", set_at.replace(tzinfo=LONDON))
    desk.say(words)
    at = rings.replace(tzinfo=LONDON).timestamp()
    desk.wall = datetime.fromtimestamp(at - 60, LONDON)
    desk.clock.check()
    assert desk.labels() == []
    desk.wall = datetime.fromtimestamp(at, LONDON)
    desk.clock.check()
    assert desk.labels() == [("alarm", False)]


def test_what_is_set_is_told_cancelled_and_brought_back(desk: Desk) -> None:
    desk.say("Set a timer for 12 minutes for the roast")
    desk.say("Set a timer for 5 minutes for the eggs")
    desk.pass_(timedelta(minutes=2))
    assert "10 minutes left on roast" in desk.say("How long is left on the roast timer?")
    assert desk.say("Cancel the timer for the eggs") == "I cancelled the timer for eggs."
    assert [due.label for due in desk.store.due()] == ["roast"]
    assert "no such" in desk.say("Cancel the alarm")
    desk.say("cancel all timers")
    desk.pass_(timedelta(hours=1))
    assert desk.labels() == []


def test_the_thread_rings_by_itself(tmp_path: Path) -> None:
    import threading

    store, rang = Store(tmp_path / "tools.db"), threading.Event()
    clock = Clock(store, datetime.now, lambda ring: rang.set())
    clock.start()
    tool = ability("timer")
    assert tool
    found = plan(Said("set a timer for 1 second", datetime.now()))
    assert found
    tool.run(found.calls[0], Toolbox(store, datetime.now(), "t"))
    clock.poke()
    assert rang.wait(10)
    clock.close()
    store.close()


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX")
def test_the_file_is_private(desk: Desk) -> None:
    assert stat.S_IMODE(desk.file.stat().st_mode) == 0o600


def test_a_damaged_file_is_one_clear_sentence(tmp_path: Path) -> None:
    file = tmp_path / "tools.db"
    file.write_bytes(b"not a database" * 100)
    with pytest.raises(UserError, match="cannot be used"):
        Store(file)
