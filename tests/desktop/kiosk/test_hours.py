"""Opening hours, the quiet hour, brightness by hour, and the shift against burn-in."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from desktop.kiosk.hours import (
    brightness,
    dimming,
    is_open,
    open_span,
    opens_at,
    shift_against_burn_in,
)
from desktop.kiosk.upkeep import Upkeep, load_upkeep
from perception.types import UserError

MONDAY = datetime(2026, 11, 30)


def at(clock: str, days: int = 0) -> datetime:
    hour, minute = clock.split(":")
    return MONDAY + timedelta(days=days, hours=int(hour), minutes=int(minute))


def test_open_on_the_days_and_hours_that_are_named() -> None:
    spans = [open_span("Mon-Fri 09:00-17:00"), open_span("sat, sun 10:00 - 14:00")]
    assert is_open(at("09:00"), spans) and not is_open(at("17:00"), spans)
    assert not is_open(at("09:30", 5), spans) and is_open(at("13:59", 6), spans)
    assert opens_at(at("18:00"), spans) == at("09:00", 1)
    assert opens_at(at("18:00", 4), spans) == at("10:00", 5)
    assert opens_at(at("10:00"), spans) is None
    assert is_open(at("03:00"), ()) and opens_at(at("03:00"), ()) is None


def test_a_span_past_midnight_ends_on_the_next_day() -> None:
    spans = [open_span("Fri 20:00-02:00"), open_span("Sun 10:00-24:00")]
    assert is_open(at("23:00", 4), spans) and is_open(at("01:59", 5), spans)
    assert not is_open(at("01:59", 4), spans) and not is_open(at("02:00", 5), spans)
    assert is_open(at("23:59", 6), spans) and not is_open(at("00:00"), spans)


@pytest.mark.parametrize("text", ["", "9-17", "Mon 25:00-26:00", "Foo 09:00-10:00", "09:00"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        open_span(text)


def test_the_evening_holds_until_the_morning() -> None:
    hours = [brightness("22:00 0.4"), brightness("07:00 1.0")]
    assert [dimming(at(c), hours) for c in ("06:59", "07:00", "21:59", "22:00")] == [0.4, 1, 1, 0.4]
    assert dimming(at("12:00"), ()) == 1.0
    with pytest.raises(ValueError):
        brightness("22:00 0")


def test_the_pages_move_a_little_each_minute_and_come_back() -> None:
    places = [shift_against_burn_in(MONDAY + timedelta(minutes=n)) for n in range(64)]
    assert len(set(places)) == 32 and places[:32] == places[32:]
    steps = [abs(a - c) + abs(b - d) for (a, b), (c, d) in pairwise(places)]
    assert set(steps) == {1}


def test_settings_of_the_upkeep(tmp_path: Path) -> None:
    file = tmp_path / "upkeep.toml"
    assert load_upkeep(file) == Upkeep() and Upkeep().rests(at("03:30"))
    file.write_text(
        'other = 1\n[hours]\nopen = ["09:00-17:00"]\nrest = []\n[health]\nport = 9108\n'
    )
    upkeep = load_upkeep(file)
    assert upkeep.health.port == 9108 and len(upkeep.open) == 1 and not upkeep.rests(at("03:30"))


@pytest.mark.parametrize(
    "text", ['[hours]\nopen = ["9"]', "[hours]\nopne = []", "[health]\nport = 70000", "[hours"]
)
def test_a_wrong_line_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "upkeep.toml"
    file.write_text(text)
    with pytest.raises(UserError) as told:
        load_upkeep(file)
    assert str(file) in told.value.message
