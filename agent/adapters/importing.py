"""An adapter from elsewhere, checked before anything of it is taken over.

What `candor train export` wrote: a folder, one of its files, or a zip file of it. Its account must
name its base, prompt format and files; only what it names, with the hashes that it names, is taken.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from agent.adapters.files import (
    ABOUT,
    HINT,
    OURS,
    check_files,
    check_name,
    check_size,
    read_account,
)
from agent.adapters.report import About
from agent.adapters.store import Adapter, Adapters, file_hash
from agent.adapters.zip_file import unpacked
from perception.leftovers import owned_prefix
from perception.regular_file import check_regular, open_regular
from perception.types import UserError


def take_in(source: Path, adapters: Adapters, name: str, identify: Callable[[str], str]) -> Adapter:
    """Add the adapter in `source` under `name`, or under its own; it is not switched on by that.

    `identify` gives the identity of an installed base by its name, or raises UserError. UserError
    with the reason where the adapter is foreign or broken.
    """
    try:
        if not source.exists():
            raise UserError(f"{source} is not there.", "Check the path.")
        if source.is_dir():
            return _take(source, adapters, name, identify)
        check_regular(source)
        if source.suffix.lower() != ".zip":
            return _take(source.parent, adapters, name, identify)
        with tempfile.TemporaryDirectory(prefix=owned_prefix()) as scratch:
            return _take(unpacked(source, Path(scratch)), adapters, name, identify)
    except OSError as error:
        raise UserError(
            f"{source} cannot be taken: {error.strerror or error}.",
            "Check that it can be read, and that there is space.",
        ) from error


def _take(folder: Path, adapters: Adapters, name: str, identify: Callable[[str], str]) -> Adapter:
    about = _account(folder)
    check_files(about.files)
    check_size(sum(_size(folder, each) for each in about.files))
    own = about.name if about.name != OURS else f"{OURS}-{about.base}"
    about = msgspec.structs.replace(about, name=name or own, cut=False)
    check_name(about.name)
    if problem := adapters.foreign(about, identify(about.base)):
        raise UserError(
            f"The adapter cannot be used here: {problem}.", "Ask for one made for this model."
        )
    with tempfile.TemporaryDirectory(prefix=owned_prefix()) as scratch:
        for each, digest in about.files.items():
            _copy(folder, each, digest, Path(scratch))
        return adapters.add(Path(scratch), about)


def _account(folder: Path) -> About:
    if not (folder / ABOUT).exists():
        raise UserError(
            f"{folder} has no {ABOUT}, so nobody can say for which model and prompt format it is.",
            HINT,
        )
    return read_account(folder)


def _size(folder: Path, name: str) -> int:
    file = folder / name
    if file.is_symlink():
        raise UserError(f"Its file {name} is a link; such are not followed.", HINT)
    try:
        return check_regular(file, within=folder).stat().st_size
    except FileNotFoundError as error:
        raise UserError(f"Its file {name} is missing.", "Copy the whole folder again.") from error


def _copy(folder: Path, name: str, digest: str, into: Path) -> None:
    """Copy first, look then: what is kept is what was looked at."""
    target = into / name
    with open_regular(folder / name, within=folder) as source, target.open("xb") as out:
        shutil.copyfileobj(source, out, 1 << 20)
    if file_hash(target) != digest:
        raise UserError(
            f"Its file {name} is not as it was made: it was changed or cut.",
            "Copy the whole folder again.",
        )
