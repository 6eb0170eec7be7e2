"""Visits that are forgotten with a receipt: what is noted of each, and what is cleared then."""

from __future__ import annotations

import gc
import logging
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QImage

from agent.events import Asked, AssistantState, PartialTranscript, Preview, Sentence
from agent.profiles.profile import Profile
from agent.settings import config_folder, models_folder
from desktop.kiosk.forgetting.pieces import PieceKind
from desktop.kiosk.forgetting.prover import SearchedPlaces
from desktop.kiosk.forgetting.visit import Visit, data_places, forget_leftovers
from desktop.kiosk.words import BEGIN, HELLO, in_each, spoken_languages
from desktop.session.children import Restarting
from desktop.session.sharing.channel import Processes
from safety.audit.log import Audit

_log = logging.getLogger("candor.forgetting")
_LOOK_EVERY_S = 2.0
_PATIENCE_S = 20.0


class ProvenVisits(QObject):
    """One visit at a time. `begin` in the window's thread; what it returns is called in another."""

    _restart_wanted = Signal()
    _sweep_wanted = Signal()

    def __init__(
        self,
        processes: Processes,
        pids: Callable[[], dict[str, int]],
        profile: Profile,
        data: Path,
        language: Callable[[], str],
    ) -> None:
        super().__init__()
        self.patience = _PATIENCE_S
        """Seconds that a new mind, or the window, may take to answer."""
        self._pids, self._data, self._language = pids, data, language
        self._public = tuple(_public(profile))
        self._audit = Audit(data / "audit.jsonl", key=config_folder() / "audit.key")
        self._visit: Visit | None = None
        self._looked = 0.0
        self._gone, self._new_mind, self._swept = False, threading.Event(), threading.Event()
        processes.arrived.connect(self._take)
        # From the thread that forgets to that of the window, which owns the processes.
        revive = partial(processes.revive, "mind")
        self._restart_wanted.connect(revive, Qt.ConnectionType.QueuedConnection)
        self._sweep_wanted.connect(self._sweep, Qt.ConnectionType.QueuedConnection)

    def forget_left(self) -> None:
        """Forget what a crash left; UserError or OSError where that cannot be kept."""
        for receipt in forget_leftovers(self._data, self._audit, {}):
            _log.warning("%s", receipt.line("en"))

    def begin(self) -> Callable[[], str]:
        """Begin a visit; returns what forgets it, and gives the line of its receipt."""
        self._visit = visit = Visit.begin(self._data, self._audit, self._public)
        return partial(self._forget, visit)

    def _forget(self, visit: Visit) -> str:
        self._visit = None
        clearing = {"engine": self._restart_mind, "window": self._empty_window}
        receipt = visit.forget(self._pids, clearing, self._places, {"mind": "engine"})
        return receipt.line(self._language())

    def _restart_mind(self) -> None:
        """What the models read goes with their process."""
        self._gone = False
        self._new_mind.clear()
        self._restart_wanted.emit()
        if not self._new_mind.wait(self.patience):
            raise TimeoutError("no new mind came")

    def _empty_window(self) -> None:
        self._swept.clear()
        self._sweep_wanted.emit()
        if not self._swept.wait(self.patience):
            raise TimeoutError("the window does not answer")

    def _sweep(self) -> None:
        """Pages of the visit wait to be deleted, and what refers to itself to be collected."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        self._swept.set()

    def _places(self) -> SearchedPlaces:
        return data_places(self._data, self._data / "logs", skip=(models_folder(),))

    def _take(self, event: object) -> None:
        match event:
            case Restarting(name="mind"):
                self._gone = True
            case AssistantState() if self._gone:
                self._new_mind.set()
            case _ if self._visit is not None:
                self._note(self._visit, event)

    def _note(self, visit: Visit, event: object) -> None:
        match event:
            case Asked(text=text, heard=heard):
                visit.note(PieceKind.TYPED if heard is None else PieceKind.SAID, text)
            case PartialTranscript(text=text) if text:
                visit.note(PieceKind.SAID, text)
            case Sentence(text=text):
                visit.note(PieceKind.ANSWERED, text)
            case Preview(jpeg=jpeg) if time.monotonic() - self._looked > _LOOK_EVERY_S:
                self._looked = time.monotonic()
                self._note_picture(visit, jpeg)

    @staticmethod
    def _note_picture(visit: Visit, jpeg: bytes) -> None:
        image = QImage.fromData(jpeg).convertToFormat(QImage.Format.Format_RGB888)
        if image.isNull():
            return
        rows = np.frombuffer(bytes(image.constBits()), np.uint8)
        rows = rows.reshape(image.height(), image.bytesPerLine())[:, : image.width() * 3]
        visit.note(PieceKind.SHOWN, rows.reshape(image.height(), image.width(), 3).copy())


def _public(profile: Profile) -> Iterator[str]:
    """What stands in the profile, and on the pages, is no visitor's."""
    codes = spoken_languages(profile.languages)
    for words in (HELLO, BEGIN):
        yield from (words, words.lower(), *in_each(words, codes))
    yield profile.instructions
    for texts in (*(q.text for q in profile.questions), *(f.text for f in profile.facts)):
        yield from texts.values()
    yield from profile.title.values()
    yield from profile.desk.values()
