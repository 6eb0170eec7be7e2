"""A screen reader's eyes and ears, run by the system's Python, which has pyatspi.

Prints one line for each thing of Candor's window (`role|name|text`) at each look, a second apart,
and one for each announcement (`said|text`), until it is ended.
"""

from __future__ import annotations

import importlib
import threading
import time
from collections.abc import Iterator
from typing import Any

_DEEPEST = 30


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


def _look(desktop: Any, gone: type[Exception]) -> None:
    while True:
        for program in desktop:
            try:
                if program is not None and "candor" in (program.name or "").lower():
                    print("\n".join(walk(program)), flush=True)
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
