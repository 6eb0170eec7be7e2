"""Where the bytes of a model can come from."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Protocol

from agent.models.pieces import FilePiece

SILENCE = 5.0
"""After so many seconds without an answer a source is passed over."""


class NotHere(Exception):
    """The source answers, but cannot give this piece; the text says why, in a few words."""


class NoAnswer(Exception):
    """The source is silent or out of reach: nothing more is asked of it in this run."""


class ModelSource(Protocol):
    """A place that holds model files."""

    @property
    def name(self) -> str:
        """How a message names it."""
        ...

    def offers(self, piece: FilePiece) -> bool:
        """Whether asking for this piece makes sense."""
        ...

    def size(self, piece: FilePiece) -> Generator[None, None, int]:
        """The bytes of the whole file that the piece is of; yields a few times a second.

        Raises NotHere or NoAnswer.
        """
        ...

    def fetch(self, piece: FilePiece, draft: Path) -> Generator[int, None, None]:
        """Complete `draft`, which may hold the beginning already; yields the bytes done so far.

        Yields a few times a second, so that closing it cancels soon. What was written stays, for
        the next try. The caller checks the hash. Raises NotHere, NoAnswer, or OSError of the disk.
        """
        ...
