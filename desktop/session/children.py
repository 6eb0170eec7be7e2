"""Owns mind and ears: starts, watches, restarts and ends them. The window talks to this alone."""

from __future__ import annotations

import functools
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from agent.commands import COMMANDS, Apply, Close, Command, OpenChat, Say, SetCamera
from agent.events import EVENTS, Asked, AssistantState, Failed, Kept, Reply
from agent.memory.history import PRIVATE, History
from agent.types import Phase
from desktop.codes import DesktopCode
from desktop.processes.child import Child, ChildEnded
from desktop.processes.dispatch import EARS, MIND
from desktop.processes.open_turns import OpenTurns
from desktop.session.journal import Journal
from perception.audio.ipc.link import ADDRESS, meeting_place, remove_stale
from perception.audio.ipc.messages import (
    FROM_EARS,
    TO_EARS,
    ChooseDevices,
    Listen,
    Mute,
    StopEars,
    ToEars,
    Trouble,
)
from perception.child import BROKE, COULD_NOT_START
from perception.child_command import child_command
from perception.leftovers import owned_prefix
from perception.messages import Notice, notice
from perception.types import UserError
from perception.wire import Codec

SILENT_SECONDS = 120.0
"""A turn that is open this long without any event counts as stalled; a long prompt is slower
than one would think, so nothing is killed without asking."""

_TICK_MS = 1000
_BACKOFF_SECONDS = (0.5, 1.0, 2.0, 4.0)
_FORGET_SECONDS = 300.0
_CLOSE_SECONDS = 3.0
_PLACES = {"mind": MIND, "ears": EARS}


@dataclass(frozen=True, slots=True)
class Stalled:
    """The mind has said nothing for `SILENT_SECONDS` although this turn is open."""

    turn: str


@dataclass(frozen=True, slots=True)
class Restarting:
    """A child ended unexpectedly and is started again."""

    name: str


@dataclass(frozen=True, slots=True)
class GaveUp:
    """A child cannot work, or ended too often in a row; it stays down until `revive`.

    `told` is why, as it said itself; None where it said nothing.
    """

    name: str
    log: str
    told: Notice | None = None


