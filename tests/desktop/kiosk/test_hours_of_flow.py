"""Outside its hours a kiosk says when it opens, and by night it is darker."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QTimer

from agent.profiles.profile import load
from agent.settings import Settings, data_folder
from desktop.kiosk.counted import CountedVisits
from desktop.kiosk.engine import KioskEngine
from desktop.kiosk.flow import KioskFlow, VisitStep
from desktop.kiosk.parts import KioskParts
from desktop.kiosk.upkeep import Hours, Upkeep
from desktop.kiosk.window import Shade
from tests.desktop.kiosk.conftest import Kiosk
from tests.desktop.kiosk.test_flow import seen

FRIDAY = datetime(2027, 3, 19, 16, 59)
UPKEEP = Upkeep(Hours(open=("Mon-Fri 09:00-17:00",), brightness=("22:00 0.4", "07:00 1.0")))


@pytest.fixture
def at() -> list[datetime]:
    return [FRIDAY]


@pytest.fixture
def flow(kiosk: Kiosk, at: list[datetime]) -> KioskFlow:
    engine = KioskEngine(kiosk.script, Settings(profile="museum"), lambda settings: None)
    made = KioskFlow(
        kiosk.window, engine, load("museum"), KioskParts(), upkeep=UPKEEP, now=lambda: at[0]
    )
    for timer in made.findChildren(QTimer):
        timer.stop()
    return made


def _step(flow: KioskFlow) -> VisitStep:
    return flow.step


def test_it_closes_and_says_when_it_opens(
    kiosk: Kiosk, flow: KioskFlow, at: list[datetime]
) -> None:
    assert _step(flow) is VisitStep.ATTRACT
    at[0] += timedelta(minutes=1)
    flow.tick()
    assert _step(flow) is VisitStep.CLOSED
    assert "09:00" in seen(kiosk)
    flow.wake()
    assert _step(flow) is VisitStep.CLOSED, "nobody is served"
    at[0] = datetime(2027, 3, 22, 9, 0)
    flow.tick()
    assert _step(flow) is VisitStep.ATTRACT


def test_a_visit_goes_on_over_the_end_of_the_hours(flow: KioskFlow, at: list[datetime]) -> None:
    flow.wake()
    at[0] += timedelta(minutes=5)
    flow.tick()
    assert flow.visited


def test_by_night_it_is_darker(kiosk: Kiosk, flow: KioskFlow, at: list[datetime]) -> None:
    at[0] = datetime(2027, 3, 19, 23, 0)
    flow.tick()
    [shade] = kiosk.window.findChildren(Shade)
    assert shade.isVisible() and shade.light == 0.4
    before = kiosk.window.grab().toImage().pixelColor(5, 5).lightness()
    at[0] = datetime(2027, 3, 22, 10, 0)
    flow.tick()
    assert not shade.isVisible()
    assert kiosk.window.grab().toImage().pixelColor(5, 5).lightness() > before + 50


def test_visits_are_counted(kiosk: Kiosk, flow: KioskFlow) -> None:
    counted = CountedVisits(kiosk.script, flow, data_folder(), 0, lambda model: "")
    flow.wake()
    flow.end()
    assert "candor_kiosk_session_seconds_count 1" in counted.metrics.page()
    counted.close()
