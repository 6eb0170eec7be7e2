"""A model file made once from another, kept beside it in the folder `converted`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from perception.types import UserError


def convert_once(original: Path, name: str, convert: Callable[[], bytes]) -> Path:
    """The path of `converted/<name>` beside `original`, written by `convert` where it is missing.

    The file appears whole or not at all, also when two processes convert at once. It is made
    again when the original is newer. UserError when the original is missing or unreadable, or
    the folder cannot be written.
    """
    if not original.is_file():
        raise UserError(
            f"The model file {original} is missing.",
            "Run: candor models verify, then candor models get.",
        )
    made = original.parent / "converted" / name
    if made.is_file() and made.stat().st_mtime >= original.stat().st_mtime:
        return made
    try:
        data = convert()
    except Exception as error:  # a damaged file: each format has its own errors
        raise UserError(
            f"The model file {original} cannot be read.",
            "It may be damaged. Run: candor models verify, then candor models get.",
        ) from error
    draft = made.with_name(f"{name}.{os.getpid()}.part")
    try:
        made.parent.mkdir(exist_ok=True)
        draft.write_bytes(data)
        draft.replace(made)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise UserError(
            f"The folder {made.parent} cannot be written: {error.strerror}.",
            "Make room or give yourself the right to write there, then start again.",
        ) from error
    return made
