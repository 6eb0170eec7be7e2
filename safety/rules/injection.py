"""Orders hidden in pictures, documents and sensors.

The defence is structural and stands elsewhere: such text is marked as data, goes to the model
without a control token, and can start nothing. This rule tells the user what was tried.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import msgspec

from safety.rules import Rule, RuleDeclaration, RuleSource
from safety.text.control import (
    hidden_text,
    invisible,
    markers,
    strip_control,
)
from safety.types import Circumstance, Finding

__all__ = ["Injection", "strip_control"]

_FILE = Path(__file__).with_name("orders.toml")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{24,4000}={0,2}(?![A-Za-z0-9+/])")
_SPACED = re.compile(r"\b(?:\w[ .\-_*]){4,}\w\b")
_MOST = 20_000
"""Characters looked at in one piece; longer texts are looked at in overlapping pieces."""
_LOOKALIKES = str.maketrans(
    "аеорсухіѕԁԛһјκοαρενικτ0134578@$!",
    "aeopcyxisdqhjkoapevikt" + "oieastb" + "asi",
)


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns that speak for an order with the same weight (0 to 1)."""

    kind: str
    weight: float
    patterns: tuple[str, ...]


class Orders(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The pattern file."""

    order: tuple[Order, ...]


class Injection:
    """Scores a text by the orders it holds: weights combine as independent evidence (noisy or)."""

    name = "injection"

    def __init__(self, file: Path = _FILE) -> None:
        orders = msgspec.toml.decode(file.read_bytes(), type=Orders).order
        self._orders = [
            (order.kind, order.weight, re.compile("|".join(order.patterns), re.I | re.M))
            for order in orders
        ]

    def check(self, text: str, circumstance: Circumstance) -> Iterator[Finding]:
        """At most one finding for the orders and one for hidden or control characters."""
        yield from self._orders_in(text)
        unseen = hidden_text(text)
        if unseen:
            note = "It holds writing that no one can see."
            yield Finding(self.name, "control", None, 0.95, 0.5, note)
        elif markers(text):
            note = "It holds the markers by which a model tells its own orders from text."
            yield Finding(self.name, "control", None, 0.9, 0.5, note)
        elif (count := invisible(text)) > 2:
            note = f"It holds {count} invisible characters."
            yield Finding(self.name, "control", None, 0.55, 0.5, note)

    def _orders_in(self, text: str) -> Iterator[Finding]:
        best: tuple[float, tuple[str, ...], tuple[int, int] | None] = (0.0, (), None)
        for start in range(0, max(len(text), 1), _MOST - 400):
            piece = text[start : start + _MOST]
            for reading, exact in _readings(piece):
                score, kinds, span = self._score(reading)
                if score > best[0]:
                    place = (span[0] + start, span[1] + start) if span and exact else None
                    best = (score, kinds, place)
        if best[0] > 0.0:
            note = "Speaks like: " + ", ".join(best[1]) + "."
            yield Finding(self.name, "order", best[2], round(best[0], 3), 0.5, note)

    def _score(self, text: str) -> tuple[float, tuple[str, ...], tuple[int, int] | None]:
        doubt = 1.0
        kinds: list[str] = []
        span: tuple[int, int] | None = None
        heaviest = 0.0
        for kind, weight, pattern in self._orders:
            if match := pattern.search(text):
                doubt *= 1.0 - weight
                kinds.append(kind)
                if weight > heaviest:
                    heaviest, span = weight, match.span()
        return 1.0 - doubt, tuple(kinds), span


def _readings(text: str) -> Iterator[tuple[str, bool]]:
    """The text as it stands, and as it reads once disguises are undone."""
    yield text, True
    plain = unicodedata.normalize("NFKC", hidden_text(text) + text)
    plain = "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Mn"))
    if plain != text:
        yield plain, False
    folded = plain.lower().translate(_LOOKALIKES)
    if folded != plain.lower():
        yield folded, False
    joined = _SPACED.sub(lambda m: re.sub(r"[ .\-_*]", "", m[0]), plain)
    if joined != plain:
        yield joined, False
    for match in _BASE64.finditer(text):
        if decoded := _decoded(match[0]):
            yield decoded, False


def _decoded(text: str) -> str:
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return raw if raw.isprintable() else ""


def _load(source: RuleSource) -> Rule:
    return Injection()


RULE = RuleDeclaration("injection", "Hidden instructions", _load)
