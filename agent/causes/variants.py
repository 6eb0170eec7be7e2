"""The message that the model read, as it would have been without some lines of its data."""

from __future__ import annotations

import re
from collections.abc import Collection

from agent.prompting.prompt import DATA_RULES

_QUOTED = "| "
_NUMBERED = re.compile(r"\| \[(\d{1,3})\] ")


def lines(prompt: str) -> dict[int, str]:
    """The numbered lines of the data in a message, by number; one may go over several lines."""
    found: dict[int, str] = {}
    for number, line in _parts(prompt):
        if number:
            found[number] = f"{found[number]}\n{line}" if number in found else line
    return found


def without(prompt: str, numbers: Collection[int]) -> str:
    """The message without these lines; without any data its rules go too."""
    kept = [line for number, line in _parts(prompt) if number not in numbers]
    if not any(line.startswith(_QUOTED) for line in kept):
        kept = [line for line in kept if line != DATA_RULES]
    return "\n".join(kept)


def _parts(prompt: str) -> list[tuple[int, str]]:
    """Each line with the number of the data that it belongs to, 0 for none.

    Numbers only grow: a line of a page that begins like one of them stays part of its page.
    """
    parts: list[tuple[int, str]] = []
    number = 0
    for line in prompt.split("\n"):
        if not line.startswith(_QUOTED):
            parts.append((0, line))
            continue
        found = _NUMBERED.match(line)
        if found and int(found[1]) > number:
            number = int(found[1])
        elif line.startswith(f"{_QUOTED}… "):
            number = 0
        parts.append((number, line))
    return parts
