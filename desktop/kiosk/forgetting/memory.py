"""The memory of a process that can hold a visitor's words, by /proc; Linux alone."""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

_PAGE = mmap.PAGESIZE
_KERNELS = ("[vvar", "[vdso]", "[vsyscall]")
_NEAR = 16
"""So many pages that hold nothing are read along rather than stepped over."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MemoryMap:
    """What of a process is searched; `devices` tells of pages of a device, which cannot be."""

    spans: tuple[Span, ...]
    devices: bool


def memory_map(pid: int, without: tuple[Span, ...] = ()) -> MemoryMap:
    """The pages of a process that are in memory or swapped out, and that it can have written.

    What it maps from a file for reading alone is the file's: weights and libraries. OSError where
    the process may not be read.
    """
    spans, devices = list[Span](), False
    with open(f"/proc/{pid}/pagemap", "rb", buffering=0) as pages:
        for line in Path(f"/proc/{pid}/maps").read_text("utf-8", "replace").splitlines():
            place, rights, _, _, inode, *name = line.split(None, 5)
            path = name[0] if name else ""
            if path.startswith("/dev/") and not path.startswith(("/dev/shm/", "/dev/zero")):
                devices = True
            elif rights[0] == "r" and not path.startswith(_KERNELS) and _own(rights, inode, path):
                start, end = (int(each, 16) for each in place.split("-"))
                spans += (
                    span for held in _held(pages.fileno(), start, end)
                    for span in _outside(held, without)
                )  # fmt: skip
    return MemoryMap(tuple(spans), devices)


def _own(rights: str, inode: str, path: str) -> bool:
    return rights[1] == "w" or inode == "0" or path.startswith(("/dev/shm/", "/memfd:"))


def _held(pages: int, start: int, end: int) -> Iterator[Span]:
    """The parts of a mapping that hold something."""
    told = os.pread(pages, (end - start) // _PAGE * 8, start // _PAGE * 8)
    if len(told) < (end - start) // _PAGE * 8:
        yield start, end
        return
    used = np.flatnonzero(np.frombuffer(told, "<u8") >> np.uint64(62))
    if not len(used):
        return
    breaks = np.flatnonzero(np.diff(used) > _NEAR)
    firsts = used[np.concatenate(([0], breaks + 1))]
    lasts = used[np.concatenate((breaks, [len(used) - 1]))]
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        yield start + first * _PAGE, start + (last + 1) * _PAGE


def _outside(span: Span, without: tuple[Span, ...]) -> Iterator[Span]:
    start, end = span
    for first, last in sorted(without):
        if last <= start or first >= end:
            continue
        if start < first:
            yield start, first
        start = max(start, last)
    if start < end:
        yield start, end
