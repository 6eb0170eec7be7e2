"""A kiosk without a window: notes what it is told, forgets, says so, and stays until it is ended.

`python -m benchmarks.parts.visit_process FOLDER [hold]`. `hold` keeps on to every text, so that
there is something to find. Input is read by the system call alone: a
buffer of Python's would go on holding it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from desktop.kiosk.forgetting.pieces import PieceKind
from desktop.kiosk.forgetting.visit import Visit, data_places, forget_leftovers
from desktop.kiosk.forgetting.wiping import wiping_environment
from perception.startup import start_private
from safety.audit.log import Audit

PICTURE = b"picture"
SIDE = 64


def main(folder: Path, *, hold: bool) -> None:
    """Each read is one text, or a picture by its seed; an empty line ends the visit."""
    start_private()
    audit = Audit(folder / "audit.jsonl")
    interrupted = len(forget_leftovers(folder, audit, {}))
    visit = Visit.begin(folder, audit)
    os.write(1, f"{interrupted}\n".encode())
    kinds = list(PieceKind)[:3]
    held, number = list[object](), 0
    while (data := os.read(0, 4096)) != b"\n":
        if data.startswith(PICTURE):
            visit.note(PieceKind.SHOWN, picture(int(data[len(PICTURE) :])))
        else:
            visit.note(kinds[number % 3], data.decode())
        held += [data] if hold else []
        del data
        number += 1
        os.write(1, b"noted\n")
    began = time.perf_counter()
    receipt = visit.forget(dict, {}, lambda: data_places(folder, folder / "logs"))
    told = (receipt.hash, receipt.pieces, sum(receipt.found.values()), receipt.size)
    os.write(1, f"{' '.join(map(str, told))} {time.perf_counter() - began:.3f}\n".encode())
    os.read(0, 1)


def picture(seed: int) -> npt.NDArray[np.uint8]:
    """A picture that nobody else has."""
    return np.random.default_rng(seed).integers(0, 256, (SIDE, SIDE, 3), np.uint8)


class VisitProcess(subprocess.Popen[bytes]):
    """The process, started as a kiosk is; it sees no temporary files but its own."""

    def __init__(self, folder: Path, *more: str, wiping: bool = True) -> None:
        own = {"TMPDIR": str(folder), "XDG_RUNTIME_DIR": str(folder)}
        command: Sequence[str] = (sys.executable, "-m", __name__, str(folder), *more)
        environment = {**os.environ, **own, **(wiping_environment() if wiping else {})}
        pipe = subprocess.PIPE
        super().__init__(command, stdin=pipe, stdout=pipe, env=environment)
        self.interrupted = int(self._answer() or 0)

    def tell_text(self, data: bytes) -> list[str]:
        """Write one text; what is answered."""
        assert self.stdin
        self.stdin.write(data)
        self.stdin.flush()
        return self._answer().decode().split()

    def _answer(self) -> bytes:
        assert self.stdout
        return self.stdout.readline()


if __name__ == "__main__":
    main(Path(sys.argv[1]), hold=sys.argv[2:] == ["hold"])
