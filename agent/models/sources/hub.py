"""The Hugging Face hub, or a mirror of it, over HTTP with resume.

Its own client is not used: it has no silence rule for a part of a file, and cannot be cancelled.
`HF_ENDPOINT`, `HF_HUB_OFFLINE`, `HF_HOME` and `HF_HUB_CACHE` mean what they mean to that client.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import BinaryIO

import requests
import urllib3

from agent.models.pieces import BLOCK, Piece
from agent.models.sources import SILENCE, NoAnswer, NotHere

CUTS = 8
"""How often in a row a connection may break before the source counts as out of reach."""

_BROKEN = (requests.RequestException, urllib3.exceptions.HTTPError, OSError)


@dataclass(frozen=True, slots=True)
class Hub:
    """Files of public repositories; a file in the hub client's own cache is taken from there."""

    endpoint: str
    offline: bool
    cache: Path
    silence: float = SILENCE
    name: str = "hub"

    def offers(self, piece: Piece) -> bool:
        """Whether the catalogue names a repository, and it may be asked."""
        return piece.file.hub is not None and (not self.offline or self._cached(piece) is not None)

    def fetch(self, piece: Piece, draft: Path) -> Generator[int, None, None]:
        """Fetch the rest of the piece; a connection that breaks is taken up where it broke."""
        cached = self._cached(piece)
        if cached is not None and not draft.exists():
            with cached.open("rb") as source, draft.open("wb") as out:
                yield from _copy(source, out, piece)
            return
        cuts = 0
        while (done := draft.stat().st_size if draft.exists() else 0) < piece.size:
            try:
                for done_now in self._stream(piece, draft, done):
                    cuts = 0
                    yield done_now
            except _Cut as error:
                cuts += 1
                if cuts > CUTS:
                    raise NoAnswer(f"the connection broke {cuts} times") from error
                yield done
                time.sleep(0.05 * 2**cuts)

    def _cached(self, piece: Piece) -> Path | None:
        entry = piece.file.hub
        if entry is None:
            return None
        folder = self.cache / f"models--{entry.repo.replace('/', '--')}" / "snapshots"
        for file in folder.glob(f"*/{entry.path}"):
            if file.is_file() and file.stat().st_size == piece.file.size:
                return file
        return None

    def _stream(self, piece: Piece, draft: Path, done: int) -> Iterator[int]:
        start, end = piece.offset + done, piece.offset + piece.size
        answer = self._ask(piece, {"Range": f"bytes={start}-{end - 1}"})
        try:
            # A server that knows no ranges sends all of it: the front is read and dropped.
            skip = 0 if answer.status_code == 206 else start
            with draft.open("ab") as out:
                while done < piece.size:
                    block = _read(answer, min(BLOCK, skip or piece.size - done))
                    if skip:
                        skip -= len(block)
                    else:
                        out.write(block)
                        done += len(block)
                    yield done
        finally:
            answer.close()

    def _ask(self, piece: Piece, headers: dict[str, str]) -> requests.Response:
        """The opened answer. In a thread, because a name server's silence knows no time limit."""
        entry = piece.file.hub
        assert entry is not None
        url = f"{self.endpoint}/{entry.repo}/resolve/{entry.revision}/{entry.path}"
        answers: SimpleQueue[requests.Response | Exception] = SimpleQueue()

        def ask() -> None:
            try:
                identity = {"Accept-Encoding": "identity", **headers}
                limits = (self.silence, self.silence)
                answers.put(requests.get(url, headers=identity, stream=True, timeout=limits))
            except Exception as error:
                answers.put(error)

        threading.Thread(target=ask, name="ask", daemon=True).start()
        try:
            answer = answers.get(timeout=self.silence)
        except Empty:
            raise NoAnswer(f"{self.endpoint} did not answer within {self.silence:.0f} s") from None
        if isinstance(answer, requests.Timeout):
            raise NoAnswer(f"{self.endpoint} did not answer within {self.silence:.0f} s")
        if isinstance(answer, requests.ConnectionError):
            raise NoAnswer(f"{self.endpoint} cannot be reached")
        if isinstance(answer, Exception):
            raise answer
        if answer.status_code not in (200, 206):
            answer.close()
            raise NotHere(f"{self.endpoint} answered {answer.status_code} for {entry.repo}")
        return answer


class _Cut(Exception):
    """The connection broke in the middle."""


def _read(answer: requests.Response, most: int) -> bytes:
    try:
        block: bytes = answer.raw.read1(most)
    except _BROKEN as error:
        raise _Cut from error
    if not block:
        raise _Cut
    return block


def _copy(source: BinaryIO, out: BinaryIO, piece: Piece) -> Iterator[int]:
    source.seek(piece.offset)
    done = 0
    while done < piece.size and (block := source.read(min(BLOCK, piece.size - done))):
        out.write(block)
        done += len(block)
        yield done


def from_environment() -> Hub:
    """The hub as the environment describes it."""
    home = Path(os.environ.get("HF_HOME", "~/.cache/huggingface")).expanduser()
    cache = os.environ.get("HF_HUB_CACHE")
    offline = os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}
    endpoint = os.environ.get("HF_ENDPOINT") or "https://huggingface.co"
    return Hub(endpoint.rstrip("/"), offline, Path(cache) if cache else home / "hub")
