"""Claims about what is in view, against what is in view. Precise rather than eager.

It checks what can be checked without understanding: cited numbers, quoted text, figures that
are said to be read, and how many people or things there are. A sentence that doubts, denies or
asks claims nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from perception.types import Evidence
from safety.rules import Rule, RuleDeclaration, RuleSource
from safety.text.view import (
    COUNTED,
    number_of,
    seen_counts,
    singular,
)
from safety.types import Circumstance, Finding

SCENE = frozenset({"text", "person", "thing", "code", "tag", "caption", "quality"})
PLACE = "place"
"""Facts of the place where Candor stands: every figure of an answer is held to them."""

_CITED = re.compile(r"(?<![\w\])])\[(\d{1,3})\](?![(\w])")
_READS = re.compile(
    r"\b(?:says?|said|reads?|written|writes?|label\w*|text|titled?|sign|shows?|showing|printed|"
    r"display\w*|states?|contains?|expir\w*|prices?|costs?|brand)\b|写着|显示|标签|印着|上面|价格"
)
_QUOTED = re.compile(
    r"\"([^\"\n]{2,200})\"|“([^”\n]{2,200})”|「([^」\n]{2,200})」|\*\*([^*\n]{2,80})\*\*"
)
_FIGURE = re.compile(r"(?<![\w.,])\d+(?:[.,:/-]\d+)*(?![\w]*\])")
_OPEN = re.compile(
    r"\?\s*$|？\s*$|\b(?:cannot|can't|could not|couldn't|don't|do not|doesn't|not|no way|unclear|"
    r"maybe|perhaps|might|may be|possibly|probably|seems?|looks? like|likely|unsure|if|would|could|"
    r"example|usually|typically|generally|often)\b|不能|看不|没有|可能|也许|似乎|好像|如果|不确定|通常"
)
_VIEW = re.compile(
    r"\b(?:i (?:can )?see|there (?:is|are)|there's|in view|"
    r"in (?:the|this|your) (?:picture|image|photo|frame|scene)|"
    r"(?:picture|image|photo|scene|camera) (?:shows?|has|contains?)|you are holding|"
    r"on the (?:table|desk|left|right))\b|看到|图中|画面|照片里|图片里"
)
_ONLY = re.compile(r"\b(?:only|exactly|just|total of|in total)\b|只有|一共|总共")
_NOBODY = re.compile(
    r"\b(?:nobody|no one|no people|no person)\b[^.]*\b(?:in view|picture|image|there)\b"
)
_ENOUGH = 0.7


def claims(text: str) -> bool:
    """Whether a sentence claims something; one that doubts, denies or asks does not."""
    return not _OPEN.search(text.lower())


class Grounding:
    """Marks claims on `out` that the evidence does not hold. Without a scene it says nothing."""

    name = "grounding"

    def check(self, text: str, circumstance: Circumstance) -> Iterator[Finding]:
        """Citations, quotations, figures and counts that are not in the evidence."""
        evidence = circumstance.evidence
        if circumstance.direction != "out" or not evidence:
            return
        yield from self._citations(text, {item.id for item in evidence})
        kinds = {item.kind for item in evidence}
        plain = text.lower()
        if kinds & SCENE:
            yield from self._seen(text, plain, circumstance)
        elif PLACE in kinds and not _OPEN.search(plain):
            held = _held(evidence, circumstance.words)
            yield from (replace(found, category="fact") for found in self._figures(text, held))

    def _seen(self, text: str, plain: str, circumstance: Circumstance) -> Iterator[Finding]:
        """What is claimed of a scene."""
        evidence = circumstance.evidence
        if _NOBODY.search(plain):
            yield from self._empty(evidence)
        if _OPEN.search(plain):
            return
        held = _held(evidence, circumstance.words)
        place = any(item.kind == PLACE for item in evidence)
        if place or _READS.search(plain) or _CITED.search(text):
            yield from self._quotations(text, held)
            yield from self._figures(text, held)
        if _VIEW.search(plain):
            yield from self._counts(plain, evidence, _only(plain))

    def _citations(self, text: str, ids: set[int]) -> Iterator[Finding]:
        for match in _CITED.finditer(text):
            score = 0.0 if int(match[1]) in ids else 1.0
            note = f"It cites [{match[1]}]."
            yield Finding(self.name, "citation", match.span(), score, 0.5, note)

    def _quotations(self, text: str, held: str) -> Iterator[Finding]:
        for match in _QUOTED.finditer(text):
            quote = next(group for group in match.groups() if group)
            score = round(1.0 - _share(quote, held), 3)
            # Half of a quotation read wrongly is common with OCR; the rest must be there.
            yield Finding(self.name, "quote", match.span(), score, 0.5, "It quotes text.")

    def _figures(self, text: str, held: str) -> Iterator[Finding]:
        outside = _QUOTED.sub(lambda m: " " * len(m[0]), _CITED.sub(_blank, text))
        figures = set(re.findall(r"\d+", held))
        for match in _FIGURE.finditer(outside):
            parts = re.findall(r"\d+", match[0])
            if len("".join(parts)) < 2:
                continue
            there = sum(part in figures or part.lstrip("0") in figures for part in parts)
            score = round(0.8 * (1.0 - there / len(parts)), 3)
            yield Finding(self.name, "number", match.span(), score, 0.5, "It names a figure.")

    def _counts(self, plain: str, evidence: Sequence[Evidence], only: bool) -> Iterator[Finding]:
        seen = seen_counts(evidence)
        told = " ".join(
            item.text.lower() for item in evidence if item.kind in ("caption", "text", "tag")
        )
        for match in COUNTED.finditer(plain):
            noun = singular(match["noun"])
            claimed = number_of(match["count"])
            if claimed is None or noun in told or match["noun"] in told:
                continue
            there = seen.get(noun, 0)
            wrong = claimed > there or (only and claimed < there)
            note = f"It counts {claimed} where {there} were seen."
            score = 0.8 if wrong else 0.0
            yield Finding(self.name, "count", match.span(), score, 0.5, note)

    def _empty(self, evidence: Sequence[Evidence]) -> Iterator[Finding]:
        if there := seen_counts(evidence).get("person", 0):
            note = f"It says that nobody is there where {there} were seen."
            yield Finding(self.name, "count", None, 0.8, 0.5, note)


def _held(evidence: Sequence[Evidence], words: str) -> str:
    return " ".join([*(item.text for item in evidence if item.kind != "quality"), words]).lower()


def _only(plain: str) -> bool:
    return bool(_ONLY.search(plain))


def _share(quote: str, held: str) -> float:
    """How much of a quotation the evidence holds, 0 to 1, forgiving OCR's spaces and marks."""
    bare = re.sub(r"[\W_]+", "", quote.lower())
    pool = re.sub(r"[\W_]+", "", held)
    if not bare or bare in pool:
        return 1.0
    width = min(4, len(bare))
    grams = [bare[i : i + width] for i in range(len(bare) - width + 1)]
    share = sum(gram in pool for gram in grams) / len(grams)
    return 1.0 if share >= _ENOUGH else share


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _load(source: RuleSource) -> Rule:
    return Grounding()


RULE = RuleDeclaration("grounding", "Match with what was seen", _load)
