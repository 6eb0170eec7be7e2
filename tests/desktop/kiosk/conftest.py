"""A kiosk with a scripted mind and ears, and a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from agent.events import AssistantState
from agent.profiles.profile import load
from agent.settings import Settings
from agent.types import Phase
from desktop import i18n, theme
from desktop.kiosk.engine import KioskEngine
from desktop.kiosk.flow import KioskFlow, VisitStep
from desktop.kiosk.pages.session import SessionPage
from desktop.kiosk.parts import KioskParts
from desktop.kiosk.window import KioskWindow
from perception.audio.ipc.messages import Devices
from tests.desktop.window_script import Script


@dataclass
class Visits:
    """Keeps how many visits began and were forgotten."""

    begun: int = 0
    forgotten: int = 0

    def begin(self) -> Callable[[], str]:
        """A visit; what it returns forgets it."""
        self.begun += 1
        return self._forget

    def _forget(self) -> str:
        self.forgotten += 1
        return f"Receipt {self.forgotten}"


@dataclass
class Kiosk:
    """A kiosk and what stands around it."""

    qtbot: QtBot
    script: Script
    window: KioskWindow
    engine: KioskEngine
    flow: KioskFlow
    visits: Visits
    kept: list[Settings]
    now: list[float] = field(default_factory=lambda: [0.0])

    def wait(self, seconds: float) -> None:
        """Time goes by."""
        self.now[0] += seconds
        self.flow.tick()

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until this is so."""
        self.qtbot.waitUntil(condition, timeout=20_000)

    def press(self, name: str) -> None:
        """Press the button of this name on the page."""
        found = [
            each
            for each in self.window.findChildren(QPushButton)
            if each.accessibleName() == name and each.isVisible()
        ]
        assert found, f"no button {name}"
        found[-1].click()

    def into_session(self) -> SessionPage:
        """As a visitor who wants neither microphone nor camera."""
        self.flow.wake()
        while self.flow.step in (VisitStep.MICROPHONE, VisitStep.CAMERA):
            self.press("No")
        return self.page

    @property
    def page(self) -> SessionPage:
        """The page of the session."""
        page = self.window.page
        assert isinstance(page, SessionPage)
        return page


@pytest.fixture
def kiosk(qtbot: QtBot, qapp: QApplication) -> Iterator[Kiosk]:
    """A museum's kiosk on its first page, whose mind is idle."""
    theme.apply(qapp, Settings(theme="light", text_scale=1.8))
    script, visits, kept, now = Script(), Visits(), list[Settings](), [0.0]
    window = KioskWindow(("en", "zh"))
    qtbot.addWidget(window, before_close_func=lambda each: each.leave())
    engine = KioskEngine(script, Settings(profile="museum", interface_language="en"), kept.append)
    parts = KioskParts(begin_visit=visits.begin)
    flow = KioskFlow(window, engine, load("museum"), parts, clock=lambda: now[0], thanks_ms=50)
    for timer in flow.findChildren(QTimer):
        if not timer.isSingleShot():
            timer.stop()
    window.open()
    script.tell(Devices(("Built-in",), (), "Built-in", ""), AssistantState(Phase.IDLE, ""))
    yield Kiosk(qtbot, script, window, engine, flow, visits, kept, now)
    i18n.install(qapp, "en")
