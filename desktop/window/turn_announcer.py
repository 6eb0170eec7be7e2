"""Says how an answer goes to who cannot see it: once when it is late, once when it is finished."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from agent.events import Asked, Reply, Sentence
from agent.types import Ended

LATE_MS = 7000


class TurnAnnouncer(QObject):
    """`announce` says it. Only the turns that are shown count."""

    def __init__(self, announce: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._announce = announce
        self._turn = ""
        self.late = QTimer(self, singleShot=True, interval=LATE_MS)
        self.late.timeout.connect(lambda: self._announce(self.tr("Still working.")))

    def handle_event(self, event: Asked | Sentence | Reply) -> None:
        """A turn of the open chat goes on."""
        match event:
            case Asked(turn=turn):
                self._turn = turn
                self.late.start()
            case Sentence(turn=turn) if turn == self._turn:
                self.late.stop()
            case Reply(turn=turn, ended=ended) if turn == self._turn:
                self.late.stop()
                self._turn = ""
                if ended is Ended.DONE:
                    self._announce(self.tr("Answer finished."))
                elif ended is Ended.INTERRUPTED:
                    self._announce(self.tr("Stopped."))
            case _:
                pass
