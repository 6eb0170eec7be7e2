"""Questions about real passages, made by rule: those that they answer, and twisted ones.

A passage is the answer of an instruction pair. Where a sentence has a known form ("X was founded
in 1997 by Y"), it gives a question; one word of it changed gives a question without an answer.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.training.shipped.data.abstaining import abstain
from agent.training.shipped.pages import twists
from agent.training.shipped.types import Exchange
from perception.fusion import describe, evidence
from perception.types import Reading

_SENTENCE = re.compile(r"(?<=[a-z0-9)%”’'][a-z0-9)%”’'][.!?])\s+(?=[A-Z])")
_VERBS = {
    "founded": "dissolved", "born": "buried", "built": "demolished", "established": "abolished",
    "created": "destroyed", "discovered": "lost", "invented": "banned", "released": "withdrawn",
    "published": "translated", "introduced": "removed", "written": "burned", "opened": "closed",
    "developed": "sold", "directed": "financed", "designed": "repaired", "launched": "stopped",
    "formed": "broken up", "produced": "rejected", "named": "renamed", "elected": "dismissed",
    "married": "divorced", "signed": "broken", "completed": "damaged", "won": "lost",
}  # fmt: skip
_PASSIVE = re.compile(
    r"^(?P<x>(?:The |A |An )?[A-Z][\w’' .&-]{2,45}?) (?P<be>was|were|is|are) (?P<verb>"
    + "|".join(_VERBS)
    + r")\b(?P<rest>[^;]*)"
)
_YEAR = re.compile(r"\b(?:in|since|until|of) (1[4-9]\d\d|20[0-2]\d)\b", re.IGNORECASE)
_BY = re.compile(r"\bby ((?:[A-Z][\w’'-]+ ?(?:and |of |de )?){1,4})")
_PLACE = re.compile(r"\bin ((?:[A-Z][a-zA-Z’'-]+,? ?){1,3})")
_COUNT = re.compile(r"\b(\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten) ([a-z]{4,}s)\b")
_NAME = re.compile(r"(?<=[a-z,] )((?:[A-Z][a-z]{2,} ){1,2}[A-Z][a-z]{2,})\b")
_IS = re.compile(
    r"^(?P<x>(?:The |An? )?[A-Z][\w’' -]{2,35}?) (?P<be>is|are|was|were) (?:an?|the|one) "
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STOP = _words(
    "what who when where which why how does do did is are was were the a an of in on to for and "
    "or with from that this their there have has can could your you they it its be by as at some "
    "me give tell list name would should about between many much"
)
_ROOM = 1000
_GENERAL = ("What does it say", "What happened", "How many")
_DENIED = 0.3
"""Few: a denied question is rarely good English."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with the instruction that it answers."""

    asked: str
    text: str


def passages(pairs: Sequence[tuple[str, str]]) -> list[Passage]:
    """The pairs whose answer reads like a page."""
    read = [Passage(asked, " ".join(answer.split())) for asked, answer in pairs]
    return [
        passage
        for passage in read
        if 220 < len(passage.text) < 1000
        and passage.text[0].isupper()
        and passage.text.count(". ") >= 2
        and not re.search(r"```| I | [-•*] |\d\. [A-Z]|Step \d", passage.text)
    ]


def groups(rng: random.Random, found: Sequence[Passage], number: int) -> Iterator[list[Exchange]]:
    """For each passage its questions; they share all words before the question."""
    order = list(found)
    rng.shuffle(order)
    for passage in order:
        told = list(_told(passage))
        if not told or number <= 0:
            continue
        other = _near(rng, passage, found)
        data = shown(rng, passage)
        rng.shuffle(told)
        unique = {asked: (asked, answer, accepted) for asked, answer, accepted in told[:4]}
        made = [*_untold(rng, passage, other), *_changed(rng, passage, told, other)]
        untold = list({item[0]: item for item in made}.values())
        if not untold:
            continue
        kept = [*list(unique.values())[:3], *rng.sample(untold, min(4, len(untold)))]
        number -= 1
        yield [Exchange("passage", data, *item) for item in kept]


