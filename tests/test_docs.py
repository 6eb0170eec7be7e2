"""The pages for developers agree with the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import action_table, events_table, keyboard_table

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PACKAGES = ("desktop", "agent", "safety", "perception", "benchmarks")
_LINK = re.compile(r"\]\(([^)#]+?)(?:#[^)]*)?\)")
_PLACE = re.compile(rf"`((?:{'|'.join(PACKAGES)}|tests)/[\w./]*)`")
PAGES = sorted([*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
FOR_DEVELOPERS = ("architecture", "extending", "glossary", "develop")


def test_the_table_of_events_is_new() -> None:
    """Where it is not: `python -m tests.events_table`."""
    assert events_table.PAGE.read_text("utf-8") == events_table.page()


def test_the_table_of_actions_is_new() -> None:
    """Where it is not: `python -m tests.action_table`."""
    assert action_table.PAGE.read_text("utf-8") == action_table.page()


def test_stories_by_keyboard_are_those_of_the_tests() -> None:
    """Where they are not: `python -m tests.keyboard_table`."""
    assert keyboard_table.PAGE.read_text("utf-8") == keyboard_table.page()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    links = _LINK.findall(page.read_text("utf-8"))
    inside = [link for link in links if not link.startswith(("http", "mailto"))]
    assert not [link for link in inside if not (page.parent / link).exists()]


@pytest.mark.parametrize("name", FOR_DEVELOPERS)
def test_named_files_are_there(name: str) -> None:
    named = _PLACE.findall((DOCS / f"{name}.md").read_text("utf-8"))
    # `mine.py` is what the reader writes.
    wanted = [place for place in named if not place.endswith("/mine.py")]
    assert not [place for place in wanted if not (ROOT / place).exists()]


def test_the_architecture_names_every_folder() -> None:
    text = (DOCS / "architecture.md").read_text("utf-8")
    folders = {
        str(file.parent.relative_to(ROOT))
        for package in PACKAGES
        for file in (ROOT / package).glob("**/__init__.py")
    }
    upper = sorted(folder for folder in folders if folder.count("/") <= 1)
    assert upper and not [folder for folder in upper if f"`{folder}/`" not in text]
