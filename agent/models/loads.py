"""Marks of model loads under way: one whose process died leaves its mark behind.

A damaged model can end a process in the middle of native code, and nothing is told then. The mark
that is left says what was being loaded, and the next start looks at that first.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psutil  # type: ignore[import-untyped]

from perception.regular_file import read_regular, write_whole
from perception.types import UserError

_MOST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class _Mark:
    """`model` is an id of the catalogue or a path; `began` is when the process did."""

    model: str
    process: int
    began: float


class Loads:
    """The marks in `folder`, which is the user's own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def under_way(self, *models: str) -> Iterator[None]:
        """These are being loaded. The marks go with any end that Python sees."""
        with ExitStack() as stack:
            for model in models:
                stack.enter_context(self._marked(model))
            yield

    def broke_off(self, model: str) -> bool:
        """Whether a load of this model ended with its process."""
        return any(mark.model == model for _, mark in self._left())

    def settle(self, model: str) -> None:
        """The doubt about this model is over."""
        for file, mark in self._left():
            if mark.model == model:
                file.unlink(missing_ok=True)

    def leave(self) -> None:
        """This process ends now, as it should: nothing that it loads is in doubt."""
        for file in self._files():
            if file.name.startswith(f"{os.getpid()}-"):
                file.unlink(missing_ok=True)

    @contextmanager
    def _marked(self, model: str) -> Iterator[None]:
        name = hashlib.sha256(model.encode("utf-8", "replace")).hexdigest()[:16]
        file = self._folder / f"{os.getpid()}-{name}.json"
        mark = _Mark(model, os.getpid(), psutil.Process().create_time())
        try:
            write_whole(file, msgspec.json.encode(mark))
        except OSError:
            # A disk that takes no mark must not keep a model from being loaded.
            yield
            return
        try:
            yield
        finally:
            file.unlink(missing_ok=True)

    def _files(self) -> Sequence[Path]:
        return sorted(self._folder.glob("*.json")) if self._folder.is_dir() else ()

    def _left(self) -> Iterator[tuple[Path, _Mark]]:
        for file in self._files():
            try:
                data = read_regular(file, _MOST_BYTES, within=self._folder)
                mark = msgspec.json.decode(data, type=_Mark)
            except (OSError, UserError, msgspec.MsgspecError, ValueError):
                continue
            if not _lives(mark):
                yield file, mark


def _lives(mark: _Mark) -> bool:
    try:
        return abs(float(psutil.Process(mark.process).create_time()) - mark.began) < 1.0
    except (psutil.Error, ValueError, OverflowError):
        return False