def shown(rng: random.Random, passage: Passage) -> str:
    """The data lines of a page that holds the passage."""
    title = " ".join(word for word in passage.asked.split()[:6]).strip("?.! ")
    reading = Reading(rng.choice((title, "document", "notes.txt", "page")), (passage.text,), 0.0)
    return describe(evidence(None, None, (reading,)), most_tokens=_ROOM)


Made = tuple[str, str, tuple[str, ...]]


def _told(passage: Passage) -> Iterator[Made]:
    """Questions that the passage answers, with its own sentence as the answer."""
    for sentence in _SENTENCE.split(passage.text):
        if not _fits(sentence):
            continue
        yield from _passive(sentence)
        if (year := _YEAR.search(sentence)) and passage.text.count(year.group(1)) == 1:
            yield f"What happened in {year.group(1)}?", _cited(sentence), (sentence,)
        if count := _COUNT.search(sentence):
            yield f"How many {count.group(2)} are mentioned?", _cited(sentence), (count.group(1),)
        if (name := _NAME.search(sentence)) and passage.text.count(name.group(1)) == 1:
            yield f"What does it say about {name.group(1)}?", _cited(sentence), (sentence,)
        form = _IS.match(sentence)
        if form and not _words(form["x"].lower()) & (_POINTING | _JOINING):
            yield f"What {form['be']} {_lower(form['x'])}?", _cited(sentence), (sentence,)


def _passive(sentence: str) -> Iterator[Made]:
    form = _PASSIVE.match(sentence)
    if form is None or form["x"].split()[0].lower() in _POINTING:
        return
    x, be, verb, rest = _lower(form["x"]), form["be"], form["verb"], form["rest"]
    if year := _YEAR.search(rest):
        short = f"{form['x']} {be} {verb} in {year.group(1)} [1]."
        yield f"When {be} {x} {verb}?", short, (year.group(1),)
        yield f"In what year {be} {x} {verb}?", short, (year.group(1),)
    if by := _BY.search(rest):
        who = by.group(1).strip()
        if year:
            both = f"{form['x']} {be} {verb} by {who} in {year.group(1)} [1]."
            yield f"Who {be} {x} {verb} by in {year.group(1)}?", both, (who,)
        yield f"Who {be} {x} {verb} by?", f"{form['x']} {be} {verb} by {who} [1].", (who,)
    if (place := _PLACE.search(rest)) and place.group(1).split()[0].rstrip(",") not in _MONTHS:
        where = place.group(1).strip(" ,")
        yield f"Where {be} {x} {verb}?", f"{form['x']} {be} {verb} in {where} [1].", (where,)


_POINTING = _words("it this there here these those some they he she that what one")
_JOINING = _words("and but or if when while although though because since so as even however")
_MONTHS = _words(
    "January February March April May June July August September October November December"
)


def _untold(rng: random.Random, passage: Passage, other: Passage | None) -> Iterator[Made]:
    """Questions that it does not answer: twisted ones, and those of a near passage."""
    for sentence in _SENTENCE.split(passage.text):
        form = _PASSIVE.match(sentence)
        if form and form["x"].lower() not in _POINTING:
            yield from _twisted(rng, form, passage)
            if other is not None:
                yield from _swapped(rng, form, passage, other)
    if years := _YEAR.findall(passage.text):
        year = str(int(rng.choice(years)) + rng.choice((-11, -7, -3, 2, 5, 13)))
        if year not in passage.text and int(year) < 2024:
            yield f"What happened in {year}?", abstain(rng, "en", f"what happened in {year}"), ()
    if other is not None:
        yield from _strange(rng, passage, other)


