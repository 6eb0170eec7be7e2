"""Files that are what they seem: no pipe, socket or device, no link that leads elsewhere.

Reading a pipe waits for ever, a device may never end or do something, and a link may show
another's file. Whoever opens a file that was not made in this moment opens it here.
"""

from __future__ import annotations

import os
import stat
from io import BufferedReader
from pathlib import Path

from perception.codes import PerceptionCode
from perception.replaced import replaced
from perception.types import UserError

_READ = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_WRITE = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
)
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def check_regular(file: Path, within: Path | None = None) -> Path:
    """The place of `file` after all links; UserError where that is no regular file.

    With `within`, a link that leads out of that folder is refused too; without, links are the
    user's wish. OSError where it is missing or cannot be looked at.
    """
    place = Path(os.path.realpath(file, strict=True))
    if within is not None and not place.is_relative_to(within.resolve()):
        raise UserError(PerceptionCode.LINK_OUT_OF_FOLDER, file=file, within=within)
    _check_kind(place.stat().st_mode, file)
    return place


def open_regular(file: Path, within: Path | None = None) -> BufferedReader:
    """The file, open for reading; never waits. Errors are those of `check_regular`."""
    place = check_regular(file, within)
    number = os.open(place, _READ)
    try:
        _check_kind(os.fstat(number).st_mode, file)
    except BaseException:
        os.close(number)
        raise
    return os.fdopen(number, "rb")


def read_regular(file: Path, most: int, within: Path | None = None) -> bytes:
    """The bytes of a file; UserError also where there are more than `most`."""
    with open_regular(file, within) as stream:
        # A file of the system, as in /proc, answers None where it would wait.
        data = stream.read(most + 1) or b""
    if len(data) > most:
        raise UserError(PerceptionCode.FILE_TOO_LARGE, file=file, size=_size(most))
    return data


def write_whole(file: Path, data: bytes) -> None:
    """Write a file whole or not at all, for the user alone; a link is replaced, not followed.

    What an earlier try left half-written is replaced. OSError where the disk refuses.
    """
    with (
        replaced(file) as draft,
        os.fdopen(os.open(draft, _WRITE, 0o600), "wb") as stream,
    ):
        stream.write(data)


def _check_kind(mode: int, file: Path) -> None:
    if stat.S_ISREG(mode):
        return
    kind = next((name for is_kind, name in _KINDS if is_kind(mode)), "something else")
    raise UserError(PerceptionCode.NOT_AN_ORDINARY_FILE, file=file, kind=kind)


def _size(count: int) -> str:
    return f"{count / 1e6:.0f} MB" if count >= 1_000_000 else f"{count / 1e3:.0f} kB"
