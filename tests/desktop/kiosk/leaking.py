"""A process that holds on to what it is told, each piece in another way, until its input ends."""

from __future__ import annotations

import sys

from benchmarks.parts.visit_process import picture

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
