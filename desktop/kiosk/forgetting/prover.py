"""The prover: looks for the pieces of a visit wherever Candor could have left them."""

from __future__ import annotations

import contextlib
import errno
import io
import logging
import mmap
import os
import stat
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy.typing as npt

from desktop.kiosk.forgetting.memory import Span, memory_map
from desktop.kiosk.forgetting.pieces import Pieces
from desktop.kiosk.forgetting.sieve import BUFFER, OVERLAP, ReadBuffer, Sieve, room

_log = logging.getLogger("candor.forgetting")
_READERS = min(4, os.cpu_count() or 1)


class Spot(StrEnum):
    """A kind of place; the order is that in which they are told."""

    MEMORY = "memory"
    DATA = "data"
    TEMPORARY = "temporary"
    LOGS = "logs"
    DEVICES = "devices"


@dataclass(frozen=True, slots=True)
class SearchedPlaces:
    """Where to look: processes by id, and folders. Nothing below `skip` is read.

    `fresh` are processes that began after the visit. What their memory holds is no visitor's: such
    a piece ("your name is") stands in the program, and is looked for in files alone.
    """

    processes: Mapping[str, int]
    folders: tuple[tuple[Spot, Path], ...]
    skip: tuple[Path, ...] = ()
    fresh: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search came to: `found` counts different pieces a kind of place."""

    pieces: int
    size: int
    found: Mapping[Spot, int]
    unsearched: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    spot: Spot
    path: str
    span: Span
    fresh: bool = False


@dataclass(slots=True)
class _Tally:
    size: int = 0
    found: set[tuple[Spot, int]] = field(default_factory=set)
    own: set[int] = field(default_factory=set)
    """Pieces that a process holds which never met the visitor."""
    unsearched: set[Spot] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)


def search(pieces: Pieces, places: SearchedPlaces) -> Searched:
    """Look for the pieces; what cannot be read is told, never taken as clean."""
    sieve, tally = Sieve(pieces), _Tally()
    buffers = [ReadBuffer() for _ in range(_READERS)]
    parts = iter(list(_parts(places, tuple(each.pages for each in buffers), tally)))
    with ThreadPoolExecutor(_READERS) as readers:
        for done in [readers.submit(_read, sieve, each, parts, tally) for each in buffers]:
            done.result()
    own = {(Spot.MEMORY, piece) for piece in tally.own}
    found = Counter(spot for spot, _ in tally.found - own)
    order = list(Spot)
    return Searched(
        sieve.count,
        tally.size,
        {spot: found[spot] for spot in order if found[spot]},
        tuple(sorted(tally.unsearched, key=order.index)),
    )


def _read(sieve: Sieve, buffer: ReadBuffer, parts: Iterator[_Part], tally: _Tally) -> None:
    """Search one part after another, until none is left."""
    space = room()
    while True:
        with tally.lock:
            part = next(parts, None)
        if part is None:
            break
        try:
            size, found = _read_part(sieve, buffer, part, space)
        except OSError as error:
            # A page that went away meanwhile holds nothing; a file that cannot be read may.
            if part.spot is not Spot.MEMORY and not isinstance(error, FileNotFoundError):
                _log.info("Not searched: %s", error.strerror)
                with tally.lock:
                    tally.unsearched.add(part.spot)
            continue
        with tally.lock:
            tally.size += size
            tally.found |= {(part.spot, piece) for piece in found}
            tally.own |= found if part.fresh else set()
    buffer.wipe()


def _read_part(
    sieve: Sieve, buffer: ReadBuffer, part: _Part, space: tuple[npt.NDArray[Any], ...]
) -> tuple[int, set[int]]:
    start, end = part.span
    size, found = 0, set[int]()
    with open(part.path, "rb", buffering=0) as file:
        while start < end:
            count = _fill(buffer, file, part.spot, start, end)
            if count is None:  # A page that is gone by now: go on behind it.
                start += mmap.PAGESIZE - start % mmap.PAGESIZE
                continue
            found.update(sieve.found(buffer.data[:count], space))
            size += count
            if not count or start + count >= end:
                break
            again = OVERLAP if count > OVERLAP else 0
            start, size = start + count - again, size - again
    return size, found


def _fill(buffer: ReadBuffer, file: io.FileIO, spot: Spot, start: int, end: int) -> int | None:
    """Read as much as there is room for; None where there is nothing in a process's memory."""
    try:
        file.seek(start)
        return file.readinto(memoryview(buffer.memory)[: min(BUFFER, end - start)])
    except OSError as error:
        if spot is Spot.MEMORY and error.errno in (errno.EIO, errno.EFAULT):
            return None
        raise


def _parts(places: SearchedPlaces, buffers: tuple[Span, ...], tally: _Tally) -> Iterator[_Part]:
    for pid in set(places.processes.values()):
        own = buffers if pid == os.getpid() else ()
        yield from _of_process(pid, own, tally, fresh=pid in places.fresh)
    for spot, folder in places.folders:
        yield from _of_folder(spot, folder, places.skip, tally)


def _of_process(
    pid: int, buffers: tuple[Span, ...], tally: _Tally, *, fresh: bool
) -> Iterator[_Part]:
    if sys.platform != "linux":
        tally.unsearched |= {Spot.MEMORY, Spot.DEVICES}
        return
    try:
        held = memory_map(pid, buffers)
        with open(f"/proc/{pid}/mem", "rb"):
            pass
    except (FileNotFoundError, ProcessLookupError):
        return  # It has ended, and its memory with it.
    except OSError:
        tally.unsearched.add(Spot.MEMORY)
        return
    if held.devices:
        tally.unsearched.add(Spot.DEVICES)
    for start, end in held.spans:
        for first in range(start, end, 16 * BUFFER):
            last = min(end, first + 16 * BUFFER + OVERLAP)
            yield _Part(Spot.MEMORY, f"/proc/{pid}/mem", (first, last), fresh)


def _of_folder(spot: Spot, folder: Path, skip: tuple[Path, ...], tally: _Tally) -> Iterator[_Part]:
    def refused(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            tally.unsearched.add(spot)

    if folder.is_file():
        yield from _of_file(spot, folder)
    for place, below, names in os.walk(folder, onerror=refused):
        below[:] = [name for name in below if Path(place, name) not in skip]
        for name in names:
            yield from _of_file(spot, Path(place, name))


def _of_file(spot: Spot, file: Path) -> Iterator[_Part]:
    with contextlib.suppress(FileNotFoundError):
        facts = file.lstat()
        if stat.S_ISREG(facts.st_mode) and facts.st_size:
            yield _Part(spot, str(file), (0, facts.st_size))
