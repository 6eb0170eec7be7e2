"""What runs left behind goes, what lives stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from perception.leftovers import (
    owned_prefix,
    remove_reports,
    report_files,
    sweep,
)

KEPT = Path("Microsoft", "DeveloperTools", ".onnxruntime")


@pytest.fixture
def dead() -> int:
    """The process id of one that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def old(folder: Path) -> Path:
    os.utime(folder, (1.0, 1.0))
    return folder


def test_only_folders_of_dead_processes_are_swept(tmp_path: Path, dead: int) -> None:
    gone, mine = tmp_path / f"candor-{dead}-abc", tmp_path / f"{owned_prefix()}abc"
    for folder in (gone, mine, tmp_path / "candor-oldstyle", tmp_path / "other"):
        folder.mkdir()
        (folder / "history.db").write_bytes(b"said")
    (tmp_path / "candor-1234567890-file").write_bytes(b"a file")
    assert sweep(tmp_path) == (gone,)
    assert mine.is_dir()
    assert len(list(tmp_path.iterdir())) == 4


def test_an_earlier_version_named_no_owner(tmp_path: Path) -> None:
    folder = tmp_path / "candor-x1y2z3"
    folder.mkdir()
    assert sweep(tmp_path) == ()
    assert sweep(tmp_path) == () and folder.exists()
    old(folder)
    assert sweep(tmp_path) == (folder,)


@pytest.mark.skipif(os.name != "posix", reason="links and owners are of POSIX")
def test_a_link_is_not_followed(tmp_path: Path, dead: int) -> None:
    treasure = tmp_path / "treasure"
    treasure.mkdir()
    (tmp_path / f"candor-{dead}-x").symlink_to(treasure)
    assert sweep(tmp_path) == ()
    assert treasure.is_dir()


@pytest.mark.skipif(sys.platform != "linux", reason="the system's list of UNIX sockets")
def test_an_old_folder_with_a_socket_that_listens_stays(tmp_path: Path) -> None:
    import socket

    folder = Path(f"/tmp/candor-test{os.getpid()}")
    folder.mkdir()
    try:
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(str(folder / "ears"))
            old(folder)
            assert folder not in sweep(folder.parent)
        assert folder in sweep(folder.parent)
    finally:
        subprocess.run(["rm", "-rf", str(folder)], check=True)


def test_reports_of_an_earlier_version_are_found_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert report_files() == ()
    (tmp_path / KEPT).mkdir(parents=True)
    for name in ("deviceid", "onnxruntime.db", "onnxruntime.db-wal", "another.txt"):
        (tmp_path / KEPT / name).touch()
    assert {file.name for file in remove_reports()} == {
        "deviceid",
        "onnxruntime.db",
        "onnxruntime.db-wal",
    }
    assert [file.name for file in (tmp_path / KEPT).iterdir()] == ["another.txt"]
    (tmp_path / KEPT / "another.txt").unlink()
    (tmp_path / KEPT / "deviceid").touch()
    remove_reports()
    assert list(tmp_path.iterdir()) == []
