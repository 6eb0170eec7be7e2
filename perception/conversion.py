"""Models made once from others, kept in the folder `converted` beside them.

The work is done by a child that ends with it: the libraries that convert (`onnx`, torch) take
seconds and hundreds of megabytes, which the processes that answer do not spend.
"""

from __future__ import annotations

import hashlib
import importlib
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from perception.child_command import child_command, quiet
from perception.codes import PerceptionCode
from perception.replaced import replaced
from perception.startup import start_private
from perception.types import UserError

MODULE = "perception.conversion"
FOLDER = "converted"
_NOT_WRITTEN = 74
"""The exit code of a child whose disk refused (EX_IOERR)."""

_log = logging.getLogger("candor.models")

Recipe: TypeAlias = Callable[..., None]
"""A function of a module. It takes the draft, a file or folder to write, and the originals."""


def convert_once(
    recipe: Recipe,
    originals: Sequence[Path],
    name: str,
    *,
    version: int = 1,
    folder: Path | None = None,
    room: float = 0.0,
) -> Path:
    """The path of what `recipe` makes of `originals`, made now where it is not there.

    It lies in `converted` beside the first original, or in `folder`, as `name` with a digest of
    the originals' sizes and times and of the recipe's `version`; what was made of others is
    removed. It appears whole or not at all, also when two processes convert at once. UserError
    when an original is missing or unreadable, the folder cannot be written, or the disk has less
    than `room` bytes.
    """
    if missing := [file for file in originals if not file.is_file()]:
        raise UserError(PerceptionCode.MODEL_FILE_MISSING, file=missing[0])
    home = folder or originals[0].parent / FOLDER
    stem, dot, ending = name.partition(".")
    made = home / f"{stem}-{_digest(recipe, version, originals)}{dot}{ending}"
    if made.exists():
        return made
    if shutil.disk_usage(originals[0].parent).free < room:
        raise UserError(
            PerceptionCode.UNPACKING_NEEDS_DISK,
            originals=originals[0].name,
            room=f"{room / 1000000000.0:.1f}",
        )
    _log.info("converting %s once", originals[0])
    try:
        home.mkdir(parents=True, exist_ok=True)
        with replaced(made, str(os.getpid())) as draft:
            _in_child(recipe, draft, originals)
    except OSError as error:
        # Another process may have been quicker; a folder takes no other's place.
        if made.exists():
            return made
        raise _not_written(home, error.strerror or str(error)) from error
    for old in home.glob(f"{stem}-*{dot}{ending}"):
        if old != made and not old.name.endswith(".part"):
            _remove(old)
    return made


def _digest(recipe: Recipe, version: int, originals: Sequence[Path]) -> str:
    parts = [f"{recipe.__module__}.{recipe.__qualname__} {version}"]
    for file in originals:
        stat = file.stat()
        parts.append(f"{file.name} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _in_child(recipe: Recipe, draft: Path, originals: Sequence[Path]) -> None:
    words = [recipe.__module__, recipe.__qualname__, str(draft), *map(str, originals)]
    done = subprocess.run(
        [*child_command(MODULE), *words],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        **quiet(),
    )
    if done.returncode == 0:
        return
    said = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode == _NOT_WRITTEN:
        raise _not_written(draft.parent, said)
    _log.error("the conversion of %s ended with %d:\n%s", originals[0], done.returncode, said)
    raise UserError(PerceptionCode.MODEL_FILE_UNREADABLE, file=originals[0])


def _not_written(folder: Path, reason: str) -> UserError:
    return UserError(PerceptionCode.FOLDER_NOT_WRITABLE, parent=folder, reason=reason)


def _remove(old: Path) -> None:
    try:
        if old.is_dir() and not old.is_symlink():
            shutil.rmtree(old)
        else:
            old.unlink()
    except OSError as error:  # Windows keeps what another process has open.
        _log.warning("an old conversion stays: %s", error)


def main(words: Sequence[str]) -> int:
    """Run the recipe that these words name; the exit code."""
    start_private()
    module, function, draft, *originals = words
    recipe: Any = importlib.import_module(module)
    for part in function.split("."):
        recipe = getattr(recipe, part)
    try:
        recipe(Path(draft), *map(Path, originals))
    except OSError as error:
        if error.filename is not None and Path(error.filename) in map(Path, originals):
            raise
        sys.stderr.write(error.strerror or str(error))
        return _NOT_WRITTEN
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
