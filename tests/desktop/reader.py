"""A screen reader's eyes and ears, run by the system's Python, which has pyatspi.

Prints one line for each thing of Candor's window (`role|name|text`) at each look, a second apart,
`order|first|second` where the first is met before the second though it stands behind it, `look` at
the end of each look, and one line for each announcement (`said|text`), until it is ended.
"""

from __future__ import annotations

import importlib
import itertools
import threading
import time
from collections.abc import Iterator
from typing import Any

_DEEPEST = 30
_HANDLE = 8
"""Pixels: what is no wider is the handle between two panels, which nobody reads."""


def walk(thing: Any, depth: int = 0) -> Iterator[str]:
    """This thing and all below it."""
    yield f"{thing.getRoleName()}|{thing.name}|{_text(thing)}"
    if depth < _DEEPEST:
        for child in thing:
            if child is not None:
                yield from walk(child, depth + 1)


def _text(thing: Any) -> str:
    try:
        return str(thing.queryText().getText(0, -1)).replace("\n", " ")
    except NotImplementedError:
        return ""


def misplaced(thing: Any, depth: int = 0) -> Iterator[str]:
    """Neighbours whose order is not that of the screen: from above, from left to right."""
    children = [child for child in thing if child is not None and _stands(child)]
    for first, second in itertools.pairwise(children):
        one, other = _place(first), _place(second)
        below = other.y >= one.y + one.height or one.y >= other.y + other.height
        if other.y < one.y if below else other.x < one.x and not _meet(one, other):
            yield f"order|{first.name}|{second.name}"
    if depth < _DEEPEST:
        for child in children:
            yield from misplaced(child, depth + 1)


def _stands(thing: Any) -> bool:
    shown = thing.getState().contains(importlib.import_module("pyatspi").STATE_SHOWING)
    try:
        place = _place(thing)
        return bool(shown and min(place.width, place.height) > _HANDLE)
    except NotImplementedError:
        return False


def _place(thing: Any) -> Any:
    return thing.queryComponent().getExtents(0)


def _meet(one: Any, other: Any) -> bool:
    return bool(other.x + other.width > one.x and one.x + one.width > other.x)


def _look(desktop: Any, gone: type[Exception]) -> None:
    while True:
        for program in desktop:
            try:
                if program is not None and "candor" in (program.name or "").lower():
                    print("\n".join((*walk(program), *misplaced(program), "look")), flush=True)
            except gone:  # it went away while it was read
                continue
        time.sleep(1)


def _said(event: Any) -> None:
    print(f"said|{event.any_data}", flush=True)


def main() -> None:
    """Look and listen."""
    pyatspi, glib = (importlib.import_module(n) for n in ("pyatspi", "gi.repository.GLib"))
    registry = pyatspi.Registry
    registry.registerEventListener(_said, "object:announcement")
    arguments = (registry.getDesktop(0), glib.GError)
    threading.Thread(target=_look, args=arguments, daemon=True).start()
    registry.start()


if __name__ == "__main__":
    main()
