"""A process that holds on to what it is told, each piece in another way, until its input ends."""

from __future__ import annotations

import sys

import numpy as np

HELD: list[object] = []


def held(text: str, way: str) -> object:
    """The text in one of the ways in which a program may keep it."""
    if way == "str":
        return text
    if way == "bytearray":
        return bytearray(text.encode())
    if way == "list":
        return [text + " and", {"a": text.upper()}]
    return text.encode(way)


def picture(seed: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A picture that nobody else has."""
    return np.random.default_rng(seed).integers(0, 256, (64, 48, 3), np.uint8)


def main() -> None:
    """A line a piece: its way (or `picture` and a seed), a tab, and the text."""
    for line in sys.stdin.buffer:
        way, _, text = line.decode().rstrip("\n").partition("\t")
        if way == "picture":
            HELD.append(picture(int(text)))
        elif way == "ready":
            print("ready", flush=True)
        else:
            HELD.append(held(text, way))


if __name__ == "__main__":
    main()
