"""Questions that one changed word, name or year puts beyond what a page tells."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

from agent.training.shipped.data.abstaining import abstain

_SWAPS = {
    "designed": "repaired", "architect": "owner", "founded": "closed down", "founder": "treasurer",
    "opened": "torn down", "widened": "painted", "directed": "produced", "director": "cameraman",
    "discovered": "first sold", "discoverer": "owner", "passed": "rewritten",
    "mayor": "deputy mayor",
    "studied": "taught", "president": "vice president", "head office": "canteen",
    "released": "first reviewed", "come out": "win a prize", "inhabitants": "horses",
    "population": "area", "leads": "owns", "children over 12": "babies", "profit": "tax",
    "warranty": "rental contract", "eggs": "onions", "sugar": "salt", "flour": "cocoa",
    "exported": "imported", "largest": "smallest", "most famous": "oldest", "biggest": "smallest",
    "melt": "freeze", "main food": "favourite drink", "first book": "last book",
    "first tower": "second tower", "lifespan": "wingspan", "lays": "loses", "budget": "insurance",
    "leading part": "smallest part", "red light": "green light", "married": "engaged",
    "vehicles": "bicycles", "students": "cats", "professors": "gardeners", "long": "wide",
    "peace": "war", "surveyed": "measured", "born": "baptised", "buried": "honoured",
    "proposed": "translated", "customer number": "tax number", "railway": "tram",
    "late fee": "discount", "oven": "fridge", "market": "fair", "charter": "coat of arms",
}  # fmt: skip
_WRONG_NAME = (
    "When was it that {a} {did}?",
    "Why was it {a} who {did}?",
    "Where was {a} when {a} {did}?",
    "For what reason {a} {did}, does it say why?",
)
_NOT_THAT_NAME = (
    "The text does not say that {a} {did}; that was {b} [1].",
    "It was {b} who {did}, not {a}, so I cannot tell [1].",
    "I cannot tell; according to the text {b} {did} [1].",
    "That is not what it says: {b} {did}, not {a} [1]. The rest is not mentioned.",
)


def other_word(rng: random.Random, asked: str) -> tuple[str, str] | None:
    """The question with one word changed, and an answer that declines it."""
    found = [word for word in _SWAPS if f" {word}" in asked]
    if not found:
        return None
    word = rng.choice(found)
    return asked.replace(f" {word}", f" {_SWAPS[word]}", 1), abstain(rng, "en")


def other_name(rng: random.Random, did: Mapping[str, str]) -> tuple[str, str] | None:
    """Of two people on the page, what the one did is asked of the other.

    `did` has what each did ("paid for it").
    """
    if len(did) < 2:
        return None
    a, b = rng.sample(list(did), 2)
    asked = rng.choice(_WRONG_NAME).format(a=a, did=did[b])
    return asked, rng.choice(_NOT_THAT_NAME).format(a=a, b=b, did=did[b])


def other_year(rng: random.Random, years: list[int], text: str) -> tuple[str, str] | None:
    """What happened in a year that the page does not name."""
    if not years:
        return None
    year = str(rng.choice(years) + rng.choice((-20, -9, -4, -1, 1, 3, 8, 15)))
    if year in text:
        return None
    return f"What happened in {year}?", abstain(rng, "en", f"what happened in {year}")


def added_year(
    rng: random.Random, asked: str, years: list[int], text: str
) -> tuple[str, str] | None:
    """The question with a year that has nothing to do with it."""
    year = str(rng.choice(years or [1900]) + rng.choice((-31, -12, -6, -2, 2, 7, 10, 25)))
    if year in text or asked.startswith(("When", "In what year", "In which year", "What year")):
        return None
    return f"{asked[:-1]} in {year}?", abstain(rng, "en")


def negated(rng: random.Random, asked: str, subject: str) -> tuple[str, str] | None:
    """What is not so, which a page seldom says."""
    if f"{subject} " not in asked or not asked.startswith(("Wh", "In wh", "On wh", "How")):
        return None
    return asked.replace(f"{subject} ", f"{subject} not ", 1), abstain(rng, "en")


_OPPOSITES = (
    "first last", "largest smallest", "highest lowest", "oldest youngest", "longest shortest",
    "earliest latest", "best worst", "most least", "more fewer", "major minor", "main secondary",
    "increase decrease", "north south", "northern southern", "east west", "eastern western",
    "import export", "imports exports", "imported exported", "simple complex", "cause prevent",
    "causes prevents", "caused prevented", "advantages disadvantages", "benefits dangers",
    "benefit harm", "advantage drawback", "begin end", "began ended", "start stop",
    "started stopped", "buy sell", "bought sold", "won lost", "win lose", "born buried",
    "common rare", "hot cold", "summer winter", "modern ancient", "good bad", "new old",
    "positive negative", "used forbidden", "famous unknown", "king queen", "father mother",
    "brother sister", "husband wife", "son daughter", "city village", "American British",
    "French German", "Italian Spanish", "Russian Chinese", "men women", "male female",
    "before after", "inside outside", "above below", "day night", "early late", "rich poor",
    "strong weak", "fast slow", "light heavy", "easy difficult", "allowed forbidden",
    "accept reject", "accepted rejected", "support oppose", "supported opposed", "join leave",
    "joined left", "attack defend", "attacked defended", "created destroyed", "made broken",
    "built demolished", "opened closed", "founded dissolved", "discovered forgotten",
    "invented banned", "live die", "lives died", "teach learn", "taught learned", "gain lose",
    "similar different", "similarities differences", "inner outer", "upper lower",
    "public private", "always never", "internal external", "higher lower", "larger smaller",
    "popular unpopular", "healthy unhealthy", "legal illegal", "safe dangerous",
)  # fmt: skip
_AGAINST = dict(
    pair for both in map(str.split, _OPPOSITES) for pair in ((both[0], both[1]), (both[1], both[0]))
)
_NEGATABLE = re.compile(r"\b(is|are|was|were|can|could|should|will|would)\b (?=\w)")


def opposite(rng: random.Random, asked: str, text: str) -> str | None:
    """The question with one word turned into its opposite, which the text does not use."""
    found = [
        word for word in re.findall(r"\w+", asked)
        if word in _AGAINST and not re.search(rf"\b{_AGAINST[word]}\b", text, re.IGNORECASE)
    ]  # fmt: skip
    if not found:
        return None
    word = rng.choice(found)
    return re.sub(rf"\b{word}\b", _AGAINST[word], asked, count=1)


def denied(asked: str, text: str) -> str | None:
    """The question with a "not", where the text denies nothing."""
    if re.search(r"\b(?:not|no|never)\b|n['’]t\b", f"{asked} {text}"):
        return None
    negated, count = _NEGATABLE.subn(r"\1 not ", asked, count=1)
    return negated if count and not asked.startswith(("Is", "Are", "Can", "Do")) else None


def renamed(rng: random.Random, asked: str, text: str, names: Sequence[str]) -> str | None:
    """The question with a name that the text does not have in the place of one."""
    mine = re.findall(r"(?<=\w )[A-Z][a-z]+(?: [A-Z][a-z]+)*", asked)
    others = [name for name in names if name not in text and name not in asked]
    if not mine or not others:
        return None
    return asked.replace(rng.choice(mine), rng.choice(others), 1)