class Children(QObject):
    """Mind and ears. `arrived` carries every event of both, in the thread of the window."""

    arrived = Signal(object)
    _received = Signal(str, object)

    def __init__(
        self,
        logs: Path,
        command: Callable[[str], Sequence[str]] = child_command,
        clock: Callable[[], float] = time.monotonic,
        journal: Journal | None = None,
    ) -> None:
        super().__init__()
        self._logs, self._command, self._clock = logs, command, clock
        self._codecs = {
            "mind": (Codec(COMMANDS), Codec(EVENTS)),
            "ears": (Codec(TO_EARS), Codec(FROM_EARS)),
        }
        self._children: dict[str, Child] = {}
        self._starts = {"mind": 0, "ears": 0}
        self._ends: dict[str, list[float]] = {"mind": [], "ears": []}
        self._waiting = list[Command]()
        self._reasons: dict[str, Notice] = {}
        self._down = set[str]()
        self._standing: dict[tuple[str, type], object] = {}
        self._ledger = OpenTurns()
        self._journal = journal or Journal(logs.parent / "unsent")
        self._heard_at, self._told_stall = clock(), False
        self._mind_loads = False
        self._folder: Path | None = None
        self._environment: dict[str, str] = {}
        self._closing = False
        self._received.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._clockwork = QTimer(self, interval=_TICK_MS)
        self._clockwork.timeout.connect(self._watch)

    def start(self) -> None:
        """Start both; what was sent before is given to them now."""
        self._environment = self._link()
        for name in ("ears", "mind"):
            self._launch(name)
        self._clockwork.start()

    def tell_mind(self, command: Command) -> None:
        """Send a command. While the mind is down it waits, or fails if it will not come back."""
        stands = isinstance(command, (SetCamera, OpenChat)) or _is_waiting(command)
        if stands:
            self._standing["mind", type(command)] = command
        elif isinstance(command, Say) and command.chat != PRIVATE:
            self._journal.add(command)
        self._ledger.note_message(command)
        if "mind" in self._children:
            self._children["mind"].send(command)
        elif not (stands or isinstance(command, Apply)):
            self._waiting.append(command)
            if self._given_up("mind"):
                self._fail_open()

    def tell_ears(self, message: ToEars) -> None:
        """Send a message to the ears; dropped while they are down."""
        if isinstance(message, (ChooseDevices, Listen, Mute)):
            self._standing["ears", type(message)] = message
        if "ears" in self._children:
            self._children["ears"].send(message)

    def hold(self, say: Say) -> None:
        """Keep a question on disk that is sent later."""
        if say.chat != PRIVATE:
            self._journal.add(say)

    def withdraw(self, turn: str) -> None:
        """A question that was held is not sent after all."""
        self._journal.remove(turn)

    def ask_left(self, history: History) -> None:
        """Ask what the last window sent and no mind had put on disk. UserError: cannot be read."""
        for say in self._journal.left_for(history):
            self.tell_mind(say)

    def revive(self, name: str) -> None:
        """Start a child again, now: the one that hangs or that was given up."""
        self._ends[name].clear()
        self._down.discard(name)
        if name in self._children:
            self._children[name].kill()
        else:
            self._launch(name)

    def close(self) -> None:
        """End both in order; after this no process, thread or file of theirs is left."""
        self._closing = True
        self._clockwork.stop()
        self.tell_mind(Close())
        self.tell_ears(StopEars())
        end = time.monotonic() + _CLOSE_SECONDS
        for child in self._children.values():
            child.close(max(0.1, end - time.monotonic()))
        self._children.clear()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def pids(self) -> dict[str, int]:
        """The process ids of the running children, for `doctor` and the benches."""
        return {name: child.pid for name, child in self._children.items()}

    def _link(self) -> dict[str, str]:
        self._folder = Path(tempfile.mkdtemp(prefix=owned_prefix()))  # 0700
        return meeting_place(self._folder)

    def _launch(self, name: str) -> None:
        if self._closing or name in self._children:
            return
        if name == "ears":
            remove_stale(self._environment[ADDRESS])
        self._starts[name] += 1
        self._reasons.pop(name, None)
        try:
            child = Child(
                name,
                start=self._starts[name],
                command=self._command(_PLACES[name]),
                environment=self._environment,
                codecs=self._codecs[name],
                log=self._logs / f"{name}.log",
                deliver=functools.partial(self._received.emit, name),
            )
        except (OSError, UserError) as error:
            self.arrived.emit(
                Failed("", notice(DesktopCode.CHILD_NOT_STARTED, name=name, reason=error))
            )
            self._give_up(name)
            return
        self._children[name] = child
        self._heard_at, self._told_stall = self._clock(), False
        for (owner, _), standing in self._standing.items():
            if owner == name:
                child.send(standing)
        if name == "mind":
            for command in self._waiting:
                child.send(command)
            self._waiting.clear()

    def _take(self, name: str, value: object) -> None:
        if self._closing:
            return
        if isinstance(value, ChildEnded):
            self._lost(name, value)
            return
        if name == "mind":
            self._heard_at, self._told_stall = self._clock(), False
            if isinstance(value, AssistantState):
                self._mind_loads = value.phase is Phase.LOADING
            if isinstance(value, Kept | Asked | Reply):
                self._journal.remove(value.turn)
            if not self._ledger.note_message(value):
                return
            if isinstance(value, Asked):
                self._standing["mind", OpenChat] = OpenChat(value.chat)
        if isinstance(value, Failed | Trouble):
            self._reasons[name] = value.told
        self.arrived.emit(value)

    def _lost(self, name: str, gone: ChildEnded) -> None:
        child = self._children.get(name)
        if child is None or child.start != gone.start:
            return
        del self._children[name]
        child.close(0.1)
        now = self._clock()
        self._ends[name] = [at for at in self._ends[name] if now - at < _FORGET_SECONDS] + [now]
        if gone.code == COULD_NOT_START:
            self._down.add(name)
        if gone.code not in (COULD_NOT_START, BROKE):
            self._reasons.pop(name, None)
        if name == "mind":
            self._fail_open()
        if self._given_up(name):
            self._give_up(name)
            return
        self.arrived.emit(Restarting(name))
        if name == "mind" and self._mind_loads:
            self._tell_broken_load()
        wait = _BACKOFF_SECONDS[len(self._ends[name]) - 1]
        QTimer.singleShot(round(wait * 1000), self, functools.partial(self._launch, name))

    def _tell_broken_load(self) -> None:
        self._mind_loads = False
        told = notice(DesktopCode.MIND_STOPPED_LOADING)
        self.arrived.emit(Failed("", told))

    def _given_up(self, name: str) -> bool:
        return name in self._down or len(self._ends[name]) > len(_BACKOFF_SECONDS)

    def _give_up(self, name: str) -> None:
        log = str(self._logs / f"{name}.log")
        self.arrived.emit(GaveUp(name, log, self._reasons.get(name)))

    def _fail_open(self) -> None:
        """The mind is gone: what it never had on disk goes to the next one, the rest has failed."""
        unkept = {say.turn: say for say in self._ledger.unkept}
        lost = self._given_up("mind")
        again = {} if lost else {t: say for t, say in unkept.items() if self._journal.may_retry(t)}
        others = [command for command in self._waiting if not isinstance(command, Say)]
        self._waiting = [*others, *again.values()]
        for turn in self._ledger.waiting:
            if turn not in again:
                told = self._journal.why_lost(turn, unkept.keys())
                self.arrived.emit(self._ledger.fail(turn, told))

    def _watch(self) -> None:
        waiting = self._ledger.waiting
        silent = self._clock() - self._heard_at
        if waiting and silent > SILENT_SECONDS and not self._told_stall:
            self._told_stall = True
            self.arrived.emit(Stalled(waiting[0]))


def _is_waiting(command: Command) -> bool:
    """Whether it only says what waits for the next spoken turn."""
    return isinstance(command, Say) and not command.turn
