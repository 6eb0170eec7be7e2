"""What the disk refuses, said so that the user can mend it."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agent.codes import AgentCode
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
            AgentCode.MODELS_NOT_WRITABLE, folder=folder, reason=error.strerror or error
        ) from error


def need(folder: Path, size: int) -> None:
    """UserError unless `folder` has room for `size` more bytes."""
    free = shutil.disk_usage(folder).free
    if free < size:
        raise UserError(
            AgentCode.MODELS_NEED_DISK, folder=folder, size=gigabytes(size), free=gigabytes(free)
        )


def _full(folder: Path) -> UserError:
    return UserError(AgentCode.MODELS_DISK_FULL, folder=folder)


def gigabytes(size: int) -> str:
    """A size as it is told."""
    return f"{size / 1e9:.2f} GB"
