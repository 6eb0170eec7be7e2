"""A full disk: what was acknowledged stays, what cannot be kept is told, nothing is damaged."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from agent.memory.history import History
from tests.faults.conftest import Record, Tries

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
ROOT = Path(__file__).parents[2]

# Prints each turn that is on disk, then what was said when one could not be put there.
_WRITER = """
import sys
from pathlib import Path
from agent.memory.history import History
from agent.types import Ended
from perception.types import UserError
from safety.types import Explanation
try:
    history = History(Path(sys.argv[1]))
    history.end_open()
    for number in range(400):
        if number % 10 == 0:
            chat = history.new_chat()
        history.begin(f"turn{number}", chat, f"question {number} " * 20, [bytes(900)])
        print("kept", f"turn{number}", flush=True)
        history.end(f"turn{number}", "answer " * 20, Ended.DONE, Explanation.of_notes())
except UserError as error:
    print("told", error.message.replace(sys.argv[1], "FILE"), "|", error.hint, flush=True)
"""


def _limited(bytes_: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, bytes_))


def _fill(file: Path, size: int | None) -> tuple[list[str], str]:
    """Write until nothing fits; the turns that were acknowledged, and what was said."""
    done = subprocess.run(
        [sys.executable, "-c", _WRITER, str(file)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=None if size is None else partial(_limited, size),
    )
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    lines = done.stdout.splitlines()
    kept = [line.split()[1] for line in lines if line.startswith("kept")]
    return kept, next((line for line in lines if line.startswith("told")), "")


def _lost(file: Path, kept: list[str]) -> int:
    """With room again: how many acknowledged turns are not there."""
    history = History(file)
    assert history.take_saved() is None, "a full disk damages nothing"
    lost = sum(history.turn(turn) is None for turn in kept)
    history.begin("after", history.new_chat(), "does it go on?")
    history.close()
    return lost


def test_disks_of_many_sizes(tmp_path: Path, tries: Tries, record: Record) -> None:
    """A limit on the size of files stands for the disk, so that no account needs a disk for it."""
    many, lost, said = tries(6, 54), 0, set[str]()
    for number in range(many):
        file = tmp_path / str(number) / "history.db"
        kept, told = _fill(file, 4096 * (1 + number * 180 // many) + 700 * (number % 5))
        assert told and told.partition("|")[2].strip(), number
        said.add(told.partition("|")[0].removeprefix("told ").strip())
        lost += _lost(file, kept)
    record("disk full", many, lost, " / ".join(sorted(said)))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount")
def test_a_real_disk_that_is_full(tmp_path: Path, record: Record) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)], check=False
    )
    if mounted.returncode != 0:
        pytest.skip("mounting is not allowed here; the limit above stands for it")
    try:
        kept, told = _fill(disk / "history.db", None)
        assert "the disk is full" in told
        subprocess.run(["mount", "-o", "remount,size=20m", str(disk)], check=True)
        lost = _lost(disk / "history.db", kept)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    record("disk full, a real one", 1, lost, told.partition("|")[0].removeprefix("told ").strip())
