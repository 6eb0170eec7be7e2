"""Many pieces at once, from the first source that gives each, with one account of the progress."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue

from agent.codes import AgentCode
from agent.models.pieces import FilePiece, draft_of, has_hash
from agent.models.sources import ModelSource, NoAnswer, NotHere
from perception.types import UserError

_log = logging.getLogger("candor.models")
WORKERS = 4
_WINDOW = 5.0
_BEAT = 0.2


@dataclass(frozen=True, slots=True)
class TransferProgress:
    """How far it is. Bytes, bytes a second; `seconds_left` is None while that is unknown.

    `model` is the one that moved last. `note` is a line for the user, mostly empty. `stage` is
    `checking` or `fetching`; each counts its own bytes.
    """

    done: int
    total: int
    speed: float = 0.0
    seconds_left: float | None = None
    model: str = ""
    note: str = ""
    stage: str = "fetching"


@dataclass(frozen=True, slots=True)
class _Moved:
    piece: FilePiece
    done: int


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the workers of one transfer share."""

    sources: Sequence[ModelSource]
    drafts: Path
    news: SimpleQueue[_Moved | str] = field(default_factory=SimpleQueue)
    stop: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    silent: dict[str, str] = field(default_factory=dict)


def transfer(
    pieces: Sequence[FilePiece], drafts: Path, sources: Sequence[ModelSource]
) -> Iterator[TransferProgress]:
    """Fetch all pieces into `drafts`. Closing the generator cancels and keeps what is there.

    Raises UserError when no source has a piece, and OSError of the disk.
    """
    shared = _Shared(sources, drafts)
    with ThreadPoolExecutor(WORKERS, "fetch") as pool:
        futures = [pool.submit(_work, piece, shared) for piece in pieces]
        try:
            yield from _report(pieces, futures, shared)
        finally:
            shared.stop.set()
            pool.shutdown(wait=False, cancel_futures=True)


def _report(
    pieces: Sequence[FilePiece], futures: Sequence[Future[None]], shared: _Shared
) -> Iterator[TransferProgress]:
    total = sum(piece.size for piece in pieces)
    bytes_of: dict[tuple[str, int], int] = {}
    meter = _Meter()
    model = ""
    ended = False
    while not ended:
        ended = not wait(futures, timeout=_BEAT).not_done
        _raise_disk_error(futures)
        notes, moved = _drain(shared.news)
        for move in moved:
            key, model = (move.piece.label, move.piece.number), move.piece.model.id
            bytes_of[key] = max(bytes_of.get(key, 0), move.done)
        done = sum(bytes_of.values())
        speed = meter.read(done)
        left = (total - done) / speed if speed else None
        for note in notes:
            yield TransferProgress(done, total, speed, left, model, note)
        yield TransferProgress(done, total, speed, left, model)
    for future in futures:
        future.result()


def _raise_disk_error(futures: Sequence[Future[None]]) -> None:
    for future in futures:
        if future.done() and isinstance(error := future.exception(), OSError):
            raise error


def _drain(news: SimpleQueue[_Moved | str]) -> tuple[list[str], list[_Moved]]:
    notes: list[str] = []
    moved: list[_Moved] = []
    try:
        while True:
            item = news.get_nowait()
            notes.append(item) if isinstance(item, str) else moved.append(item)
    except Empty:
        return notes, moved


class _Meter:
    """Bytes a second over the last few seconds."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()

    def read(self, done: int) -> float:
        now = time.monotonic()
        self._marks.append((now, done))
        while len(self._marks) > 2 and self._marks[0][0] < now - _WINDOW:
            self._marks.popleft()
        start, before = self._marks[0]
        return max(0, done - before) / (now - start) if now > start else 0.0


def _work(piece: FilePiece, shared: _Shared) -> None:
    draft = draft_of(piece, shared.drafts)
    draft.parent.mkdir(parents=True, exist_ok=True)
    reasons: list[str] = []
    _log.debug("fetching %s", piece.label)
    for source in shared.sources:
        if shared.stop.is_set() or not source.offers(piece):
            continue
        if passed_over := shared.silent.get(source.name):
            reasons.append(passed_over)
            continue
        try:
            if _fetch(source, piece, draft, shared):
                return
            reasons.append(f"{source.name}: the bytes of {piece.label} are not what they should be")
        except NotHere as error:
            reasons.append(f"{source.name}: {error}")
        except NoAnswer as error:
            reasons.append(_pass_over(source, error, shared))
            continue
        shared.news.put(reasons[-1])
    if not shared.stop.is_set():
        raise _nowhere(piece, reasons)


def _pass_over(source: ModelSource, error: NoAnswer, shared: _Shared) -> str:
    line = f"{source.name} is passed over: {error}"
    _log.debug(line)
    with shared.lock:
        if source.name not in shared.silent:
            shared.silent[source.name] = line
            shared.news.put(line)
    return line


def _nowhere(piece: FilePiece, reasons: Sequence[str]) -> UserError:
    why = "; ".join(reasons) or "no source that can be reached has it"
    return UserError(AgentCode.MODEL_NOT_FETCHED, model=piece.model.id, why=why)


def _fetch(source: ModelSource, piece: FilePiece, draft: Path, shared: _Shared) -> bool:
    """Whether the source gave the right bytes; a wrong beginning is dropped once."""
    resumed = draft.exists()
    for _ in range(2 if resumed else 1):
        with closing(source.fetch(piece, draft)) as steps:
            for done in steps:
                shared.news.put(_Moved(piece, done))
                if shared.stop.is_set():
                    return True
        if draft.stat().st_size == piece.size and has_hash(draft, piece.sha256):
            shared.news.put(_Moved(piece, piece.size))
            return True
        draft.unlink()
    return False
