"""Which process a local port belongs to, by /proc; Linux alone."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_LISTENS = "0A"


@dataclass(frozen=True, slots=True)
class Owner:
    """A process; a `pid` of 0 where it is gone."""

    pid: int
    name: str


def owner(kind: str, port: int) -> Owner:
    """Who holds the local `port` of `kind` (tcp or udp); as far as it is still held."""
    inodes = {inode for version in ("", "6") for inode in _inodes(f"{kind}{version}", port)}
    targets = {f"socket:[{inode}]" for inode in inodes}
    for folder in _PROC.glob("[0-9]*"):
        if int(folder.name) != os.getpid() and _holds(folder, targets):
            return Owner(int(folder.name), _name(folder))
    return Owner(0, "")


def open_doors() -> set[int]:
    """Ports of TCP at which this network namespace listens for everyone, not on loopback alone."""
    rows = [row for version in ("", "6") for row in _rows(f"tcp{version}")]
    places = [row[1].rpartition(":") for row in rows if row[3] == _LISTENS]
    return {int(port, 16) for address, _, port in places if not address.strip("0")}


def _rows(table: str) -> list[list[str]]:
    file = _PROC / "net" / table
    if not file.exists():
        return []
    return [line.split() for line in file.read_text("ascii").splitlines()[1:]]


def _inodes(table: str, port: int) -> set[str]:
    return {row[9] for row in _rows(table) if int(row[1].rpartition(":")[2], 16) == port}


def _holds(folder: Path, targets: set[str]) -> bool:
    try:
        return any(os.readlink(each) in targets for each in (folder / "fd").iterdir())
    except OSError:
        return False  # It ended, or is another user's: then it is none of the run.


def _name(folder: Path) -> str:
    try:
        words = (folder / "cmdline").read_bytes().split(b"\0")
        shown = [os.path.basename(words[0]), *words[1:4]] if words else []
        text = b" ".join(each[:40] for each in shown).decode("utf-8", "replace")
        return " ".join(text.split())
    except OSError:
        return ""
