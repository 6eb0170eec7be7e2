"""The one way in which files and folders of Candor are replaced: whole, on disk, or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def replaced(target: Path, mark: str = "") -> Iterator[Path]:
    """The place of a draft, a file or a folder, that takes the place of `target` after the block.

    Where the block raises, `target` stays as it was and the draft is gone; what an earlier try
    left of it is gone before. `mark` keeps the drafts of processes apart that write at once.
    OSError where the disk refuses.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(".".join([target.name, *([mark] if mark else []), "part"]))
    _remove(draft)
    try:
        yield draft
        put_in_place(draft, target)
    except BaseException:
        with contextlib.suppress(OSError):  # the first error is the one to tell
            _remove(draft)
        raise


def put_in_place(draft: Path, target: Path) -> None:
    """Flush a finished draft to disk and make it `target`, whose old content is gone then."""
    for file in draft.rglob("*") if draft.is_dir() else (draft,):
        if file.is_file() and not file.is_symlink():
            _flush(file)
    if draft.is_dir() and target.is_dir() and not target.is_symlink():
        # A folder takes no other's place: the old one steps aside first.
        old = target.with_name(f"{target.name}.old.part")
        _remove(old)
        target.rename(old)
        draft.rename(target)
        _remove(old)
    else:
        draft.replace(target)
    _flush_folder(target.parent)


def _flush(file: Path) -> None:
    # Windows flushes only what is open for writing; elsewhere a file may be read-only.
    number = os.open(file, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _flush_folder(folder: Path) -> None:
    """Keep the new name through a power cut; only POSIX opens folders."""
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
