"""A model file made once from another, kept beside it in the folder `converted`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from perception.codes import PerceptionCode
from perception.types import UserError


def convert_once(original: Path, name: str, convert: Callable[[], bytes]) -> Path:
    """The path of `converted/<name>` beside `original`, written by `convert` where it is missing.

    The file appears whole or not at all, also when two processes convert at once. It is made
    again when the original is newer. UserError when the original is missing or unreadable, or
    the folder cannot be written.
    """
    if not original.is_file():
        raise UserError(PerceptionCode.MODEL_FILE_MISSING, file=original)
    made = original.parent / "converted" / name
    if made.is_file() and made.stat().st_mtime >= original.stat().st_mtime:
        return made
    try:
        data = convert()
    except Exception as error:  # a damaged file: each format has its own errors
        raise UserError(PerceptionCode.MODEL_FILE_UNREADABLE, file=original) from error
    draft = made.with_name(f"{name}.{os.getpid()}.part")
    try:
        made.parent.mkdir(exist_ok=True)
        draft.write_bytes(data)
        draft.replace(made)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise UserError(
            PerceptionCode.FOLDER_NOT_WRITABLE, parent=made.parent, reason=error.strerror
        ) from error
    return made
