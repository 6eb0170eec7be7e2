"""Counting what was seen and what a sentence says was seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from perception.types import Evidence

_NUMBERS = {"a": 1, "an": 1, "single": 1, "both": 2} | {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
}
_PEOPLE = {
    "person", "people", "persons", "man", "men", "woman", "women", "face", "faces", "child",
    "children", "boy", "boys", "girl", "girls", "adult", "adults", "人",
}  # fmt: skip
_THINGS = (
    "cat", "dog", "bird", "horse", "cow", "sheep", "elephant", "bear", "zebra", "giraffe", "car",
    "truck", "bus", "bicycle", "motorcycle", "airplane", "train", "boat", "chair", "couch",
    "sofa", "table", "bed", "laptop", "keyboard", "phone", "book", "clock", "bottle", "cup",
    "mug", "fork", "knife", "spoon", "bowl", "banana", "apple", "orange", "pizza", "cake",
    "ball", "umbrella", "backpack", "handbag", "suitcase", "tie", "shoe", "hat", "camera",
    "bench", "vase", "scissors", "toothbrush",
)  # fmt: skip
_IRREGULAR = {"people": "person", "men": "person", "women": "person", "children": "person"}
_NOUNS = "|".join(
    sorted(
        {*_PEOPLE, *_THINGS, *(f"{thing}s" for thing in _THINGS), "buses", "couches", "knives"},
        key=len,
        reverse=True,
    )
)
COUNTED = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{'|'.join(w for w in _NUMBERS if w.isascii() and len(w) > 2)})\s+"
    rf"(?:(?!and\b|or\b|of\b|with\b|in\b|on\b)[a-z]+\s+){{0,2}}?(?P<noun>{_NOUNS})\b(?!'s)"
)
"""A number of something that a picture can hold: groups `count` and `noun`."""

_LEADING = re.compile(r"^\s*(\d{1,3}|[a-z]+)\s+(.*)$")


def number_of(word: str) -> int | None:
    """The number that `word` says, or None."""
    return int(word) if word.isdigit() else _NUMBERS.get(word)


def singular(noun: str) -> str:
    """One name for a kind: people of any sort are `person`."""
    if noun in _PEOPLE:
        return "person"
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun in ("knives",):
        return "knife"
    if noun.endswith(("ses", "ches")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def seen_counts(evidence: Sequence[Evidence]) -> Counter[str]:
    """How many of each kind the evidence holds; an item may itself say a number ("2 people")."""
    counts: Counter[str] = Counter()
    for item in evidence:
        if item.kind not in ("person", "thing"):
            continue
        text = item.text.lower()
        number, rest = 1, text
        if (match := _LEADING.match(text)) and (said := number_of(match[1])) is not None:
            number, rest = said, match[2]
        kinds = (
            {"person"} if item.kind == "person" else {*map(singular, re.findall(r"[a-z]+", rest))}
        )
        for kind in kinds:
            counts[kind] += number
    return counts
