"""One visit: begun with a mark on disk, noted in pieces, forgotten with a receipt.

Candor is built from nothing that encrypts, so a visit writes nothing at all but an empty mark.
"""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy.typing as npt

from desktop.kiosk.forgetting.pieces import PieceKind, Pieces
from desktop.kiosk.forgetting.prover import SearchedPlaces, Spot, search
from desktop.kiosk.forgetting.receipt import Receipt, keep
from desktop.kiosk.forgetting.secret import VisitKey
from perception.leftovers import sweep
from safety.audit.log import Audit

_log = logging.getLogger("candor.forgetting")
_FOLDER = "visit"
_NONE: Mapping[str, str] = MappingProxyType({})
Clearing = Mapping[str, Callable[[], object]]
"""What is called to clear something, by one word for the log: chat, engine, clipboard, sound."""


def data_places(data: Path, logs: Path, skip: Iterable[Path] = ()) -> SearchedPlaces:
    """The folders that are searched; `skip` holds what no visit writes, such as models."""
    temporary = [*_ours(Path(tempfile.gettempdir()))]
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        temporary += _ours(Path(runtime))
    folders = [(Spot.DATA, data), (Spot.LOGS, logs)]
    folders += [(Spot.TEMPORARY, place) for place in temporary]
    skipped = (*skip, *([logs] if data in logs.parents else []))
    return SearchedPlaces({}, tuple(folders), skipped)


class Visit:
    """A visit that goes on. `begin` makes one, `forget` ends it; safe to share between threads."""

    def __init__(self, mark: Path, audit: Audit, public: Iterable[str]) -> None:
        self._mark, self._audit = mark, audit
        self._key = VisitKey()
        self._pieces = Pieces(self._key, public)

    @classmethod
    def begin(cls, folder: Path, audit: Audit, public: Iterable[str] = ()) -> Visit:
        """Begin one. `folder` is the data folder, `public` what is no visitor's words.

        OSError where the mark cannot be made: then there must be no visit.
        """
        place = folder / _FOLDER
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.chmod(0o700)
        mark = place / f"{os.getpid()}-{time.time_ns()}"
        os.close(os.open(mark, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _sync(place)
        return cls(mark, audit, public)

    def note(self, kind: PieceKind, data: str | bytes | npt.NDArray[Any]) -> None:
        """Remember hashes of pieces of what was typed, said, answered or shown."""
        self._pieces.add(kind, data)

    def forget(
        self,
        processes: Callable[[], Mapping[str, int]],
        clearing: Clearing,
        places: Callable[[], SearchedPlaces],
        fresh: Mapping[str, str] = _NONE,
    ) -> Receipt:
        """Clear everything, look for what is left, and put the receipt in the log.

        This process is searched with those of `processes`. Both callables are asked once
        all is cleared, as children were restarted by then. `fresh` names the processes that a step
        of `clearing` starts anew, each with that step.
        UserError where the log cannot be written; the mark then stays, for the next start.
        """
        failed = tuple(_clear(clearing))
        try:
            own = {"window": os.getpid(), **processes()}
            cleared = [name for name, step in fresh.items() if step not in failed]
            new = frozenset(own[name] for name in cleared if name in own)
            searched = search(self._pieces, replace(places(), processes=own, fresh=new))
        finally:
            self._pieces.destroy()
            self._key.destroy()
        receipt = Receipt(
            int(time.time()),
            searched.pieces,
            searched.size,
            searched.found,
            searched.unsearched,
            failed,
        )
        keep(receipt, self._audit)
        _remove(self._mark)
        return receipt


def forget_leftovers(folder: Path, audit: Audit, clearing: Clearing) -> tuple[Receipt, ...]:
    """Forget the visits that a crash interrupted, each with its receipt, before anything is shown.

    Their pieces ended with the program, so there is nothing to look for: the receipt says so. What
    dead processes left is swept. UserError where the log cannot be written, OSError where a mark
    cannot be removed: then there must be no visit.
    """
    marks = [mark for mark in sorted((folder / _FOLDER).glob("*-*")) if _interrupted(mark)]
    receipts = []
    if marks:
        sweep()
        failed = tuple(_clear(clearing))
        for mark in marks:
            receipts.append(Receipt(int(time.time()), 0, 0, {}, (), failed, interrupted=True))
            keep(receipts[-1], audit)
            if not failed:
                _remove(mark)
    return tuple(receipts)


def _interrupted(mark: Path) -> bool:
    """Whether the process that made the mark is gone, though another may have its number now."""
    import psutil  # type: ignore[import-untyped]

    pid = mark.name.partition("-")[0]
    try:
        process = psutil.Process(int(pid))
        return int(pid) == os.getpid() or process.create_time() > mark.stat().st_mtime + 1
    except (ValueError, psutil.NoSuchProcess):
        return True
    except psutil.Error:
        return False


def _clear(clearing: Clearing) -> Iterator[str]:
    """Call each; the names of those that failed."""
    for name, clear in clearing.items():
        try:
            clear()
        except Exception as error:
            # Its words could be the visitor's, so the log gets its kind alone.
            _log.error("%s could not be cleared: %s", name, type(error).__name__)
            yield name


def _remove(mark: Path) -> None:
    mark.unlink(missing_ok=True)
    _sync(mark.parent)


def _sync(folder: Path) -> None:
    with contextlib.suppress(OSError):  # Windows opens no folder.
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _ours(place: Path) -> Iterator[Path]:
    """What Candor made there for this user."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    for each in sorted(place.glob("candor*")):
        with contextlib.suppress(FileNotFoundError):
            if each.lstat().st_uid == user:
                yield each
