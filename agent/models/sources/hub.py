"""The Hugging Face hub, or a mirror of it, over HTTP with resume.

Its own client is not used: it has no silence rule for a part of a file, and cannot be cancelled.
`HF_ENDPOINT`, `HF_HUB_OFFLINE`, `HF_HOME` and `HF_HUB_CACHE` mean what they mean to that client.
"""

from __future__ import annotations

import os
import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from agent.models.pieces import BLOCK, FilePiece
from agent.models.sources import SILENCE, NoAnswer
from agent.models.sources.http import ConnectionBroken, Span, length, stream

CUTS = 4
"""How often in a row a connection may break without a byte before the hub is passed over."""


@dataclass(frozen=True, slots=True)
class Hub:
    """Files of public repositories; a file in the hub client's own cache is taken from there."""

    endpoint: str
    offline: bool
    cache: Path
    silence: float = SILENCE
    name: str = "hub"

    def offers(self, piece: FilePiece) -> bool:
        """Whether the catalogue names a repository, and it may be asked."""
        return piece.file.hub is not None and (not self.offline or self._cached(piece) is not None)

    def size(self, piece: FilePiece) -> Generator[None, None, int]:
        """What the hub says, or the file in its client's cache."""
        if (cached := self._cached(piece)) is not None:
            return cached.stat().st_size
        return (yield from length(self._url(piece), self.silence))

    def fetch(self, piece: FilePiece, draft: Path) -> Generator[int, None, None]:
        """Fetch the rest of the piece; a connection that breaks is taken up where it broke."""
        cached = self._cached(piece)
        if cached is not None and not (draft.exists() and draft.stat().st_size):
            yield from _copy(cached, draft, piece)
            return
        cuts = 0
        while (done := draft.stat().st_size if draft.exists() else 0) < piece.size:
            try:
                yield from self._rest(piece, draft, done)
            except ConnectionBroken as error:
                cuts = cuts + 1 if error.silent else 0
                if cuts > CUTS:
                    raise NoAnswer(f"the connection broke {cuts} times") from error
                yield draft.stat().st_size if draft.exists() else 0
                time.sleep(0.1 * 2**cuts)

    def _rest(self, piece: FilePiece, draft: Path, done: int) -> Generator[int, None, None]:
        span = Span(
            self._url(piece), piece.offset + done, piece.offset + piece.size, piece.file.size
        )
        with draft.open("ab") as out, closing(stream(span, self.silence)) as blocks:
            for block in blocks:
                out.write(block)
                done += len(block)
                yield done

    def _url(self, piece: FilePiece) -> str:
        entry = piece.file.hub
        assert entry is not None
        return f"{self.endpoint}/{entry.repo}/resolve/{entry.revision}/{entry.path}"

    def _cached(self, piece: FilePiece) -> Path | None:
        entry = piece.file.hub
        if entry is None:
            return None
        folder = self.cache / f"models--{entry.repo.replace('/', '--')}" / "snapshots"
        for file in folder.glob(f"*/{entry.path}"):
            size = file.stat().st_size if file.is_file() else 0
            if size == piece.file.size or (piece.file.about and size):
                return file
        return None


def _copy(cached: Path, draft: Path, piece: FilePiece) -> Generator[int, None, None]:
    done = 0
    with cached.open("rb") as source, draft.open("wb") as out:
        source.seek(piece.offset)
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
