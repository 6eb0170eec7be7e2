"""Invented pages with questions that they answer, and near ones that they do not.

The idea of near questions is that of SQuAD 2.0 (Rajpurkar, Jia and Liang 2018): the page holds an
answer of the right kind to another question (when it was closed, who built the other one).
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from agent.training.shipped.data.abstaining import abstain, other
from agent.training.shipped.data.values import filled, value
from agent.training.shipped.pages import twists
from agent.training.shipped.types import Exchange
from perception.fusion import describe, evidence
from perception.types import Reading

_OBJECTS = {"it": "it", "she": "her", "he": "him", "they": "them"}
_ROOM = 1000
"""Tokens for a page: more than a turn has, since here it is the page that is asked about."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a page may tell; the fields are those of documents.toml."""

    family: str
    say: tuple[str, ...]
    ask: tuple[str, ...]
    answer: str
    indirect: str
    values: str


@dataclass(frozen=True, slots=True)
class Domain:
    """One kind of page."""

    name: str
    split: str
    language: str
    subjects: tuple[str, ...]
    pronouns: tuple[str, str]
    topic: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's words: its subject, and what it tells."""

    domain: Domain
    words: dict[str, str]
    told: dict[int, str]
    beside: tuple[int, str, str] | None
    text: str


@cache
def domains() -> tuple[Domain, ...]:
    """All kinds of page."""
    found = list[Domain]()
    for file in ("documents.toml", "documents_zh.toml"):
        text = Path(__file__).with_name(file).read_text(encoding="utf-8")
        found += [_domain(table) for table in tomllib.loads(text)["domains"]]
    return tuple(found)


def _domain(table: dict[str, Any]) -> Domain:
    facts = tuple(
        Fact(family, tuple(say.split(" / ")), tuple(ask.split(" / ")), answer, indirect, values)
        for family, say, ask, answer, indirect, values in table["facts"]
    )
    first, second = table["pronouns"].split()
    return Domain(
        table["name"],
        table["split"],
        table.get("language", "en"),
        tuple(table["subjects"].split(" / ")),
        (first, second),
        table["topic"],
        facts,
    )


def pages(rng: random.Random, split: str, language: str, number: int) -> Iterator[list[Exchange]]:
    """For each of `number` pages its questions, which share all words before the question."""
    kinds = [d for d in domains() if d.split == split and d.language == language]
    for _ in range(number):
        page = _page(rng, rng.choice(kinds), split)
        second = _page(rng, rng.choice(kinds), split) if rng.random() < 0.15 else None
        yield _questions(rng, page, second, split)


def _page(rng: random.Random, domain: Domain, split: str) -> _Page:
    words = _subject(rng, domain, split)
    facts = rng.sample(range(len(domain.facts)), min(rng.randint(4, 8), len(domain.facts) - 2))
    told = {place: value(rng, domain.facts[place].values, split, domain.language)
            for place in facts if domain.facts[place].values != "-"}  # fmt: skip
    said = [_put(rng.choice(domain.facts[p].say), words, v) for p, v in told.items()]
    beside = None
    if domain.language == "en" and domain.name not in _PLAIN and rng.random() < 0.35:
        beside = _beside(rng, domain, split, words)
        if beside is not None:
            place, name, v = beside
            line = _put(domain.facts[place].say[0], {**words, "s": name, "p": name}, v)
            said.insert(rng.randint(0, len(said)), f"unlike {words['s']}, {name} has a page of its "
                        f"own; {line}" if rng.random() < 0.2 else line)  # fmt: skip
    return _Page(domain, words, told, beside, _prose(rng, domain, words, said))


_PLAIN = frozenset({"letter", "recipe", "medicine", "manual"})
"""Pages on one thing alone, which no other is set beside."""


def _beside(
    rng: random.Random, domain: Domain, split: str, words: dict[str, str]
) -> tuple[int, str, str] | None:
    """A fact about another subject on the same page."""
    name = _subject(rng, domain, split)["s"]
    places = [p for p, f in enumerate(domain.facts) if "{s}" in f.say[0] or "{p}" in f.say[0]]
    places = [p for p in places if "{o}" not in domain.facts[p].say[0]]
    if name == words["s"] or not places:
        return None
    place = rng.choice(places)
    return place, name, value(rng, domain.facts[place].values, split, domain.language)


def _subject(rng: random.Random, domain: Domain, split: str) -> dict[str, str]:
    subject = filled(rng, rng.choice(domain.subjects), split, domain.language)
    first, second = domain.pronouns
    if first == "she" and rng.random() < 0.5:
        first, second = "he", "his"
    return {"s": subject, "p": first, "o": second, "p_obj": _OBJECTS.get(first, first)}


def _put(template: str, words: dict[str, str], v: str) -> str:
    values = words | {"v": v, "S": _cap(words["s"]), "P": _cap(words["p"])}
    return template.format_map(values)


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]


