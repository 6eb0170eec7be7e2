"""Writes the system files of a kiosk, never over another's in silence, and takes them away."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from desktop.codes import DesktopCode
from desktop.kiosk.admin.system_files import SystemFile
from perception.regular_file import read_regular, write_whole
from perception.types import UserError

_LIST = "etc/candor/kiosk/installed.json"
_MOST_BYTES = 1_000_000
_BEFORE = ".before-candor"


def install_files(files: Sequence[SystemFile], root: Path, *, replace: bool) -> Iterator[str]:
    """Write the files below `root`; yields a line about each.

    UserError, before anything is changed, where one is there that is not Candor's, or was changed
    by hand since: `replace` keeps such a one beside. UserError also where one cannot be written.
    """
    known = _installed(root)
    foreign = [file for file in files if _is_foreign(root / file.place, file, known)]
    if foreign and not replace:
        names = ", ".join(f"/{file.place}" for file in foreign)
        raise UserError(DesktopCode.KIOSK_FILES_DIFFER, files=names)
    for file in files:
        place = root / file.place
        before = _digest(place)
        if file in foreign:
            with _explained(place):
                place.replace(place.with_name(place.name + _BEFORE))
            yield f"kept     /{file.place}{_BEFORE}: what was there"
        if before == _wanted(file):
            yield f"as it is /{file.place}: {file.why}"
        else:
            with _explained(place):
                _write(place, file)
            yield f"written  /{file.place}: {file.why}"
        known[file.place] = _wanted(file)
        # After each: what a full disk stops halfway can still be taken away.
        with _explained(root / _LIST):
            write_whole(root / _LIST, msgspec.json.encode(known))


def uninstall_files(root: Path) -> Iterator[str]:
    """Take away what was written; yields a line about each. What was changed by hand stays."""
    known = _installed(root)
    for name, digest in sorted(known.items()):
        place = root / name
        found = _digest(place)
        if not found:
            yield f"gone     /{name}: it was not there any more"
        elif found != digest:
            yield f"stays    /{name}: it was changed by hand"
            continue
        else:
            with _explained(place):
                place.unlink()
            yield f"removed  /{name}"
        if os.path.lexists(before := place.with_name(place.name + _BEFORE)):
            with _explained(place):
                before.replace(place)
            yield f"restored /{name}"
    with _explained(root / _LIST):
        (root / _LIST).unlink(missing_ok=True)


@contextlib.contextmanager
def _explained(file: Path) -> Iterator[None]:
    """An OSError of the block becomes a UserError about the file."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(DesktopCode.KIOSK_FILE_NOT_WRITTEN, file=file, reason=reason) from error


def _is_foreign(place: Path, file: SystemFile, known: dict[str, str]) -> bool:
    found = _digest(place)
    return bool(found) and found not in (_wanted(file), known.get(file.place))


def _wanted(file: SystemFile) -> str:
    return f"link:{file.link}" if file.link else hashlib.sha256(file.text.encode()).hexdigest()


def _digest(place: Path) -> str:
    """What stands there: a hash, where a link leads, or nothing."""
    if place.is_symlink():
        return f"link:{os.readlink(place)}"
    try:
        return hashlib.sha256(read_regular(place, _MOST_BYTES)).hexdigest()
    except FileNotFoundError:
        return ""
    except (OSError, UserError):
        return "unreadable"


def _write(place: Path, file: SystemFile) -> None:
    if file.link:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        place.symlink_to(file.link)
        return
    write_whole(place, file.text.encode())
    place.chmod(file.mode)


def _installed(root: Path) -> dict[str, str]:
    try:
        return msgspec.json.decode(read_regular(root / _LIST, _MOST_BYTES), type=dict[str, str])
    except (OSError, UserError, msgspec.MsgspecError):
        return {}
