"""A folder or USB stick that `candor models bundle` has filled."""

from __future__ import annotations

import os
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from agent.models.pieces import BLOCK, FilePiece
from agent.models.sources import NoAnswer, NotHere
from perception.regular_file import open_regular
from perception.types import UserError


@dataclass(frozen=True, slots=True)
class Bundle:
    """Model files in a folder, laid out as in the store: `FOLDER/MODEL/FILE`."""

    folder: Path
    name: str = "bundle"

    def offers(self, piece: FilePiece) -> bool:
        """Whether the folder can be read; whether it has the piece shows in `fetch`."""
        return True

    def size(self, piece: FilePiece) -> Generator[None, None, int]:
        """The file's size."""
        yield
        with self._opened(piece) as source:
            return os.fstat(source.fileno()).st_size

    def fetch(self, piece: FilePiece, draft: Path) -> Generator[int, None, None]:
        """Copy the piece's bytes."""
        done = draft.stat().st_size if draft.exists() else 0
        with self._opened(piece) as source, draft.open("ab") as out:
            if os.fstat(source.fileno()).st_size != piece.file.size:
                raise NotHere(f"{piece.label} in {self.folder} has another size")
            source.seek(piece.offset + done)
            while done < piece.size:
                block = source.read(min(BLOCK, piece.size - done))
                if not block:
                    raise NotHere(f"{piece.label} in {self.folder} is cut off")
                out.write(block)
                done += len(block)
                yield done

    def _opened(self, piece: FilePiece) -> BinaryIO:
        if not self.folder.is_dir():
            raise NoAnswer(f"there is no folder {self.folder}")
        try:
            return open_regular(self.folder / piece.model.id / piece.file.name, within=self.folder)
        except OSError as error:
            raise NotHere(f"{piece.label} is not in {self.folder}") from error
        except UserError as error:
            raise NotHere(error.message.rstrip(".")) from error
