"""Names and terms that the user corrected once: one file, `words.toml`, in the config folder."""

from __future__ import annotations

import contextlib
import threading
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from agent.codes import AgentCode
from agent.toml_text import with_tables
from perception.regular_file import read_regular, write_whole
from perception.types import UserError

MOST = 500
_MOST_BYTES = 5_000_000
_PATIENCE = 2.0
"""Seconds to wait for another process that writes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One correction: `word` was meant where `instead_of` was heard.

    `said_as` is how the voice says it, empty where it reads it well. `added` is a UTC time in
    ISO 8601. The last two words may be empty.
    """

    id: str
    word: str
    instead_of: str = ""
    said_as: str = ""
    added: str = ""


@dataclass(frozen=True, slots=True)
class _VocabularyFile:
    entry: tuple[Entry, ...] = ()


def load(file: Path) -> tuple[Entry, ...]:
    """The entries in `file`, none where there is no file; UserError when malformed."""
    try:
        data = read_regular(file, _MOST_BYTES, within=file.parent)
        return msgspec.toml.decode(data, type=_VocabularyFile).entry
    except FileNotFoundError:
        return ()
    except (msgspec.MsgspecError, UnicodeDecodeError, OSError, RecursionError) as error:
        raise UserError(AgentCode.WORD_LIST_UNREADABLE, file=file, reason=error) from error


def save(entries: Sequence[Entry], file: Path) -> None:
    """Write the list whole or not at all. What stays in it keeps its place and its comments."""
    try:
        before = read_regular(file, _MOST_BYTES, within=file.parent).decode()
    except FileNotFoundError:
        before = ""
    tables = [msgspec.to_builtins(entry) for entry in entries]
    write_whole(file, with_tables(before, "entry", tables).encode())


class Vocabulary:
    """The list in use. Every change is on disk before it counts.

    It is made to what is in the file at that moment: another process, or the user's editor, may
    have written there.
    """

    def __init__(self, file: Path | None) -> None:
        """UserError where the file is malformed. Without a file it lasts as long as this."""
        self._file, self._lock = file, threading.Lock()
        self._entries = load(file) if file else ()

    def entries(self) -> tuple[Entry, ...]:
        """All of it, oldest first."""
        return self._entries

    def words(self) -> tuple[str, ...]:
        """What to expect: for `Hints.words`."""
        return tuple(dict.fromkeys(entry.word for entry in self._entries))

    def instead(self) -> tuple[tuple[str, str], ...]:
        """What was misheard, with what was meant: for `Hints.instead`."""
        return tuple((entry.instead_of, entry.word) for entry in self._entries if entry.instead_of)

    def said_as(self) -> tuple[tuple[str, str], ...]:
        """Words with what the voice says for them: for `Prosody.said_as`."""
        return tuple((entry.word, entry.said_as) for entry in self._entries if entry.said_as)

    def learn(self, word: str, instead_of: str, said_as: str = "") -> Entry:
        """Add a correction; the oldest makes room where there are too many."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        entry = Entry(uuid.uuid4().hex, word, instead_of, said_as, now)
        with self._lock, self._alone():
            self._keep((*self._read(), entry)[-MOST:])
        return entry

    def unlearn(self, identity: str) -> bool:
        """Take a correction back; False where there is none of that id."""
        with self._lock, self._alone():
            before = self._read()
            left = tuple(entry for entry in before if entry.id != identity)
            self._keep(left)
        return len(left) < len(before)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Only one process changes the file at a time."""
        if self._file is None:
            yield
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self._file.with_name(f"{self._file.name}.lock"), timeout=_PATIENCE):
                yield
        except Timeout as error:
            raise UserError(AgentCode.WORD_LIST_IN_USE, file=self._file) from error

    def _read(self) -> tuple[Entry, ...]:
        return load(self._file) if self._file else self._entries

    def _keep(self, entries: tuple[Entry, ...]) -> None:
        if self._file and entries != self._read():
            save(entries, self._file)
        self._entries = entries
