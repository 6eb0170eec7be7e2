"""Sixty texts that were made to stall the window, to end it, or to make it open a file."""

from __future__ import annotations

import ctypes
import json
import os
import select
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.faults.conftest import Record, Tries
from tests.faults.hostile_texts import PICTURES, PLAIN

_MOST_MS = 200
_AGAIN = 3
_WAYS = ("streamed", "loaded")
_IN_OPEN = 0x20
_ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="inotify and FIFOs of Linux")


class Watch:
    """Tells whether anything in a folder was opened."""

    def __init__(self, folder: Path) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._file = self._libc.inotify_init1(os.O_NONBLOCK)
        assert self._libc.inotify_add_watch(self._file, os.fsencode(folder), _IN_OPEN) >= 0

    def opened(self) -> bool:
        ready, _, _ = select.select([self._file], [], [], 0)
        return bool(ready and os.read(self._file, 65536))

    def close(self) -> None:
        os.close(self._file)


@pytest.fixture
def bait(tmp_path: Path) -> Path:
    """A folder with a picture and a FIFO, which nobody may open."""
    from PySide6.QtGui import QImage

    folder = tmp_path / "bait"
    folder.mkdir()
    assert QImage(8, 8, QImage.Format.Format_RGB32).save(str(folder / "secret.png"))
    os.mkfifo(folder / "pipe.png")
    return folder


@pytest.fixture
def watch(bait: Path) -> Iterator[Watch]:
    watch = Watch(bait)
    yield watch
    watch.close()


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """A web server that only notices that somebody came."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


def shown(
    texts: Sequence[tuple[str, str]], place: Path, tokens: int, *ways: str
) -> list[tuple[str, str, float]]:
    """Show these texts in a window of their own; the name, the way, and the longest stall."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.text_window", str(place), str(tokens), *ways],
        input=json.dumps(texts).encode(),
        capture_output=True,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(_ROOT)},
        cwd=place,
        timeout=280,
    )
    rows = [tuple(json.loads(line)) for line in done.stdout.splitlines()]
    assert done.returncode == 0, (rows[-1:], done.stderr.decode()[-2000:])
    return rows


@pytest.mark.parametrize(
    ("way", "fault"),
    [
        ("streamed", "a hostile answer streams in"),
        ("loaded", "a chat with hostile text is opened"),
        ("pasted", "hostile text is pasted"),
    ],
)
def test_no_text_stalls_or_ends_the_window(
    way: str, fault: str, tmp_path: Path, tries: Tries, record: Record
) -> None:
    rows = shown(list(PLAIN.items()), tmp_path, tries(4, 80), way)
    assert len(rows) == len(PLAIN)
    # What a busy machine made slow is not slow each time.
    for again in range(_AGAIN):
        slow = [name for name, _, ms in rows if ms > _MOST_MS]
        place = tmp_path / str(again)
        place.mkdir()
        more = shown([(name, PLAIN[name]) for name in slow], place, tries(4, 80), way)
        best = {name: ms for name, _, ms in more}
        rows = [(name, kind, min(ms, best.get(name, ms))) for name, kind, ms in rows]
    assert [row for row in rows if row[2] > _MOST_MS] == []
    worst = max(ms for _, _, ms in rows)
    record(fault, len(rows), len(slow), f"nothing; no stall above {worst:.0f} ms")


def test_no_text_makes_the_window_open_anything(
    bait: Path, watch: Watch, server: socket.socket, tmp_path: Path, record: Record
) -> None:
    names = [
        str(bait / "secret.png"),
        (bait / "secret.png").as_uri(),
        str(bait / "pipe.png"),
        (bait / "pipe.png").as_uri(),
        os.path.relpath(bait / "secret.png", tmp_path),
        "/dev/zero",
        "file:///dev/zero",
        "qrc:/qt-project.org/styles/commonstyle/images/file-16.png",
        f"http://127.0.0.1:{server.getsockname()[1]}/x.png",
    ]
    texts = [(form, "\n\n".join(form.format(name=name) for name in names)) for form in PICTURES]
    rows = shown(texts, tmp_path, 4, *_WAYS)
    lost = int(watch.opened()) + sum(ms > _MOST_MS for _, _, ms in rows)
    with pytest.raises(BlockingIOError):
        server.accept()
    assert len(rows) == len(_WAYS) * len(texts)
    record("an answer names a file, a device or a page", len(rows) * len(names), lost, "nothing")


def test_the_watch_sees_what_qt_would_open(bait: Path, watch: Watch, tmp_path: Path) -> None:
    assert not watch.opened()
    shown([("", f"![a]({bait / 'secret.png'})")], tmp_path, 0)
    assert watch.opened()
