"""Questions that were sent, and that the mind has not yet put on disk: a file each until then."""

from __future__ import annotations

import logging
from pathlib import Path

from agent.types import COMMANDS, Say
from perception.regular_file import write_whole
from perception.wire import BrokenWire, Codec

_log = logging.getLogger("candor.turn")
_END = ".question"


class Journal:
    """What outlives a kill of window and mind. No error leaves it: the mind keeps the words too."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._codec = Codec(COMMANDS)

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

    def _read(self, file: Path) -> Say | None:
        try:
            say = self._codec.decode(file.read_bytes())
        except (BrokenWire, OSError) as error:
            _log.warning("%s cannot be read: %s", file, error)
            return None
        return say if isinstance(say, Say) and self._file(say.turn) == file else None

    def _file(self, turn: str) -> Path:
        return self._folder / f"{turn}{_END}"
