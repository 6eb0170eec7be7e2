"""What the Models page does beside the window: looking at the computer, and measuring a model."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from agent.engines.hardware import Hardware, examine
from agent.engines.offers import accelerated
from agent.engines.speed import Speed, Speeds, measure
from desktop.codes import DesktopCode
from perception.types import UserError


@dataclass(frozen=True, slots=True)
class Machine:
    """This computer, and whether llama.cpp uses its graphics card."""

    hardware: Hardware
    accelerated: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """A model was measured, or could not be."""

    model: str
    speed: Speed | None = None
    error: UserError | None = None


class ModelsWork(QObject):
    """Threads that end by themselves. `told` carries a `Machine` or a `Measured`."""

    told = Signal(object)

    def look(self) -> None:
        """Examine the computer, which may take seconds where a driver is slow."""
        threading.Thread(target=self._look, name="look", daemon=True).start()

    def measure(self, model: str, place: Path, speeds: Speeds) -> None:
        """Let the model write a little, and keep how fast it was."""
        work = threading.Thread(
            target=self._measure, args=(model, place, speeds), name="measure", daemon=True
        )
        work.start()

    def _look(self) -> None:
        hardware = examine()
        self.told.emit(Machine(hardware, accelerated(hardware)))

    def _measure(self, model: str, place: Path, speeds: Speeds) -> None:
        try:
            speed = measure(place)
            speeds.keep(model, speed)
        except UserError as error:
            self.told.emit(Measured(model, error=error))
        except OSError as error:
            stopped = UserError(DesktopCode.SPEED_NOT_KEPT, reason=error.strerror or error)
            self.told.emit(Measured(model, error=stopped))
        else:
            self.told.emit(Measured(model, speed))