def _twisted(rng: random.Random, form: re.Match[str], passage: Passage) -> Iterator[Made]:
    """The question of a passive sentence, for what was done to it besides."""
    x, be, verb = _lower(form["x"]), form["be"], form["verb"]
    if (twisted := _VERBS[verb]) not in passage.text:
        ask = rng.choice((f"When {be} {x} {twisted}?", f"Who {be} {x} {twisted} by?"))
        yield ask, abstain(rng, "en", f"{ask.split()[0].lower()} {x} {be} {twisted}"), ()
    if not _YEAR.search(passage.text):
        yield f"In what year {be} {x} {verb}?", abstain(rng, "en", f"when {x} {be} {verb}"), ()


def _changed(
    rng: random.Random, passage: Passage, told: Sequence[Made], other: Passage | None
) -> Iterator[Made]:
    """Its own questions, each with one word, name or "not" that puts it beyond what it tells."""
    names = _NAME.findall(other.text) if other is not None else []
    own = [passage.asked] if passage.asked.rstrip().endswith("?") else []
    for asked in (*own, *(made[0] for made in told if not made[0].startswith(_GENERAL))):
        for changed in (
            twists.opposite(rng, asked, passage.text),
            twists.denied(asked, passage.text) if rng.random() < _DENIED else None,
            twists.renamed(rng, asked, passage.text, names),
        ):
            if changed is not None and len(changed) < 120:
                yield changed, abstain(rng, "en"), ()


def _strange(rng: random.Random, passage: Passage, other: Passage) -> Iterator[Made]:
    """What the other passage answers."""
    if other.asked.rstrip().endswith("?") and len(other.asked) < 100:
        yield other.asked, abstain(rng, "en"), ()
    if names := [name for name in _NAME.findall(other.text) if name not in passage.text]:
        name = rng.choice(names)
        ways = (
            f"It does not mention {name}.",
            f"Nothing: {name} is not mentioned.",
            abstain(rng, "en", f"anything about {name}"),
        )
        yield f"What does it say about {name}?", rng.choice(ways), ()


def _swapped(
    rng: random.Random, form: re.Match[str], passage: Passage, other: Passage
) -> Iterator[Made]:
    """The question of a passive sentence, for somebody else or with another year."""
    be, verb = form["be"], form["verb"]
    names = [name for name in _NAME.findall(other.text) if name not in passage.text]
    if names:
        name = rng.choice(names)
        ask = rng.choice((f"When {be} {name} {verb}?", f"Who {be} {name} {verb} by?"))
        yield ask, abstain(rng, "en", f"anything about {name}"), ()
    if year := _YEAR.search(form["rest"]):
        wrong = str(int(year.group(1)) + rng.choice((-10, -3, 1, 4, 12)))
        if wrong not in passage.text:
            yield f"Who {be} {_lower(form['x'])} {verb} by in {wrong}?", abstain(rng, "en"), ()


def _near(rng: random.Random, passage: Passage, found: Sequence[Passage]) -> Passage | None:
    """Another passage on something alike, whose question this one does not answer."""
    mine, words = _content(passage.asked), _content(passage.text)
    best: list[tuple[int, float, Passage]] = []
    for other in rng.sample(found, min(400, len(found))):
        asked = _content(other.asked)
        shared = len(asked & words)
        if other is passage or not asked or shared == len(asked) or asked & mine == asked:
            continue
        if _content(other.text.split(". ")[0]) <= words:
            continue
        best.append((shared, rng.random(), other))
    # The nearest may be answered by chance; one of the next is near enough.
    best.sort(key=lambda item: item[:2], reverse=True)
    return rng.choice(best[1:6])[2] if len(best) > 6 else None


def _fits(sentence: str) -> bool:
    return 5 <= len(sentence.split()) <= 32 and sentence.endswith(".") and "[" not in sentence


def _cited(sentence: str) -> str:
    return f"{sentence[:-1]} [1]."


def _content(text: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"[a-z]{3,}", text.lower()) if w not in _STOP)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text.startswith(("The ", "A ", "An ")) else text
