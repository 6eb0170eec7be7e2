"""Bytes and files that mean harm."""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Iterator
from pathlib import Path


def mutated(data: bytes, chance: random.Random) -> bytes:
    """`data` with something flipped, overwritten, cut out, doubled or put in."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(max(1, len(changed)))
        length = chance.choice((1, 2, 4, 8, 32))
        match chance.randrange(6):
            case 0 if changed:
                changed[min(at, len(changed) - 1)] ^= 1 << chance.randrange(8)
            case 1:
                changed[at : at + length] = chance.randbytes(length)
            case 2:
                del changed[at : at + length]
            case 3:
                changed[at:at] = changed[at : at + length]
            case 4:
                changed[at:at] = chance.randbytes(length)
            case 5:
                changed[at : at + length] = chance.choice((b"\xff", b"\0", b"\x7f")) * length
    return bytes(changed)


def odd_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Things that are no files, by what they are; all in `folder`, which they may leave."""
    outside = folder.parent / f"{folder.name}-outside"
    outside.write_text("secret = 1\n")
    pipe, link, loop = folder / "pipe", folder / "link", folder / "loop"
    os.mkfifo(pipe)
    yield "pipe", pipe
    with socket.socket(socket.AF_UNIX) as door:
        here = Path.cwd()
        os.chdir(folder)  # A socket's path has about a hundred characters.
        try:
            door.bind("socket")
        finally:
            os.chdir(here)
        yield "socket", folder / "socket"
    link.symlink_to(outside)
    yield "link", link
    zero = folder / "zero"
    zero.symlink_to("/dev/zero")
    yield "device", zero
    loop.symlink_to(loop)
    yield "loop", loop
    inner = folder / "folder"
    inner.mkdir()
    yield "folder", inner
