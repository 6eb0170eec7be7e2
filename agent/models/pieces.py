"""A file on its way: it is fetched in pieces, each with its own hash, and joined at the end.

Pieces lie as `NAME.0000`, `NAME.0001`, ... in the model's draft folder. The join appends one and
deletes it, so that the disk holds a file once and not twice, and a cut anywhere loses one piece.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Generator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

from agent.models.catalog import Model, ModelFile, Part
from perception.replaced import put_in_place

BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class FilePiece:
    """Bytes `offset` to `offset + size` of a file. `part` is where the package index has them."""

    model: Model
    file: ModelFile
    number: int
    offset: int
    size: int
    sha256: str
    part: Part | None

    @property
    def label(self) -> str:
        """How a message names it."""
        return f"{self.model.id}/{self.file.name}"


def cut(model: Model, file: ModelFile) -> tuple[FilePiece, ...]:
    """The pieces of a file: those of the package index, or the whole as one."""
    if not file.index:
        return (FilePiece(model, file, 0, 0, file.size, file.sha256, None),)
    starts = accumulate((part.size for part in file.index), initial=0)
    return tuple(
        FilePiece(model, file, number, start, part.size, part.sha256, part)
        for number, (part, start) in enumerate(zip(file.index, starts, strict=False))
    )


def draft_of(piece: FilePiece, drafts: Path) -> Path:
    """Where a piece lies until the file is joined."""
    return drafts / piece.model.id / f"{piece.file.name}.{piece.number:04d}"


def _joined(file: ModelFile, model: Model, drafts: Path) -> Path:
    return drafts / model.id / f"{file.name}.join"


def digest(file: Path) -> Generator[int, None, str]:
    """Read a file: yields the bytes read so far, returns its SHA-256 in hexadecimal."""
    hasher = hashlib.sha256()
    done = 0
    with file.open("rb") as stream:
        while block := stream.read(BLOCK):
            hasher.update(block)
            done += len(block)
            yield done
    return hasher.hexdigest()


def has_hash(file: Path, sha256: str) -> bool:
    """Whether the file's bytes have that hash."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == sha256


def missing(model: Model, file: ModelFile, drafts: Path) -> tuple[FilePiece, ...]:
    """The pieces still to be fetched. A whole draft is hashed, and deleted where it is wrong."""
    joined = _joined(file, model, drafts)
    for draft in (joined, *(draft_of(piece, drafts) for piece in cut(model, file))):
        if os.path.lexists(draft) and not stat.S_ISREG(draft.lstat().st_mode):
            draft.unlink()
    have = joined.stat().st_size if joined.exists() else 0
    return tuple(
        piece
        for piece in cut(model, file)
        if piece.offset + piece.size > have and not _whole(piece, draft_of(piece, drafts))
    )


def _whole(piece: FilePiece, draft: Path) -> bool:
    if not draft.exists() or draft.stat().st_size < piece.size:
        return False
    if draft.stat().st_size == piece.size and has_hash(draft, piece.sha256):
        return True
    draft.unlink()
    return False


def _append(stream: BinaryIO, draft: Path) -> int:
    with draft.open("rb") as source:
        shutil.copyfileobj(source, stream, BLOCK)
    stream.flush()
    os.fsync(stream.fileno())
    draft.unlink()
    return stream.tell()


def join(model: Model, file: ModelFile, drafts: Path, target: Path) -> bool:
    """Make the file of its pieces and move it to `target` at once; False where its hash is wrong.

    All is deleted then, so that the next try starts anew.
    """
    pieces = cut(model, file)
    target.parent.mkdir(parents=True, exist_ok=True)
    if len(pieces) == 1:
        put_in_place(draft_of(pieces[0], drafts), target)
        return True
    joined = _joined(file, model, drafts)
    with joined.open("ab") as stream:
        have = stream.tell()
        for piece in pieces:
            if piece.offset + piece.size > have:
                stream.truncate(piece.offset)
                have = _append(stream, draft_of(piece, drafts))
    if not has_hash(joined, file.sha256):
        joined.unlink()
        return False
    put_in_place(joined, target)
    return True
