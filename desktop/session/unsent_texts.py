"""The texts that are attached to unsent questions: a file for each chat, until they are sent."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import msgspec

from agent.attached_text import AttachedText
from perception.regular_file import write_whole

_log = logging.getLogger("candor.turn")
_END = ".texts"
_KEY = re.compile(r"new|\d+")
_MOST_BYTES = 100_000_000


class UnsentTexts:
    """Keeps texts by the key of a chat. No error leaves it: the window holds them too."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept = dict[str, tuple[AttachedText, ...]]()

    def keep(self, key: str, texts: tuple[AttachedText, ...]) -> None:
        """These and no others are unsent in this chat."""
        if not _KEY.fullmatch(key) or texts == self._kept.get(key):
            return
        self._kept[key] = texts
        file = self._folder / f"{key}{_END}"
        try:
            if texts:
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                write_whole(file, msgspec.msgpack.encode(texts))
            else:
                file.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("attached texts are only in memory until they are sent: %s", error)

    def of(self, key: str) -> tuple[AttachedText, ...]:
        """What is unsent in this chat."""
        file = self._folder / f"{key}{_END}"
        try:
            if not _KEY.fullmatch(key) or file.stat().st_size > _MOST_BYTES:
                return ()
            return msgspec.msgpack.decode(file.read_bytes(), type=tuple[AttachedText, ...])
        except FileNotFoundError:
            return ()
        except (OSError, msgspec.MsgspecError) as error:
            _log.warning("unsent texts cannot be read: %s", error)
            return ()
