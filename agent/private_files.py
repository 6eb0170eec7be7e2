"""Makes what Candor keeps the user's alone: folders 0700, files 0600, on every start.

Only what Candor itself puts there, only what belongs to the user, and never through a link.
"""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from agent.settings import config_folder, data_folder, models_folder

_log = logging.getLogger("candor.processes")
_FILES = ("history.db*", "tools.db*", "audit*.*", "*.toml", "window.json", "*.part", "candor.lock")
_FOLDERS = ("logs", "adapters", "training", "prompts", "voice", "unsent", "models")
_FOLDER, _FILE = 0o700, 0o600


def make_private() -> None:
    """Put right what is there. Where that cannot be done it is logged, and Candor goes on."""
    if os.name != "posix":
        return
    for home in {data_folder(), config_folder()}:
        if not home.is_dir():
            continue
        if _is_own(home):
            _close(home)
        for path in _known(home):
            _close_all(path)
    if _is_under_home(models := models_folder()):
        _close_all(models)


def _known(home: Path) -> Iterator[Path]:
    for pattern in _FILES:
        yield from home.glob(pattern)
    for name in _FOLDERS:
        yield home / name


def _is_own(folder: Path) -> bool:
    """Whether a folder is Candor's alone: CANDOR_HOME may name a place with much else in it."""
    place = folder.resolve()
    home = Path.home().resolve()
    return not (place == home or place in home.parents or place.stat().st_mode & stat.S_ISVTX)


def _is_under_home(folder: Path) -> bool:
    """A folder of models elsewhere may be shared on purpose."""
    return Path.home().resolve() in folder.resolve().parents and not folder.is_symlink()


def _close_all(path: Path) -> None:
    _close(path)
    if path.is_dir() and not path.is_symlink():
        for folder, folders, names, place in os.fwalk(path, follow_symlinks=False):
            _close_in(folder, place, (*folders, *names))


def _close_in(folder: str, place: int, names: Iterable[str]) -> None:
    for name in names:
        _close(Path(folder) / name, name, place)


def _close(path: Path, name: str | None = None, place: int | None = None) -> None:
    """Through an open file, so that nobody can put a link in its place meanwhile."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        handle = os.open(name or path, flags, dir_fd=place)
    except OSError:
        return  # a link, gone, or not the user's to read
    try:
        found = os.fstat(handle)
        wanted = {stat.S_IFDIR: _FOLDER, stat.S_IFREG: _FILE}.get(stat.S_IFMT(found.st_mode))
        others = stat.S_IMODE(found.st_mode) & 0o077
        if wanted is not None and others and found.st_uid == os.geteuid():
            os.fchmod(handle, wanted)
    except OSError as error:
        _log.warning("%s stays as open as it is: %s", path, error)
    finally:
        os.close(handle)
