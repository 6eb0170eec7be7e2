"""The table of actions in docs/window.md, made from the table in the code.

`python -m tests.action_table` writes it anew; tests/test_docs.py keeps it current.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from agent.settings import Settings
from desktop.window.commands.table import WINDOW_ACTIONS
from desktop.window.commands.types import ActionGroup, WindowAction
from perception.startup import start_private

PAGE = Path(__file__).parents[1] / "docs" / "window.md"
BEGIN, END = "<!-- actions: python -m tests.action_table -->\n", "<!-- actions end -->\n"


def page() -> str:
    """The whole page with the table as it should be."""
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{''.join(_lines())}{END}{after}"


def _lines() -> Iterator[str]:
    for group in ActionGroup:
        yield f"\n**{group.value}**\n\n| action | key |\n|---|---|\n"
        yield from (_line(action) for action in WINDOW_ACTIONS if action.group is group)
    yield "\n"


def _line(action: WindowAction) -> str:
    keys = ", ".join(action.keys_with(Settings()))
    setting = " (a setting)" if action.setting else ""
    return f"| {action.english.removesuffix('…')} | {keys}{setting} |\n"


if __name__ == "__main__":
    start_private()
    PAGE.write_text(page(), encoding="utf-8")
