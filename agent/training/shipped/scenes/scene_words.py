"""What composed scenes are made of, and how one speaks of them: scenes.toml as values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec

COUNTS = {"en": ("no", "one", "two", "three"), "zh": ("零", "一", "两", "三")}


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways to ask one thing, those kept for the held-out part, and ways to answer."""

    ask: tuple[str, ...]
    ask_held_out: tuple[str, ...]
    answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextFact:
    """A fact on a text in view; the last way to ask is kept for the held-out part."""

    line: str
    values: str
    ask: tuple[str, ...]
    answer: str
    zh_ask: tuple[str, ...]
    zh_answer: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A kind of text in view, and the facts that it may tell."""

    name: str
    split: str
    heads: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """What no recogniser tells, by split: questions, each with its indirect form."""

    thing: dict[str, tuple[tuple[str, str], ...]]
    person: dict[str, tuple[tuple[str, str], ...]]
    temperature: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Words:
    """All of scenes.toml; `things` are labels with their Chinese names, by split."""

    things: dict[str, dict[str, str]]
    notices: tuple[Notice, ...]
    facts: dict[str, TextFact]
    orders: dict[str, tuple[str, ...]]
    ways: dict[str, dict[str, Ways]]
    absent: dict[str, Absent]
    unseen: dict[str, dict[str, tuple[str, ...]]]


@cache
def words() -> Words:
    """The words, read once."""
    data = resources.files("agent.training.shipped.scenes").joinpath("scenes.toml").read_bytes()
    return msgspec.toml.decode(data, type=Words)
