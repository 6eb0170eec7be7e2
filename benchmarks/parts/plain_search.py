"""An independent searcher: plain bytes in memory and in files, as one would write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path


def encoded(text: str) -> tuple[bytes, ...]:
    """The text as a program may hold it."""
    return text.encode(), text.encode("utf-16-le")


def in_memory(pid: int, texts: Iterable[str]) -> set[str]:
    """Those of the texts that stand in the writable memory of a process."""
    wanted = list(texts)
    found = set[str]()
    for held in _memory(pid):
        found |= {text for text in wanted if any(form in held for form in encoded(text))}
    return found


def in_files(folder: Path, texts: Iterable[str]) -> set[str]:
    """Those of the texts that stand in a file below a folder."""
    held = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    return {text for text in texts if any(form in each for form in encoded(text) for each in held)}


def _memory(pid: int) -> Iterator[bytes]:
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            place, rights, *_ = line.split()
            if not rights.startswith("rw") or "[vv" in line:
                continue
            start, end = (int(each, 16) for each in place.split("-"))
            try:
                memory.seek(start)
                yield memory.read(end - start)
            except OSError:
                continue
