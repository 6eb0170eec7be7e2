"""A visit of the kiosk: what is noted of it, a new mind at its end, and the line of its receipt."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from agent.events import Asked, AssistantState, Sentence
from agent.profiles.profile import load
from agent.types import Phase
from desktop.kiosk.proven_visits import ProvenVisits
from desktop.session.children import Restarting
from safety.types import Action, Explanation, Verdict

SECRET = "zebedee wolfram lives in a lighthouse"


class Children(QObject):
    """Processes that are none; a mind that is revived comes again."""

    arrived = Signal(object)

    def __init__(self, *, comes: bool = True) -> None:
        super().__init__()
        self.revived, self._comes = list[str](), comes

    def revive(self, name: str) -> None:
        self.revived.append(name)
        self.arrived.emit(Restarting(name))
        if self._comes:
            self.arrived.emit(AssistantState(Phase.LOADING, ""))

    def start(self) -> None: ...

    def pids(self) -> dict[str, int]:
        return {}

    def tell_mind(self, command: object) -> None: ...

    def tell_ears(self, message: object) -> None: ...


def _visits(children: Children, folder: Path) -> ProvenVisits:
    return ProvenVisits(children, children.pids, load("museum"), folder, lambda: "en")


def _ended(qtbot: QtBot, visits: ProvenVisits, children: Children) -> str:
    forget = visits.begin()
    children.arrived.emit(Asked("1", 0, SECRET, None, (), None))
    why = Verdict(Action.ALLOW, SECRET, Explanation.of_notes())
    children.arrived.emit(Sentence("1", 0, SECRET, why, (), 1.0))
    lines = list[str]()
    thread = threading.Thread(target=lambda: lines.append(forget()))
    thread.start()
    qtbot.waitUntil(lambda: not thread.is_alive(), timeout=60_000)
    return lines[0]


def test_a_visit_ends_with_a_new_mind_and_a_receipt(qtbot: QtBot, tmp_path: Path) -> None:
    children = Children()
    line = _ended(qtbot, _visits(children, tmp_path), children)
    assert children.revived == ["mind"]
    assert "pieces of your visit" in line and "Receipt" in line
    assert '"kind":"receipt"' in (tmp_path / "audit.jsonl").read_text("utf-8")
    assert SECRET.encode() not in (tmp_path / "audit.jsonl").read_bytes()
    assert list((tmp_path / "visit").iterdir()) == []


def test_a_mind_that_does_not_come_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    children = Children(comes=False)
    visits = _visits(children, tmp_path)
    visits.patience = 0.05
    assert "Not all could be cleared" in _ended(qtbot, visits, children)
    assert '"failed":"engine' in (tmp_path / "audit.jsonl").read_text("utf-8")


def test_what_a_crash_left_is_forgotten_first(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "visit").mkdir()
    (tmp_path / "visit" / "999999999-1").touch()
    _visits(Children(), tmp_path).forget_left()
    assert '"interrupted":true' in (tmp_path / "audit.jsonl").read_text("utf-8")
    assert list((tmp_path / "visit").iterdir()) == []
