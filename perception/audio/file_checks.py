"""Checks of a sound file that its reader does not make: libsndfile plays a part without a word."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path
from typing import BinaryIO

from perception.codes import PerceptionCode
from perception.types import UserError

_UNKNOWN_LENGTHS = (0, 0xFFFFFFFF, 0x7FFFFFFF)
_OGG_HEAD = struct.Struct("<4sBBqIIIB")
_FIRST_PAGE = 2


def check_whole(path: Path) -> None:
    """UserError where a WAV is cut short, or an OGG holds several recordings one after another."""
    try:
        with path.open("rb") as file:
            head = file.read(12)
            if head[:4] == b"RIFF" and head[8:] == b"WAVE":
                _check_wav(file, path)
            elif head[:4] == b"OggS":
                file.seek(0)
                _check_ogg(file, path)
    except OSError as error:
        raise unreadable(path, error) from error


def damaged(path: Path) -> UserError:
    """What is said of a file that ends too early or is broken."""
    return UserError(PerceptionCode.SOUND_FILE_DAMAGED, path=path)


def unreadable(path: Path, error: OSError) -> UserError:
    """What is said where the system does not let it be read."""
    return UserError(PerceptionCode.FILE_UNREADABLE, path=path, reason=error.strerror or error)


def for_soundfile(path: Path) -> str | bytes:
    """The name as soundfile takes it, also where it is no text (which only POSIX knows)."""
    return str(path) if sys.platform == "win32" else os.fsencode(path)


def _check_wav(file: BinaryIO, path: Path) -> None:
    """The header tells how long the sound is."""
    size = os.fstat(file.fileno()).st_size
    while len(chunk := file.read(8)) == 8:
        name, length = chunk[:4], struct.unpack("<I", chunk[4:])[0]
        if name == b"data":
            if length not in _UNKNOWN_LENGTHS and file.tell() + length > size:
                raise damaged(path)
            return
        file.seek(length + length % 2, os.SEEK_CUR)


def _check_ogg(file: BinaryIO, path: Path) -> None:
    """A stream that begins behind the first one's data would be left out."""
    begun = False
    while len(head := file.read(_OGG_HEAD.size)) == _OGG_HEAD.size:
        mark, _, kind, *_, segments = _OGG_HEAD.unpack(head)
        if mark != b"OggS":
            return  # Not a page: the decoder tells what is wrong with it.
        first = bool(kind & _FIRST_PAGE)
        if first and begun:
            raise UserError(PerceptionCode.SOUND_FILE_CHAINED, path=path)
        begun = begun or not first
        file.seek(sum(file.read(segments)), os.SEEK_CUR)
