"""A kiosk without a window: notes what it is told, forgets, says so, and stays until it is ended.

`python -m tests.desktop.kiosk.visiting FOLDER`. Input is read by the system call alone: a buffer of
Python's would go on holding it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from desktop.kiosk.forgetting.pieces import PieceKind
from desktop.kiosk.forgetting.visit import Visit, data_places
from safety.audit.log import Audit


def main(folder: Path) -> None:
    """Each read is one text; an empty line ends the visit."""
    audit = Audit(folder / "audit.jsonl")
    visit = Visit.begin(folder, audit)
    os.write(1, b"began\n")
    kinds = list(PieceKind)[:3]
    number = 0
    while (data := os.read(0, 4096)) != b"\n":
        text = data.decode()
        visit.note(kinds[number % 3], text)
        del data, text
        number += 1
        os.write(1, b"noted\n")
    receipt = visit.forget(dict, {}, lambda: data_places(folder, folder / "logs"))
    os.write(1, f"{receipt.hash} {receipt.pieces} {sum(receipt.found.values())}\n".encode())
    os.read(0, 1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
