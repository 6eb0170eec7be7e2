"""docs/events.md, made from the code: `python -m tests.events_table` writes it anew."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from agent.commands import COMMANDS
from agent.events import EVENTS
from perception.audio.ipc.messages import EARS_TO_MIND, FROM_EARS, MIND_TO_EARS, TO_EARS

PAGE = Path(__file__).parents[1] / "docs" / "events.md"
_HEAD = """\
# Commands and events

Every message between the processes, made from the code by `python -m tests.events_table`; a test
fails where this page is stale. They travel as msgpack frames (`perception/wire.py`), and
`candor --trace FILE` writes those of a run as JSON lines. How the processes stand to each other is
in [architecture.md](architecture.md).
"""
_DIRECTION = re.compile(r"^[A-Z]\w+ to \w+: ")


def page() -> str:
    """The whole page as Markdown."""
    from_window = [kind for kind in TO_EARS if kind not in MIND_TO_EARS]
    to_window = [kind for kind in FROM_EARS if kind not in EARS_TO_MIND]
    sections = (
        ("Window to mind", COMMANDS),
        ("Mind to window", EVENTS),
        ("Window to ears", from_window),
        ("Ears to window", to_window),
        ("Mind to ears", MIND_TO_EARS),
        ("Ears to mind", EARS_TO_MIND),
    )
    return _HEAD + "".join(_section(title, kinds) for title, kinds in sections)


def _section(title: str, kinds: Iterable[type]) -> str:
    lines = [f"\n## {title}\n", "| name | fields | what it is |", "|---|---|---|"]
    lines += (f"| `{kind.__name__}` | {_fields(kind)} | {_summary(kind)} |" for kind in kinds)
    return "\n".join(lines) + "\n"


def _fields(kind: type) -> str:
    return "<br>".join(_each_field(kind)) or "–"


def _each_field(kind: type) -> Iterator[str]:
    for field in dataclasses.fields(kind):
        written = str(field.type).replace("|", "\\|")
        yield f"`{field.name}`: {written}"


def _summary(kind: type) -> str:
    """The first line of its docstring, without the direction that the section tells."""
    first = (inspect.getdoc(kind) or "").partition("\n")[0]
    text = _DIRECTION.sub("", first)
    return (text[:1].upper() + text[1:]).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
