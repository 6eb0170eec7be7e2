"""What the disk refuses, said so that the user can mend it."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from perception.types import UserError

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_ELSEWHERE = "set CANDOR_MODELS to a folder on another disk"


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn an OSError that concerns `folder` into a UserError."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise _full(folder) from error
        raise UserError(
            f"Candor cannot write to {folder}: {error.strerror or error}.",
            f"Give yourself the right to write there, or {_ELSEWHERE}.",
        ) from error


def need(folder: Path, size: int) -> None:
    """UserError unless `folder` has room for `size` more bytes."""
    free = shutil.disk_usage(folder).free
    if free < size:
        raise UserError(
            f"There is not enough disk space in {folder}: {_gigabytes(size)} are needed, "
            f"{_gigabytes(free)} are free.",
            f"Free some space, or {_ELSEWHERE}.",
        )


def _full(folder: Path) -> UserError:
    return UserError(
        f"The disk with {folder} is full.",
        f"Free some space and try again (what was fetched is kept), or {_ELSEWHERE}.",
    )


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.2f} GB"
