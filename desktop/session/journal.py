"""Questions that were sent, and that the mind has not yet put on disk: a file each until then."""

from __future__ import annotations

import logging
from collections.abc import Set
from dataclasses import replace
from pathlib import Path

from agent.codes import AgentCode
from agent.commands import COMMANDS, Say
from agent.memory.history import History
from desktop.codes import DesktopCode
from perception.messages import Notice, notice
from perception.regular_file import write_whole
from perception.wire import BrokenWire, Codec

_log = logging.getLogger("candor.turn")
_END = ".question"
_MOST_AGAIN = 2


class Journal:
    """What outlives a kill of window and mind. No error leaves it: the mind keeps the words too."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._codec = Codec(COMMANDS)
        self._sent_again = dict[str, int]()

    def add(self, say: Say) -> bool:
        """Put a question on disk; whether it is there."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(self._file(say.turn), self._codec.encode(say))
        except OSError as error:
            _log.warning("the question is only in memory until the mind has it: %s", error)
            return False
        return True

    def remove(self, turn: str) -> None:
        """The mind has it on disk."""
        try:
            self._file(turn).unlink(missing_ok=True)
        except OSError as error:
            _log.warning("a question is asked again at the next start: %s", error)

    def holds(self, turn: str) -> bool:
        """Whether the question is on disk here."""
        return self._file(turn).is_file()

    def left(self) -> list[Say]:
        """The questions that no mind had put on disk, the oldest first."""
        try:
            files = [path for path in self._folder.glob(f"*{_END}") if path.is_file()]
            files.sort(key=lambda path: path.stat().st_mtime_ns)
            return [say for path in files if (say := self._read(path)) is not None]
        except OSError as error:
            _log.warning("unsent questions cannot be read: %s", error)
            return []

    def left_for(self, history: History) -> list[Say]:
        """What is left to ask; a chat that is gone becomes a new one. UserError: cannot be read."""
        chats, found = {chat.id for chat in history.chats()}, list[Say]()
        for say in self.left():
            if history.turn(say.turn) is not None:
                self.remove(say.turn)
            else:
                known = say.chat in chats
                found.append(say if known else replace(say, chat=None, replaces=None))
        return found

    def may_retry(self, turn: str) -> bool:
        """A question that was never answered to is sent once more, and again, but not for ever."""
        self._sent_again[turn] = self._sent_again.get(turn, 0) + 1
        return self._sent_again[turn] <= _MOST_AGAIN

    def why_lost(self, turn: str, unkept: Set[str]) -> Notice:
        """Why a turn gets no answer, now that the mind is gone that never kept those `unkept`."""
        if turn not in unkept:
            return notice(AgentCode.MIND_STOPPED)
        held = self.holds(turn)
        return notice(DesktopCode.MIND_STOPPED_KEPT if held else DesktopCode.MIND_STOPPED_LOST)

    def _read(self, file: Path) -> Say | None:
        try:
            say = self._codec.decode(file.read_bytes())
        except (BrokenWire, OSError) as error:
            _log.warning("%s cannot be read: %s", file, error)
            return None
        return say if isinstance(say, Say) and self._file(say.turn) == file else None

    def _file(self, turn: str) -> Path:
        return self._folder / f"{turn}{_END}"
