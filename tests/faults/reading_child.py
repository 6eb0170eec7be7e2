"""Reads hostile files one after another: a name a line in, what came of it a line out.

A process of its own, with limited memory: a decoder that dies or grows is seen, and harms nobody.
"""

from __future__ import annotations

import json
import os
import resource
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from perception.types import UserError

MEMORY = 3 << 30
SECONDS = 60.0
MOST_SECONDS = 10.0
"""Of processor time, for one file: a hundred million pixels are honest work."""
ROOT = str(Path(__file__).parents[2])


class Reader:
    """The child, begun again where it ended."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._child: subprocess.Popen[bytes] | None = None

    def read(self, file: Path) -> dict[str, Any]:
        """What came of it: `good` or `said`; `lost` where it hung, died or raised anything else."""
        if self._child is None:
            self._child = self._begun()
        child = self._child
        assert child.stdin and child.stdout
        child.stdin.write(os.fsencode(str(file)) + b"\n")
        child.stdin.flush()
        ready, _, _ = select.select([child.stdout], [], [], SECONDS)
        line = child.stdout.readline() if ready else b""
        if line:
            told: dict[str, Any] = json.loads(line)
            return told
        self.close()
        return {"lost": f"ended with {child.returncode}" if ready else "hung"}

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for stream in (self._child.stdin, self._child.stdout):
                if stream:
                    stream.close()
            self._child = None

    def _begun(self) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.reading_child", self._kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": ROOT, "QT_QPA_PLATFORM": "offscreen"},
        )
        assert child.stdout and child.stdout.readline() == b"ready\n"
        return child


def lost_or_slow(told: dict[str, Any]) -> bool:
    """Whether it is a loss: neither read nor refused with a sentence, or only after long work."""
    return "lost" in told or told["seconds"] > MOST_SECONDS


def read_sound(file: Path) -> None:
    """As `candor ask --listen` does."""
    import numpy as np

    from perception.audio import files as sound_file

    samples = sound_file.read(file).samples
    assert samples.dtype == np.float32 and samples.ndim == 1
    assert np.isfinite(samples).all()


def read_picture(file: Path) -> None:
    """As `candor ask --look` does."""
    from perception.picture import LONGEST, open_picture

    pixels = open_picture(file, time.monotonic()).pixels
    assert pixels.ndim == 3 and pixels.shape[2] == 3 and 0 < max(pixels.shape) <= LONGEST


def read_in_window(file: Path) -> None:
    """As the window does with a file that is dropped on it."""
    from desktop.session.pictures import read_picture, thumbnail

    thumbnail(read_picture(file), 96)


_KINDS: dict[str, Callable[[Path], None]] = {
    "sound": read_sound,
    "picture": read_picture,
    "window": read_in_window,
}


def _outcome(read: Callable[[Path], None], file: Path) -> dict[str, Any]:
    began = time.process_time()
    try:
        read(file)
        told: dict[str, Any] = {"good": True}
    except UserError as error:
        told = {"said": f"{error.message} {error.hint}"}
        if "\n" in error.message or not (error.message and error.hint):
            told = {"lost": f"not one sentence: {error.message!r}"}
    except BaseException as error:
        told = {"lost": f"{type(error).__name__}: {error}"}
    return {**told, "seconds": time.process_time() - began}


def main() -> None:
    """Read names until standard input ends."""
    read = _KINDS[sys.argv[1]]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    limited = False
    for line in sys.stdin.buffer:
        told = _outcome(read, Path(os.fsdecode(line.rstrip(b"\n"))))
        if not limited:  # Once the libraries are loaded, which reserve much.
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            limited = True
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