def _prose(rng: random.Random, domain: Domain, words: dict[str, str], said: list[str]) -> str:
    if domain.language == "zh":
        opening = [f"{words['s']}是{domain.topic}"] if rng.random() < 0.5 else []
        return "。".join([*opening, *said]) + "。"
    sentences = list[str]()
    if domain.name not in _PLAIN and rng.random() < 0.8:
        sentences.append(f"{_cap(words['s'])} is {domain.topic}.")
    for line in said:
        if sentences and rng.random() < 0.2 and len(sentences[-1]) < 90:
            sentences[-1] = f"{sentences[-1][:-1]}, and {line}."
        else:
            sentences.append(f"{_cap(line)}.")
    return " ".join(sentences)


def _questions(rng: random.Random, page: _Page, second: _Page | None, split: str) -> list[Exchange]:
    readings = [Reading(_title(page), (page.text,), 0.0)]
    number = 1
    if second is not None:
        readings.insert(rng.randint(0, 1), Reading(_title(second), (second.text,), 0.0))
        number = 1 + readings.index(Reading(_title(page), (page.text,), 0.0))
    data = describe(evidence(None, None, readings), most_tokens=_ROOM)
    told = rng.sample(list(page.told), min(4, len(page.told)))
    examples = [_told(rng, page, place, data, number) for place in told]
    examples += [_untold(rng, page, place, data) for place in _missing(rng, page)]
    if page.domain.language == "en":
        if rng.random() < 0.5:
            examples.append(_stranger(rng, page, data, split))
        if number == 1 and second is None:
            examples += _twisted(rng, page, data)
    return examples


def _twisted(rng: random.Random, page: _Page, data: str) -> Iterator[Exchange]:
    """Up to two twisted questions; and, so that not each of that form is one, a straight one."""
    facts = page.domain.facts
    did = {
        v: say.removeprefix("{v} ").format_map(page.words | {"v": v})
        for place, v in page.told.items()
        for say in facts[place].say
        if say.startswith("{v} ") and facts[place].values == "person"
    }
    place = rng.choice(list(page.told))
    asked = _put(rng.choice(facts[place].ask), page.words, "")
    years = [int(v) for p, v in page.told.items() if facts[p].values.startswith("year")]
    made = [
        twists.other_word(rng, asked),
        twists.other_name(rng, did),
        twists.other_year(rng, years, page.text),
        twists.added_year(rng, asked, years, page.text),
        twists.negated(rng, asked, page.words["s"]),
    ]
    found = [twist for twist in made if twist is not None]
    for words, answer in rng.sample(found, min(2, len(found))):
        yield Exchange("document", data, words, answer)
    if years and rng.random() < 0.5:
        v, fact = next(
            (v, facts[p]) for p, v in page.told.items() if facts[p].values.startswith("year")
        )
        if page.text.count(v) == 1:
            answer = _cap(_put(fact.answer, page.words, v))
            yield Exchange("document", data, f"What happened in {v}?", f"{answer} [1].", (v,))


def _title(page: _Page) -> str:
    return _cap(page.words["s"]).replace("“", "").replace("”", "")


def _told(rng: random.Random, page: _Page, place: int, data: str, number: int) -> Exchange:
    fact, v = page.domain.facts[place], page.told[place]
    asked = _put(rng.choice(fact.ask), page.words, v)
    answer = _cap(_put(fact.answer, page.words, v))
    if page.domain.language == "zh":
        return Exchange("document", data, asked, f"{answer} [{number}]。", (v,))
    if rng.random() < 0.15 and len(v) > 3:
        answer = _cap(v)
    return Exchange("document", data, asked, f"{answer} [{number}].", (v,))


def _missing(rng: random.Random, page: _Page) -> list[int]:
    """Facts that are not told, those with a near one on the page first."""
    facts = page.domain.facts
    near = {facts[p].family for p in page.told}
    if page.beside:
        near.add(facts[page.beside[0]].family)
    untold = [p for p in range(len(facts)) if p not in page.told]
    rng.shuffle(untold)
    beside = page.beside[0] if page.beside else -1
    return sorted(untold, key=lambda p: (p != beside, facts[p].family not in near))[:2]


def _untold(rng: random.Random, page: _Page, place: int, data: str) -> Exchange:
    fact, language = page.domain.facts[place], page.domain.language
    asked = _put(rng.choice(fact.ask), page.words, "")
    indirect, near = _put(fact.indirect, page.words, ""), ""
    if page.beside and page.beside[0] == place:
        near = f"It only says that of {page.beside[1]} [1]."
    return Exchange("document", data, asked, other(rng, language, indirect, near))


def _stranger(rng: random.Random, page: _Page, data: str, split: str) -> Exchange:
    """A question about something of the same kind that the page does not speak of."""
    place = rng.choice(list(page.told))
    fact = page.domain.facts[place]
    words = _subject(rng, page.domain, split)
    asked = [a for a in fact.ask if "{s}" in a]
    if not asked or words["s"] in page.text or page.domain.name in _PLAIN:
        return _untold(rng, page, _missing(rng, page)[-1], data)
    answer = rng.choice(
        (
            f"The text does not speak of {words['s']}, so I cannot tell.",
            f"I cannot tell; this is about {page.words['s']}, not {words['s']} [1].",
            abstain(rng, "en", _put(fact.indirect, words, "").replace("it ", f"{words['s']} ", 1)),
        )
    )
    return Exchange("document", data, _put(rng.choice(asked), words, ""), answer)
