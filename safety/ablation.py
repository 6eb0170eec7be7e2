"""Which words decided: a block is judged again without words of the text, until it is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safety.explain import STRENGTH
from safety.guard import Guard
from safety.types import Circumstance, DecidingWords, Verdict

MOST_WORDS = 3
MOST_SHARE = 0.15
"""At most so many words are shown, or so much of the text where that is more; else all of it."""
MOST_READ = 400
"""Words of a text that are tried; of a longer one those at its beginning and its end."""

WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff]{1,2}|[^\W_\u3040-\u30ff\u3400-\u9fff]+(?:['’-][^\W_]+)*"
)
_TRIED = 4
"""The strongest single words, of which the second is looked for behind each."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Decision:
    """What was decided of the whole text: how strongly, and by which rules and categories."""

    guard: Guard
    text: str
    circumstance: Circumstance
    strength: int
    causes: frozenset[tuple[str, str]]

    def without(self, spans: Sequence[Span]) -> tuple[bool, float]:
        """Whether the decision stands without these words, and how near it then comes."""
        verdict = self.guard.judge(removed(self.text, spans), self.circumstance)
        return STRENGTH[verdict.action] >= self.strength, nearness(verdict, self.causes)


def deciding_words(guard: Guard, text: str, circumstance: Circumstance) -> tuple[Span, ...]:
    """The places of the words without which the guard would not have acted as it did.

    What a rule found at a place is that place, where it suffices. The whole text is `((0,
    len(text)),)`; empty is a text that the guard lets pass.
    """
    verdict = guard.judge(text, circumstance)
    causes = fired(verdict)
    if not STRENGTH[verdict.action] or not causes:
        return ()
    decision = _Decision(guard, text, circumstance, STRENGTH[verdict.action], causes)
    words = [match.span() for match in WORD.finditer(text)]
    most = max(MOST_WORDS, int(len(words) * MOST_SHARE))
    found = [f.span for f in verdict.why.findings if f.span and (f.rule, f.category) in causes]
    placed = [word for word in words if any(_meets(word, span) for span in found)]
    if placed and len(placed) <= most and not decision.without(placed)[0]:
        return _joined(text, placed)
    chosen = _fewest(decision, _tried(words), most)
    return _joined(text, chosen) if chosen else ((0, len(text)),)


def deciding(guard: Guard, text: str, circumstance: Circumstance) -> DecidingWords | None:
    """The same as words, for an explanation; None where nothing was decided."""
    spans = deciding_words(guard, text, circumstance)
    if not spans:
        return None
    if spans == ((0, len(text)),):
        return DecidingWords((), whole=True)
    return DecidingWords(tuple(text[start:end] for start, end in spans))


def fired(verdict: Verdict) -> frozenset[tuple[str, str]]:
    """The rules and categories that took effect."""
    return frozenset((f.rule, f.category) for f in verdict.why.findings if f.fired)


def nearness(verdict: Verdict, causes: frozenset[tuple[str, str]]) -> float:
    """How near the nearest of these comes to its threshold, which is 1."""
    return max(
        (
            f.score / max(f.threshold, 1e-6)
            for f in verdict.why.findings
            if (f.rule, f.category) in causes
        ),
        default=0.0,
    )


def removed(text: str, spans: Sequence[Span]) -> str:
    """The text without these places."""
    kept, at = [], 0
    for start, end in sorted(spans):
        kept.append(text[at:start])
        at = max(at, end)
    return re.sub(r"  +", " ", "".join((*kept, text[at:]))).strip()


def _fewest(decision: _Decision, words: list[Span], most: int) -> list[Span]:
    """The fewest words that decide; empty where more than `most` would be needed."""
    single = sorted((decision.without([word])[1], word) for word in words)
    for _, word in single[:_TRIED]:
        if not decision.without([word])[0]:
            return [word]
    for _, first in single[:_TRIED]:
        found = _greedy(decision, words, [first], most)
        if found:
            return _needed(decision, found)
    return []


def _greedy(decision: _Decision, words: list[Span], begun: list[Span], most: int) -> list[Span]:
    """Take the word away without which it comes least near, again and again, until it falls."""
    chosen = list(begun)
    while len(chosen) < most:
        left = [word for word in words if word not in chosen]
        tried = [(decision.without([*chosen, word]), word) for word in left]
        if not tried:
            return []
        (stands, _), word = min(tried, key=lambda each: (each[0][0], each[0][1]))
        chosen.append(word)
        if not stands:
            return chosen
    return []


def _needed(decision: _Decision, chosen: list[Span]) -> list[Span]:
    """Without those words that it falls without anyway."""
    for word in list(chosen):
        fewer = [each for each in chosen if each != word]
        if fewer and not decision.without(fewer)[0]:
            chosen = fewer
    return chosen


def _tried(words: list[Span]) -> list[Span]:
    half = MOST_READ // 2
    return words if len(words) <= MOST_READ else [*words[:half], *words[-half:]]


def _meets(word: Span, span: Span) -> bool:
    return word[0] < span[1] and span[0] < word[1]


def _joined(text: str, words: Sequence[Span]) -> tuple[Span, ...]:
    """Words that stand beside one another as one place."""
    return tuple(_runs(text, sorted(words)))


def _runs(text: str, words: list[Span]) -> Iterator[Span]:
    start, end = words[0]
    for first, last in words[1:]:
        if text[end:first].strip():
            yield start, end
            start = first
        end = last
    yield start, end
