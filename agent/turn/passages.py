"""Which parts of the texts that came with a question the model reads, and what was left out.

A text that fits is read whole. Of a longer one: its beginning, and the parts that are closest to
the question, by words and by meaning; where the question is about all of it, parts from all over.
What was left out is said openly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass

from agent.attached_text import AttachedText
from agent.codes import AgentCode
from agent.memory.closeness import closeness
from agent.tools.reading.likeness import words_of
from perception.fusion import ATTACHED
from perception.hedges import tokens
from perception.messages import Notice, notice
from perception.types import Evidence, Where
from safety.rules import SentenceEncoder

PART_TOKENS = 150
"""About so long is a part: three to six sentences."""
_LETTERS = 3 * PART_TOKENS
_HALF = 0.5
_COMPARED = 64
"""So many parts are compared by meaning; of more, those that share the most words."""
_TOGETHER = 8
"""Texts in a step of the encoder: some 50 ms, after which one may stop."""
_AGAIN = 16
"""Parts that are compared for a question without a text of its own."""
_LONGEST = 400
_SOME = 3
_SENTENCE_END = re.compile(r"[.!?]\s+|[。！？；]|\s+")
_WHOLE = re.compile(
    r"\b(?:summar\w+|overview|outline|gist|tl;?dr|main points?|key points?|takeaways?|in short"
    r"|what(?:'s| is| are)? (?:this|that|it|the text|these)(?: \w+)? about|translat\w+|proofread"
    r"|shorten|rewrite|rephrase|improve|title for|headline|(?:read|review) (?:this|it|that))\b"
    r"|总结|概括|概述|摘要|大意|要点|主要内容|讲了什么|说了什么|关于什么|翻译|润色|改写|缩写|标题",
    re.I,
)
_OF_WHOLE = {
    "en": "What is this text about? Summarise it briefly.",
    "zh": "这段文字讲了什么？请简要概括。",
}
"""What is asked about a text that was sent without a word."""

Finding = Generator[None, None, tuple[tuple[Evidence, ...], tuple[Notice, ...]]]
"""The evidence, and what to tell of it; a step each time one may stop."""


@dataclass(frozen=True, slots=True)
class TextPart:
    """A part of a text: its number in it from 1, and its range of characters."""

    text: AttachedText
    number: int
    start: int
    end: int

    @property
    def words(self) -> str:
        """What stands in it."""
        return self.text.text[self.start : self.end]

    def evidence(self) -> Evidence:
        """This part, still without a number to cite."""
        where = Where(self.text.title, page=self.number, span=(self.start, self.end))
        return Evidence(0, ATTACHED, self.words, where, 1.0)


def asked_without_words(language: str) -> str:
    """The question about a text that was sent alone."""
    return _OF_WHOLE[language]


def parts_of(text: AttachedText) -> list[TextPart]:
    """The text in parts that end where a paragraph, a line or a sentence does."""
    found = list[TextPart]()
    start = place = 0
    size = 0.0
    for line in _pieces(text.text):
        cost = tokens(line) if line.strip() else 0.0
        paragraph = not line.strip() and size > PART_TOKENS * _HALF
        if start < place and (paragraph or size + cost > PART_TOKENS):
            found.append(TextPart(text, len(found) + 1, start, place))
            start, size = place, 0.0
        place += len(line)
        size += cost
    if text.text[start:].strip():
        found.append(TextPart(text, len(found) + 1, start, len(text.text)))
    return [part for part in found if part.words.strip()]


def choose(
    texts: Sequence[AttachedText],
    words: str,
    room: int,
    count: Callable[[str], int],
    encoder: SentenceEncoder | None,
) -> Finding:
    """The parts of these texts that fit into `room` tokens, in their order."""
    every = [parts_of(text) for text in texts]
    parts = [part for of_text in every for part in of_text]
    if _fit(parts, room, count) == parts:
        return tuple(part.evidence() for part in parts), ()
    about_all = bool(_WHOLE.search(words)) or not words_of(words)
    scores = dict[TextPart, float]()
    if not about_all:
        scores = yield from _scores(parts, words, encoder, _COMPARED)
    near = sorted((p for p in parts if scores.get(p, 0) >= 1), key=lambda p: -scores[p])
    begin = [of_text[0] for of_text in every if of_text]
    if near:
        order = [*begin, *near, *sorted(parts, key=lambda p: -scores.get(p, 0))]
    else:
        some = sorted(scores, key=lambda p: -scores[p])[:_SOME]
        order = [*begin, *some, *_spread(parts, room // PART_TOKENS)]
    taken = set(_fit(list(dict.fromkeys(order)), room, count))
    code = AgentCode.TEXT_PARTS_CLOSEST if near else AgentCode.TEXT_PARTS_SPREAD
    told = tuple(_told(code, of_text, taken) for of_text in every if not taken.issuperset(of_text))
    return tuple(part.evidence() for part in parts if part in taken), told


def again(
    texts: Sequence[AttachedText],
    words: str,
    read: Sequence[Evidence],
    *,
    room: int,
    count: Callable[[str], int],
    encoder: SentenceEncoder | None,
) -> tuple[Evidence, ...]:
    """Parts of texts that came earlier in the chat, where a question speaks of what they hold.

    What the model still reads from then is left out.
    """
    if not words_of(words):
        return ()
    known = {(item.where.source, item.where.span) for item in read if item.kind == ATTACHED}
    every = (part for text in texts for part in parts_of(text))
    parts = [part for part in every if (part.text.title, (part.start, part.end)) not in known]
    scoring = _scores(parts, words, encoder, _AGAIN)
    while True:
        try:
            next(scoring)
        except StopIteration as end:
            scores: dict[TextPart, float] = end.value
            break
    near = sorted((p for p in scores if scores[p] >= 1), key=lambda p: -scores[p])
    taken = set(_fit(near, room, count))
    return tuple(part.evidence() for part in parts if part in taken)


def _pieces(text: str) -> Iterator[str]:
    """The lines of a text; longer ones in sentences, and what has none in words or anyhow."""
    for line in text.splitlines(keepends=True):
        start = 0
        while len(line) - start > _LETTERS or tokens(line[start:]) > PART_TOKENS:
            room = _LETTERS
            while tokens(line[start : start + room]) > PART_TOKENS:
                room = room * 2 // 3
            ends = [m.end() for m in _SENTENCE_END.finditer(line, start, start + room)]
            sentences = [e for e in ends if not line[start:e].rstrip()[-1:].isalnum()]
            cut = (sentences or ends or [start + room])[-1]
            yield line[start:cut]
            start = cut
        if start < len(line):
            yield line[start:]


def _scores(
    parts: Sequence[TextPart], words: str, encoder: SentenceEncoder | None, most: int
) -> Generator[None, None, dict[TextPart, float]]:
    """How close each part is to the words; of many, only those that share the most words."""
    yield
    candidates = _sharing(parts, words, most)
    if encoder is None:
        return {part: closeness(words, part.words) for part in candidates}
    asked = encoder.embed([words[:_LONGEST]])[0]
    scores = dict[TextPart, float]()
    for start in range(0, len(candidates), _TOGETHER):
        few = candidates[start : start + _TOGETHER]
        meant = encoder.embed([part.words[:_LONGEST] for part in few])
        for part, vector in zip(few, meant, strict=True):
            scores[part] = closeness(words, part.words, float(asked @ vector))
        yield
    return scores


def _sharing(parts: Sequence[TextPart], words: str, most: int) -> list[TextPart]:
    """At most so many parts: those that hold the most of the rarer words."""
    if len(parts) <= most:
        return list(parts)
    wanted = [word.casefold() for word in words_of(words)]
    folded = [part.words.casefold() for part in parts]
    held = {word: sum(word in text for text in folded) for word in wanted}
    worth = [sum(1 / held[word] for word in wanted if word in text) for text in folded]
    best = sorted(range(len(parts)), key=lambda place: -worth[place])[:most]
    return [parts[place] for place in sorted(best)]


def _spread(parts: Sequence[TextPart], number: int) -> list[TextPart]:
    """So many parts at even distances."""
    number = max(1, min(number, len(parts)))
    return [parts[place * len(parts) // number] for place in range(number)]


def _fit(parts: Sequence[TextPart], room: int, count: Callable[[str], int]) -> list[TextPart]:
    """As many of the parts, in this order, as the room holds."""
    taken, left = list[TextPart](), room
    for part in parts:
        cost = count(part.words) + _NAME_TOKENS
        if cost > left:
            break
        taken.append(part)
        left -= cost
    return taken


_NAME_TOKENS = 20
"""What the name of a part costs, and the marks of its lines."""


def _told(code: AgentCode, parts: Sequence[TextPart], taken: set[TextPart]) -> Notice:
    read = sum(part in taken for part in parts)
    return notice(code, title=parts[0].text.title, read=read, all=len(parts))
