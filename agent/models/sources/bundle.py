"""A folder or USB stick that `candor models bundle` has filled."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from agent.models.pieces import BLOCK, Piece
from agent.models.sources import NoAnswer, NotHere


@dataclass(frozen=True, slots=True)
class Bundle:
    """Model files in a folder, laid out as in the store: `FOLDER/MODEL/FILE`."""

    folder: Path
    name: str = "bundle"

    def offers(self, piece: Piece) -> bool:
        """Whether the folder can be read; whether it has the piece shows in `fetch`."""
        return True

    def fetch(self, piece: Piece, draft: Path) -> Generator[int, None, None]:
        """Copy the piece's bytes."""
        if not self.folder.is_dir():
            raise NoAnswer(f"there is no folder {self.folder}")
        file = self.folder / piece.model.id / piece.file.name
        if not file.is_file() or file.stat().st_size != piece.file.size:
            raise NotHere(f"{piece.label} is not in {self.folder}")
        done = draft.stat().st_size if draft.exists() else 0
        with file.open("rb") as source, draft.open("ab") as out:
            source.seek(piece.offset + done)
            while done < piece.size:
                block = source.read(min(BLOCK, piece.size - done))
                if not block:
                    raise NotHere(f"{file} is cut off")
                out.write(block)
                done += len(block)
                yield done
