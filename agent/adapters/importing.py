"""An adapter from elsewhere, checked before anything of it is taken over.

What `candor train export` wrote: a folder, one of its files, or a zip file of it. Its account must
name its base, prompt format and files; only what it names, with the hashes that it names, is taken.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import msgspec

from agent.adapters.report import About
from agent.adapters.store import (
    ABOUT,
    OURS,
    Adapter,
    Adapters,
    file_hash,
)
from perception.leftovers import owned_prefix
from perception.types import UserError

_MOST_BYTES = 20_000_000_000
_HINT = "Take a folder as candor train export writes it."


def take_in(source: Path, adapters: Adapters, name: str, identify: Callable[[str], str]) -> Adapter:
    """Add the adapter in `source` under `name`, or under its own; it is not switched on by that.

    `identify` gives the identity of an installed base by its name, or raises UserError. UserError
    with the reason where the adapter is foreign or broken.
    """
    if not source.exists():
        raise UserError(f"{source} is not there.", "Check the path.")
    if source.suffix.lower() != ".zip":
        return _take(source if source.is_dir() else source.parent, adapters, name, identify)
    with tempfile.TemporaryDirectory(prefix=owned_prefix()) as scratch:
        return _take(_unpacked(source, Path(scratch)), adapters, name, identify)


def _take(folder: Path, adapters: Adapters, name: str, identify: Callable[[str], str]) -> Adapter:
    about = _account(folder)
    for each, digest in about.files.items():
        _check(folder, each, digest)
    if not about.files:
        raise UserError("The adapter has no files.", _HINT)
    own = about.name if about.name != OURS else f"{OURS}-{about.base}"
    about = msgspec.structs.replace(about, name=name or own, cut=False)
    if problem := adapters.foreign(about, identify(about.base)):
        raise UserError(
            f"The adapter cannot be used here: {problem}.", "Ask for one made for this model."
        )
    with tempfile.TemporaryDirectory(prefix=owned_prefix()) as scratch:
        for each in about.files:
            target = Path(scratch) / each
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / each, target)
        return adapters.add(Path(scratch), about)


def _account(folder: Path) -> About:
    file = folder / ABOUT
    if not file.is_file():
        raise UserError(
            f"{folder} has no {ABOUT}, so nobody can say for which model and prompt format it is.",
            _HINT,
        )
    try:
        return msgspec.json.decode(file.read_bytes(), type=About)
    except (OSError, msgspec.MsgspecError) as error:
        raise UserError(f"{file} cannot be read: {error}.", _HINT) from error


def _check(folder: Path, name: str, digest: str) -> None:
    """UserError where a file is not as the account says, or must not be taken."""
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or Path(name).is_absolute() or ":" in name or "\\" in name:
        raise UserError(f"The adapter names a file outside of its folder: {name}.", _HINT)
    file = folder / name
    if Path(name).suffix in (".bin", ".pt", ".pth", ".pkl") and Path(name).name != "model.bin":
        raise UserError(f"Its file {name} could run a program; such are not read.", _HINT)
    if not file.is_file() or file.is_symlink():
        raise UserError(f"Its file {name} is missing.", "Copy the whole folder again.")
    if file_hash(file) != digest:
        raise UserError(
            f"Its file {name} is not as it was made: it was changed or cut.",
            "Copy the whole folder again.",
        )


def _unpacked(file: Path, into: Path) -> Path:
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(each.file_size for each in packed.infolist()) > _MOST_BYTES:
                raise UserError(f"{file.name} is too large for an adapter.", _HINT)
            packed.extractall(into)
    except (OSError, zipfile.BadZipFile) as error:
        raise UserError(f"{file.name} cannot be unpacked: {error}.", _HINT) from error
    found = next(iter(sorted(into.rglob(ABOUT))), into / ABOUT)
    return found.parent
