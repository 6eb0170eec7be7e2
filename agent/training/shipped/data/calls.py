"""Utterances with the calls that they ask for, and others that ask for none."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from agent.tools.types import (
    Call,
    Parameter,
    Tool,
    Value,
    written,
)
from agent.training.shipped.types import HELD_OUT, TRAIN, Exchange

_KINDS = frozenset(("string", "integer", "number", "boolean", "array"))
MOST_TOOLS = 10


@dataclass(frozen=True, slots=True)
class ToolPhrases:
    """A tool with what users say to it."""

    tool: Tool
    split: str
    say: dict[str, tuple[str, ...]]
    """By language, and `held_out`."""
    values: dict[str, tuple[str, ...]]
    zh_values: dict[str, tuple[str, ...]]


@cache
def taught() -> tuple[ToolPhrases, ...]:
    """All tools of tools.toml."""
    text = Path(__file__).with_name("tools.toml").read_text(encoding="utf-8")
    return tuple(_taught(table) for table in tomllib.loads(text)["tools"])


def _taught(table: dict[str, object]) -> ToolPhrases:
    parameters = tuple(_parameter(str(text)) for text in _list(table["parameters"]))
    tool = Tool(str(table["name"]), str(table["description"]), parameters)
    say = {name: tuple(map(str, _list(table[key])))
           for name, key in (("en", "say"), ("zh", "zh"), (HELD_OUT, "held_out"))}  # fmt: skip
    values, zh = (_values(table.get(key, {})) for key in ("values", "zh_values"))
    return ToolPhrases(tool, str(table.get("split", TRAIN)), say, values, values | zh)


def _list(found: object) -> list[object]:
    return list(found) if isinstance(found, list) else []


def _values(found: object) -> dict[str, tuple[str, ...]]:
    table = found if isinstance(found, dict) else {}
    return {str(name): tuple(str(text).split("|")) for name, text in table.items()}


def _parameter(text: str) -> Parameter:
    name, kind = text.split(":")
    required, kind = not kind.endswith("?"), kind.rstrip("?")
    if kind in _KINDS:
        return Parameter(name, kind, (), required)
    return Parameter(name, "string", tuple(kind.split("|")), required)


def toolset(
    rng: random.Random, split: str, must: Sequence[ToolPhrases] = ()
) -> tuple[ToolPhrases, ...]:
    """Some tools as a chat may have them, in any order; `must` are among them."""
    known = [t for t in taught() if split in (t.split, HELD_OUT)]
    rest = [t for t in known if t not in must]
    number = max(0, rng.randint(2, MOST_TOOLS) - len(must))
    chosen = [*must, *rng.sample(rest, min(number, len(rest)))]
    rng.shuffle(chosen)
    return tuple(chosen)


def examples(
    rng: random.Random, tools: Sequence[ToolPhrases], split: str, number: int, chinese: float = 0.2
) -> Iterator[Exchange]:
    """Utterances to these tools."""
    shown = tuple(t.tool for t in tools)
    for _ in range(number):
        one = rng.choice(tools)
        # Tools that are trained have no Chinese words kept apart.
        speaks = one.say["zh"] and one.split == split
        language = "zh" if speaks and rng.random() < chinese else "en"
        texts = one.say[language]
        if split == HELD_OUT and language == "en":
            texts = one.say[HELD_OUT] if one.split == TRAIN else (*texts, *one.say[HELD_OUT])
        words, arguments = _uttered(rng, rng.choice(texts), one, language)
        call = Call(one.tool.name, arguments)
        yield Exchange("call", "", words, written(call), (written(call),), shown)


def _uttered(
    rng: random.Random, text: str, one: ToolPhrases, language: str
) -> tuple[str, dict[str, Value]]:
    """The utterance with its values, and the arguments in the order of the signature."""
    text, _, fixed = text.partition(" => ")
    given: dict[str, str | list[str]] = {}
    for pair in filter(None, fixed.split(", ")):
        name, _, value = pair.partition("=")
        given[name] = value
    values = one.zh_values if language == "zh" else one.values
    kinds = {p.name: p for p in one.tool.parameters}

    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        if kinds.get(name) is not None and kinds[name].kind == "array":
            items = rng.sample(values[name], rng.randint(1, min(3, len(values[name]))))
            given[name] = items
            return _joined(items, language)
        spoken, _, meant = rng.choice(values[name]).partition("=")
        given[name.removesuffix("_zh")] = meant or spoken
        return spoken

    words = re.sub(r"\{(\w+)\}", fill, text)
    arguments = {p.name: _typed(p, given[p.name]) for p in one.tool.parameters if p.name in given}
    return words[:1].upper() + words[1:], arguments


def _typed(parameter: Parameter, value: str | list[str]) -> Value:
    if isinstance(value, list):
        return value
    if parameter.kind == "integer":
        return int(value)
    if parameter.kind == "number":
        number = float(value)
        return int(number) if number.is_integer() else number
    return value == "true" if parameter.kind == "boolean" else value


def _joined(items: Sequence[str], language: str) -> str:
    last, comma = ("和", "、") if language == "zh" else (" and ", ", ")
    return last.join(filter(None, (comma.join(items[:-1]), items[-1])))
