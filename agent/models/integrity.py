"""Which model files were read whole and found right, by their size and time then.

Reading a gigabyte takes seconds, so a file is read again only where there is doubt. What is known
is kept beside the models; where that folder cannot be written (a shared one), in the user's own.
"""

from __future__ import annotations

import hashlib
import logging
import os
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from perception.regular_file import read_regular, write_whole
from perception.types import UserError

RECORD = ".checked.json"
_MOST_BYTES = 4_000_000
_log = logging.getLogger("candor.models")


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file as it was when its bytes had this hash; an empty hash means that it could be used."""

    size: int
    mtime_ns: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class _IntegrityFile:
    seen: dict[str, CheckedFile] = field(default_factory=dict)


class Integrity:
    """What is known of the files in `folder`. `own` is a folder of the user's.

    Without `beside`, nothing is kept in `folder` itself.
    """

    def __init__(self, folder: Path, own: Path, beside: bool = True) -> None:
        self._folder = folder
        digest = hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:24]
        self._own = own / "checked" / f"{digest}.json"
        self._records = (*((folder / RECORD,) if beside else ()), self._own)

    def knows(self, file: Path, sha256: str = "") -> bool:
        """Whether the file is as it was when it was found right."""
        key, now = self._key(file), seen(file, sha256)
        return any(self._read(record).get(key) == now for record in self._records)

    def add(self, file: Path, found: CheckedFile) -> None:
        """The file was found right; `found` is what it was before it was read."""
        any(self._change(record, self._key(file), found) for record in self._records)

    def forget(self, file: Path) -> None:
        """Nothing is known of the file any more."""
        for record in self._records:
            self._change(record, self._key(file), None)

    def _key(self, file: Path) -> str:
        return file.relative_to(self._folder).as_posix()

    def _read(self, record: Path) -> dict[str, CheckedFile]:
        try:
            data = read_regular(record, _MOST_BYTES, within=record.parent)
            return msgspec.json.decode(data, type=_IntegrityFile).seen
        except FileNotFoundError:
            return {}
        except (OSError, UserError, msgspec.MsgspecError, ValueError) as error:
            # Then the files are read again, which is only slower.
            _log.info("%s is not used: %s", record, error)
            return {}

    def _change(self, record: Path, key: str, found: CheckedFile | None) -> bool:
        """Whether it could be written."""
        known = self._read(record)
        changed = {name: each for name, each in known.items() if name != key}
        if found is not None:
            changed[key] = found
        if changed == known:
            return True
        try:
            write_whole(record, msgspec.json.encode(_IntegrityFile(changed)))
        except OSError as error:
            _log.info("%s cannot be written: %s", record, error)
            return False
        return True


def seen(file: Path, sha256: str = "") -> CheckedFile:
    """The file as it is now."""
    now = file.stat()
    return CheckedFile(now.st_size, now.st_mtime_ns, sha256)
