"""What runs left behind: private folders of processes that died, and files of other programs' code.

A private folder carries its owner's process id in its name; it is swept once that process is gone.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_log = logging.getLogger("candor.processes")

_NAME = "candor-"
_DAY = 86_400.0
_REPORTS = Path("Microsoft", "DeveloperTools", ".onnxruntime")
_REPORT_FILES = ("deviceid", "onnxruntime.db")
_SUFFIXES = ("", "-wal", "-shm", "-journal", ".ses")


def owned_prefix() -> str:
    """How the name of a temporary file or folder of this process begins, for `tempfile`."""
    return f"{_NAME}{os.getpid()}-"


def sweep(place: Path | None = None) -> tuple[Path, ...]:
    """Remove what dead processes left in the folder for temporary files; tells what it removed.

    Only folders of this user. What cannot be removed is logged and stays.
    """
    swept = []
    for folder in sorted((place or Path(tempfile.gettempdir())).glob(f"{_NAME}*")):
        try:
            if _abandoned(folder):
                shutil.rmtree(folder)
                swept.append(folder)
        except OSError as error:
            _log.info("%s stays: %s", folder, error)
    return tuple(swept)


def _abandoned(folder: Path) -> bool:
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode) or (hasattr(os, "getuid") and facts.st_uid != os.getuid()):
        return False
    owner = folder.name.removeprefix(_NAME).partition("-")[0]
    if owner.isdecimal():
        return not _lives(int(owner))
    # An earlier version's, which named no owner.
    return time.time() - facts.st_mtime > _DAY and not _in_use(folder)


def _lives(pid: int) -> bool:
    """Whether a process of this user has this number; another user's got it after ours had died."""
    import psutil  # type: ignore[import-untyped]

    try:
        process = psutil.Process(pid)
        return os.name != "posix" or bool(process.uids().real == os.getuid())
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:
        return True


def _in_use(folder: Path) -> bool:
    """Whether a program listens at a socket in there; True where the system does not tell."""
    import psutil

    if not any(stat.S_ISSOCK(file.lstat().st_mode) for file in folder.iterdir()):
        return False
    try:
        bound = psutil.net_connections(kind="unix")
    except psutil.Error:
        return True
    return any(str(each.laddr).startswith(f"{folder}{os.sep}") for each in bound)


def report_files() -> tuple[Path, ...]:
    """What onnxruntime kept of its reports to its vendor, before Candor switched them off."""
    found = (
        base / _REPORTS / f"{name}{suffix}"
        for base in _caches()
        for name in _REPORT_FILES
        for suffix in _SUFFIXES
    )
    return tuple(file for file in found if file.is_file())


def remove_reports() -> tuple[Path, ...]:
    """Remove those files, and their folders where these are empty then; tells what it removed.

    OSError where a file cannot be removed.
    """
    files = report_files()
    for file in files:
        file.unlink()
    for place in {file.parent for file in files}:
        for folder in (place, *place.parents[:2]):
            with contextlib.suppress(OSError):  # Another program's files are in it.
                folder.rmdir()
    return files


def _caches() -> Iterator[Path]:
    if named := os.environ.get("XDG_CACHE_HOME"):
        yield Path(named)
    home = Path.home()
    yield home / ".cache"
    if sys.platform == "darwin":
        yield home / "Library" / "Caches"
        yield home / "Library" / "Application Support"
