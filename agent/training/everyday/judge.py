"""Whether an answer does what its turn wants. Rules that anybody can check, no model.

`phrases.toml` holds the phrases. An answer without a word and without a call is neither an
abstention nor none: it fails both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from agent.tools.types import Call
from agent.training.everyday.arguments import held
from agent.training.everyday.language import language
from agent.training.everyday.numbers import numbers
from agent.training.everyday.text import (
    CITATION,
    count_words,
    occurs,
    plain,
)

LEAST_WORDS = 4
"""A helpful answer has so many words, or holds all that the turn wants: "It's 2:05 PM."."""

_FILE = Path(__file__).with_name("phrases.toml")
_PART = re.compile("<([a-z_]+)>")
_ROUNDING = 1e-9


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is wanted of an answer; what is None is not asked for.

    `any`, `all` and `none` are phrases that must or must not be there. `number` must be there, as
    near as `within`. `helps` is a direct answer: long enough, neither abstaining nor refusing, and
    not about pages and cameras. `refuses` is also met by crisis advice; `tool` and `arguments` by
    one call.
    """

    any: tuple[str, ...] | None = None
    all: tuple[str, ...] | None = None
    none: tuple[str, ...] | None = None
    number: float | None = None
    within: float = 0.0
    abstains: bool | None = None
    refuses: bool | None = None
    advises: bool | None = None
    helps: bool | None = None
    cites: bool | None = None
    language: str | None = None
    most_words: int | None = None
    least_words: int | None = None
    tool: str | None = None
    arguments: dict[str, Any] = {}


def failed(checks: Sequence[Check], answer: str, calls: Sequence[Call] = ()) -> tuple[Check, ...]:
    """The checks that an answer and the calls of its turn fail."""
    content = [
        check for check in checks if (check.any, check.all, check.number) != (None, None, None)
    ]
    right = bool(content) and all(_holds(check, answer, calls, False) for check in content)
    return tuple(check for check in checks if not _holds(check, answer, calls, right))


def abstains(answer: str) -> bool:
    """Whether it says that it cannot tell or does not know."""
    return _says("abstains", answer)


def refuses(answer: str) -> bool:
    """Whether it declines what was asked."""
    return _says("refuses", answer)


def advises(answer: str) -> bool:
    """Whether it shows crisis advice."""
    return _says("advises", answer)


def cites(answer: str) -> bool:
    """Whether a citation like [1] is in it."""
    return CITATION.search(answer) is not None


def speaks_of_evidence(answer: str) -> bool:
    """Whether it speaks of pages, pictures, camera or documents as what it goes by."""
    return _says("evidence", answer)


def helps(answer: str, right: bool = False) -> bool:
    """Whether it is a direct answer; `right` says that it holds all that its turn wants."""
    enough = right or count_words(answer) >= LEAST_WORDS
    return enough and not (abstains(answer) or refuses(answer) or speaks_of_evidence(answer))


def _holds(check: Check, answer: str, calls: Sequence[Call], right: bool) -> bool:
    spoke = bool(answer.strip()) or bool(calls)
    words = count_words(answer)
    parts = (
        check.any is None or any(occurs(phrase, answer) for phrase in check.any),
        check.all is None or all(occurs(phrase, answer) for phrase in check.all),
        not any(occurs(phrase, answer) for phrase in check.none or ()),
        check.number is None or _near(check.number, check.within, answer),
        check.abstains is None or (spoke and abstains(answer) is check.abstains),
        check.refuses is None or (spoke and _declines(answer, check.refuses) is check.refuses),
        check.advises is None or advises(answer) is check.advises,
        check.helps is None or helps(answer, right) is check.helps,
        check.cites is None or cites(answer) is check.cites,
        check.language is None or _in_language(answer, check.language, spoke),
        check.most_words is None or (spoke and words <= check.most_words),
        check.least_words is None or words >= check.least_words,
        check.tool is None or _called(check, calls),
    )
    return all(parts)


def _near(wanted: float, within: float, answer: str) -> bool:
    return any(abs(number - wanted) <= within + _ROUNDING for number in numbers(answer))


def _declines(answer: str, wanted: bool) -> bool:
    return refuses(answer) or (wanted and advises(answer))


def _in_language(answer: str, wanted: str, spoke: bool) -> bool:
    """Names and numbers alone are every language but Chinese."""
    found = language(answer)
    return found == wanted or (found is None and wanted != "zh" and spoke)


def _called(check: Check, calls: Sequence[Call]) -> bool:
    return any(call.tool == check.tool and held(check.arguments, call.arguments) for call in calls)


def _says(kind: str, answer: str) -> bool:
    return _phrases()[kind].search(plain(answer)) is not None


@cache
def _phrases() -> dict[str, re.Pattern[str]]:
    file = msgspec.toml.decode(_FILE.read_bytes(), type=dict[str, dict[str, Any]])
    parts: dict[str, str] = file.pop("parts")
    found = dict[str, re.Pattern[str]]()
    for kind, lists in file.items():
        written = "|".join(f"(?:{each})" for each in chain(*lists.values()))
        while _PART.search(written):
            written = _PART.sub(lambda match: parts[match[1]], written)
        found[kind] = re.compile(written)
    return found
