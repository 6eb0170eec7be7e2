"""Sets a kiosk up from a stick: first all is copied aside and checked, then it takes its place.

What is cut off before everything is aside changes nothing; what is cut off after goes on at the
next call, or the next start of the kiosk, from the list that was written between the two.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from agent.settings import config_folder, data_folder, models_folder
from desktop.codes import DesktopCode
from desktop.kiosk.admin.signing import public_bytes, public_key
from desktop.kiosk.admin.stick import BLOCK, FILES, StickFile, free_bytes, read_list
from perception.regular_file import open_regular, read_regular, write_whole
from perception.types import UserError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_ASIDE = ".provision"
_MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class KioskPlaces:
    """Where the files of a stick go."""

    models: Path
    data: Path
    config: Path

    def root(self, path: str) -> Path:
        """The folder below which a path of a stick goes."""
        first = PurePosixPath(path).parts[0]
        if first == "models":
            return self.models
        return self.data if "/" in path else self.config

    def place(self, path: str) -> Path:
        """Where a file goes."""
        return self._below(self.root(path), path)

    def aside(self, path: str) -> Path:
        """Where it waits until all are there: on the same disk as its place."""
        return self._below(self.root(path) / _ASIDE, path)

    @property
    def roots(self) -> tuple[Path, ...]:
        """All folders, each once."""
        return tuple(dict.fromkeys((self.models, self.data, self.config)))

    @property
    def moves(self) -> Path:
        """The list of what is still to be put in its place; there only once all is aside."""
        return self.data / "provision.json"

    @property
    def key(self) -> Path:
        """The key of the owner, whose sticks are trusted."""
        return self.config / "kiosk-owner.pub"

    def _below(self, root: Path, path: str) -> Path:
        # The folder of models may lie elsewhere, under another name.
        return root / path.removeprefix("models/")


class _Moves(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    put: tuple[str, ...]
    remove: tuple[str, ...] = ()
    """Documents that are not on the stick: answers must not rest on them any more."""


def own_places() -> KioskPlaces:
    """Those of this computer."""
    return KioskPlaces(models_folder(), data_folder(), config_folder())


def trusted_key(places: KioskPlaces, named: Path | None) -> Ed25519PublicKey:
    """The key that a stick must be signed with: the kept one, or the `named` where none is kept.

    UserError where there is none, or another is named than the one that is kept.
    """
    kept = public_key(places.key) if places.key.exists() else None
    if named is None:
        if kept is None:
            raise UserError(DesktopCode.KIOSK_KEY_MISSING)
        return kept
    key = public_key(named)
    if kept is not None and public_bytes(kept) != public_bytes(key):
        raise UserError(DesktopCode.STICK_SIGNED_BY_OTHERS)
    return key


def provision(
    folder: Path, key: Ed25519PublicKey, places: KioskPlaces
) -> Generator[str, None, None]:
    """Set up from the stick; yields the path of each file as it is copied.

    UserError, and all stays as it was, where the stick is not signed with the key, differs from
    its list, does not fit or is pulled out. Close it to cancel.
    """
    finish_provision(places)
    _clear(places)
    listed = read_list(folder, key)
    wanted = [file for file in listed.file if not _is_there(file, places)]
    _check_room(wanted, places)
    try:
        for file in wanted:
            yield file.path
            _copy_aside(folder, file, places)
        moves = _Moves(tuple(file.path for file in wanted), _stale_documents(listed.file, places))
        _explain_write(places.moves, msgspec.json.encode(moves))
    except BaseException:
        _clear(places)
        raise
    finish_provision(places)
    _explain_write(places.key, public_bytes(key))


def finish_provision(places: KioskPlaces) -> bool:
    """Put in its place what a cut-off set-up left aside; whether there was something.

    UserError where the disk refuses: the next call goes on.
    """
    try:
        moves = msgspec.json.decode(read_regular(places.moves, _MOST_BYTES), type=_Moves)
    except FileNotFoundError:
        return False
    except msgspec.MsgspecError:
        # Written whole or not at all, so not by us: nothing of it is trusted.
        places.moves.unlink(missing_ok=True)
        _clear(places)
        return False
    try:
        for path in moves.put:
            aside, place = places.aside(path), places.place(path)
            if aside.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                aside.replace(place)
        for path in moves.remove:
            places.place(path).unlink(missing_ok=True)
        places.moves.unlink()
    except OSError as error:
        raise _not_written(places.moves, error) from error
    _clear(places)
    return True


def _copy_aside(folder: Path, file: StickFile, places: KioskPlaces) -> None:
    target, digest, size = places.aside(file.path), hashlib.sha256(), 0
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        number = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "wb") as out:
            for block in _blocks(folder, file):
                out.write(block)
                digest.update(block)
                size += len(block)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise _not_written(target, error) from error
    if size != file.size or digest.hexdigest() != file.sha256:
        raise UserError(DesktopCode.STICK_CHANGED, file=file.path)


def _blocks(folder: Path, file: StickFile) -> Iterator[bytes]:
    """The bytes of a file of the stick, and at most one more than it should have."""
    left = file.size + 1
    try:
        with open_regular(folder / FILES / file.path, within=folder) as stream:
            while left and (block := stream.read(min(BLOCK, left))):
                left -= len(block)
                yield block
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(DesktopCode.STICK_UNREADABLE, folder=folder, reason=reason) from error


def _is_there(file: StickFile, places: KioskPlaces) -> bool:
    """Whether this very file is in its place: models are large, and mostly the same."""
    place = places.place(file.path)
    try:
        if place.is_symlink() or place.stat().st_size != file.size:
            return False
        with place.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256
    except OSError:
        return False


def _stale_documents(files: Sequence[StickFile], places: KioskPlaces) -> tuple[str, ...]:
    wanted, folder = {file.path for file in files}, places.data / "documents"
    found = sorted(folder.rglob("*")) if folder.is_dir() else []
    paths = (f"documents/{p.relative_to(folder).as_posix()}" for p in found if p.is_file())
    return tuple(path for path in paths if path not in wanted)


def _check_room(files: Sequence[StickFile], places: KioskPlaces) -> None:
    for root in places.roots:
        wanted = sum(file.size for file in files if places.root(file.path) == root)
        if wanted > (free := free_bytes(root)):
            raise UserError(
                DesktopCode.STICK_NO_ROOM,
                folder=root,
                wanted=wanted // 1_000_000 + 1,
                free=free // 1_000_000,
            )


def _clear(places: KioskPlaces) -> None:
    for root in places.roots:
        shutil.rmtree(root / _ASIDE, ignore_errors=True)


def _explain_write(file: Path, data: bytes) -> None:
    try:
        write_whole(file, data)
    except OSError as error:
        raise _not_written(file, error) from error


def _not_written(file: Path, error: OSError) -> UserError:
    reason = error.strerror or str(error)
    return UserError(DesktopCode.KIOSK_FILE_NOT_WRITTEN, file=file, reason=reason)
