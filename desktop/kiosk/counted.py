"""Numbers of what goes on, for the health page: sessions, questions, the model. Never content."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from agent.events import Ready, Reply
from desktop.kiosk.counting import count_reply
from desktop.kiosk.flow import KioskFlow, VisitStep
from desktop.kiosk.health import HealthPage
from desktop.kiosk.heartbeat import restarts
from desktop.kiosk.metrics import KioskMetrics
from desktop.session.sharing.channel import Processes


class CountedVisits(QObject):
    """Counts visits and answers, and shows them on a port of this computer; 0 is no page.

    UserError where the port is taken. `weights` gives the SHA-256 of a model, empty where unknown.
    """

    def __init__(
        self,
        processes: Processes,
        flow: KioskFlow,
        data: Path,
        port: int,
        weights: Callable[[str], str],
    ) -> None:
        super().__init__(flow)
        self.metrics = KioskMetrics(data, restarts())
        self._flow, self._weights = flow, weights
        self._began: float | None = None
        self._page = HealthPage(self.metrics, port) if port else None
        processes.arrived.connect(self._take)
        flow.stepped.connect(self._follow)

    def close(self) -> None:
        """Stop showing them."""
        if self._page is not None:
            self._page.close()

    def _take(self, event: object) -> None:
        match event:
            case Reply():
                count_reply(self.metrics, event)
            case Ready(model=model):
                self.metrics.set_model(model, self._weights(model))

    def _follow(self, step: VisitStep) -> None:
        if self._flow.visited and self._began is None:
            self._began = time.monotonic()
        elif step is VisitStep.THANKS and self._began is not None:
            self.metrics.count_session(time.monotonic() - self._began, (self._flow.language,))
            self._began = None
