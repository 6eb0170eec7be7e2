"""The table of stories in docs/accessibility.md, made from those that the tests play.

`python -m tests.keyboard_table` writes it anew; tests/test_docs.py keeps it current.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from perception.startup import start_private
from tests.desktop.keyboard_stories import STORIES

PAGE = Path(__file__).parents[1] / "docs" / "accessibility.md"
BEGIN, END = "<!-- stories: python -m tests.keyboard_table -->\n", "<!-- stories end -->\n"


def page() -> str:
    """The whole page with the table as it should be."""
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{''.join(_lines())}{END}{after}"


def _lines() -> Iterator[str]:
    yield "\n| what | keys | how many |\n|---|---|---|\n"
    for story in STORIES:
        yield f"| {story.title} | {', '.join(story.keys)} | {story.count} |\n"
    yield "\n"


if __name__ == "__main__":
    start_private()
    PAGE.write_text(page(), encoding="utf-8")
