"""A safety rule in one file, with its policy text: an answer in capitals is marked.

Put it into `safety/rules/` as `shouting.py` with its `shouting_rule.toml`, or install it as a
package of its own with this in pyproject.toml; the name must be the rule's:

    [project.entry-points."candor.rule"]
    shouting = "shouting_rule:RULE"

It works at once. What it does is in `shouting_rule.toml`; a `policy.toml` of the user's that names
the rule replaces that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from safety.rules import Rule, RuleDeclaration, RuleSource
from safety.types import Circumstance, Finding

NAME = "shouting"
_WORDS = re.compile(r"[^\W\d_]{2,}")
_FEWEST = 4


class Shouting:
    """Scores a text by the share of its words that are in capitals; see `safety.rules.Rule`."""

    name = NAME

    def check(self, text: str, circumstance: Circumstance) -> Iterator[Finding]:
        """One finding for the whole text; short texts may be names or signs."""
        words = _WORDS.findall(text)
        if len(words) < _FEWEST:
            return
        share = sum(word.isupper() for word in words) / len(words)
        yield Finding(NAME, "capitals", None, share, 0.5, "The share of words in capitals.")


def _load(source: RuleSource) -> Rule:
    return Shouting()


RULE = RuleDeclaration(NAME, "Shouting", _load, Path(__file__).with_name("shouting_rule.toml"))
