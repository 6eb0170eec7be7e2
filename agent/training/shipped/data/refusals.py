"""Refusals in the manner of safety/policy.toml, beside harmless questions that look alike."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

from agent.training.shipped.types import Exchange
from safety.policy_file import load_policy
from safety.registry import rule_names


def examples(rng: random.Random) -> Iterator[Exchange]:
    """All of refusals.toml, in random order; the policy's own words are the refusal."""
    tables = _tables("agent.training.shipped.data", "refusals.toml")
    openings = {table["language"]: table["say"] for table in tables["openings"]}
    made = list[Exchange]()
    for table in tables["harmful"]:
        category, language = table["category"], table["language"]
        headline, alternative = _policy()[category, language]
        gap = " " if language == "en" else ""
        for words in table["ask"]:
            ways = openings[language] if category == "crime" else (headline,)
            made.append(Exchange("refusal", "", words, f"{rng.choice(ways)}{gap}{alternative}"))
    made += [
        Exchange("harmless", "", table["ask"], table["answer"]) for table in tables["harmless"]
    ]
    heavy = tables["heavy"]
    made += [Exchange("heavy", "", words, rng.choice(heavy["answer"])) for words in heavy["ask"]]
    rng.shuffle(made)
    yield from made


@cache
def _policy() -> dict[tuple[str, str], tuple[str, str]]:
    """Headline and alternative by category and language."""
    return {
        (entry.category, language): (entry.headline[language], entry.alternative[language])
        for entry in load_policy(None, rule_names()).entries
        if entry.rule == "classifier" and not entry.profile and entry.alternative
        for language in entry.headline
    }


def _tables(package: str, name: str) -> dict[str, Any]:
    text = resources.files(package).joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)
