"""Mind and ears without a window: for the terminal and the benches."""

from __future__ import annotations

import queue
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from agent.commands import COMMANDS, Close, Command
from agent.events import EVENTS, AssistantState
from agent.settings import Settings, models_folder
from agent.types import Phase
from desktop.codes import DesktopCode
from desktop.processes.child import Child, ChildEnded
from desktop.processes.dispatch import EARS, MIND
from perception.audio.ipc.link import meeting_place
from perception.audio.ipc.messages import (
    FROM_EARS,
    TO_EARS,
    ChooseDevices,
    Listen,
    Mode,
    StopEars,
    ToEars,
)
from perception.child_command import child_command
from perception.leftovers import owned_prefix
from perception.types import UserError
from perception.wire import Codec

_CLOSE_SECONDS = 5.0


class Headless:
    """Owns both children while it is entered. `events` are what both tell, in order."""

    def __init__(self, logs: Path, environment: Mapping[str, str] | None = None) -> None:
        self._logs, self._given = logs, dict(environment or {})
        self.events: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._children: dict[str, Child] = {}
        self._folder: Path | None = None
        self._mind_loads = False

    def __enter__(self) -> Headless:
        self._folder = Path(tempfile.mkdtemp(prefix=owned_prefix()))  # 0700
        environment = {**self._given, **meeting_place(self._folder)}
        codecs = {
            "ears": (Codec(TO_EARS), Codec(FROM_EARS)),
            "mind": (Codec(COMMANDS), Codec(EVENTS)),
        }
        for name, module in (("ears", EARS), ("mind", MIND)):
            self._children[name] = Child(
                name,
                start=1,
                command=child_command(module),
                environment=environment,
                codecs=codecs[name],
                log=self._logs / f"{name}.log",
                deliver=self.events.put,
            )
        return self

    def __exit__(self, *_: object) -> None:
        self.tell_mind(Close())
        self.tell_ears(StopEars())
        end = time.monotonic() + _CLOSE_SECONDS
        for child in self._children.values():
            child.close(max(0.1, end - time.monotonic()))
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def tell_mind(self, command: Command) -> None:
        """Send a command."""
        self._children["mind"].send(command)

    def tell_ears(self, message: ToEars) -> None:
        """Send a message."""
        self._children["ears"].send(message)

    def listen(self, settings: Settings, mode: Mode) -> None:
        """Choose devices and mode."""
        self.tell_ears(ChooseDevices(settings.microphone, settings.speaker))
        folder = str(models_folder())
        self.tell_ears(Listen(mode, settings.wake_word, settings.patience, folder))

    def next(self, timeout: float | None = None) -> object:
        """The next event. Raises UserError where a child ended, queue.Empty after the timeout."""
        event = self.events.get(timeout=timeout)
        if isinstance(event, AssistantState):
            self._mind_loads = event.phase is Phase.LOADING
        if isinstance(event, ChildEnded):
            loading = event.name == "mind" and self._mind_loads
            when = " while it loaded the models" if loading else ""
            raise UserError(
                DesktopCode.CHILD_ENDED,
                event=event.name,
                when=when,
                status=event.code,
                file=self._logs / f"{event.name}.log",
            )
        return event

    def pids(self) -> dict[str, int]:
        """The process ids of both."""
        return {name: child.pid for name, child in self._children.items()}
