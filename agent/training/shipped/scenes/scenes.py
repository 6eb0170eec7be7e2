"""Questions about composed scenes: what is there, where, how many, what it says or does not."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from agent.training.shipped.scenes.scene import ComposedScene, compose
from agent.training.shipped.scenes.scene_words import COUNTS, TextFact, words
from agent.training.shipped.types import HELD_OUT, Exchange
from perception.fusion import describe
from perception.hedges import counted

_ZH_PLACES = {"left": "左边", "middle": "中间", "right": "右边"}
_YES = {"en": ("yes", "there is", "maybe", "may be", "probably"), "zh": ("有",)}
_NO = {"en": ("no", "not", "don't", "nothing"), "zh": ("没有", "没看到")}
_NOBODY = {
    "en": ("no one", "nobody", "no people", "don't see", "0", "not"),
    "zh": ("没有", "没看到"),
}


def groups(rng: random.Random, split: str, language: str, number: int) -> Iterator[list[Exchange]]:
    """For each of `number` scenes some questions, which share all words before the question."""
    for _ in range(number):
        seen = compose(rng, split)
        data = describe(seen.found)
        asking = _Asking(rng, split, language, seen)
        made = [maker(asking) for maker in _MAKERS]
        found = [item for item in made if item is not None]
        rng.shuffle(found)
        # All that could be asked would be far too alike from scene to scene.
        told = [item for item in found if item[2]][:3]
        untold = [item for item in found if not item[2]][:2]
        yield [
            Exchange("scene", data, _smooth(asked), _smooth(answer), accepted)
            for asked, answer, accepted in [*told, *untold]
        ]


Made = tuple[str, str, tuple[str, ...]]
"""A question, an answer, and what is accepted; nothing where it cannot be told."""
_ROUGH = (("on the middle", "in the middle"), ("at the middle", "in the middle"))


def _smooth(text: str) -> str:
    for rough, smooth in _ROUGH:
        text = text.replace(rough, smooth)
    return re.sub(r"\b([Aa]) (?=[aeiou]\w)", r"\1n ", text)


@dataclass(frozen=True, slots=True)
class _Asking:
    """A scene to be asked about in one language, in the words of one split."""

    rng: random.Random
    split: str
    language: str
    seen: ComposedScene

    def way(self, key: str, **told: object) -> tuple[str, str]:
        """A question and its answer, worded in one of several ways."""
        ways = words().ways[self.language][key]
        asked = self.rng.choice(ways.ask_held_out if self.split == HELD_OUT else ways.ask)
        return asked.format(**told), self.rng.choice(ways.answer).format(**told)

    def unseen(self, key: str, **told: object) -> str:
        """A way to say that it is not seen."""
        return self.rng.choice(words().unseen[self.language][key]).format(**told)

    def name(self, label: str) -> str:
        """A thing in the language."""
        return label if self.language == "en" else words().things[self.split][label]

    def place(self, label: str) -> str:
        """Where a thing is."""
        place = self.seen.things[label]
        return place if self.language == "en" else _ZH_PLACES[place]

    def there(self) -> str:
        """One of the things that are there."""
        return self.rng.choice(list(self.seen.things))

    def elsewhere(self) -> str:
        """A thing that is not there."""
        names = words().things[self.split]
        return self.rng.choice([name for name in names if name not in self.seen.things])

    def ask(self, fact: TextFact) -> str:
        """A question for a fact on a text."""
        asks = fact.ask if self.language == "en" else fact.zh_ask
        return asks[-1] if self.split == HELD_OUT else self.rng.choice(asks[:-1])

    def ended(self, text: str, id: int) -> str:
        """A sentence with its citation."""
        return f"{text} [{id}]{'.' if self.language == 'en' else '。'}"


def _where(a: _Asking) -> Made | None:
    label = a.there()
    if label == a.seen.maybe:
        return None
    asked, answer = a.way(
        "where", x=a.name(label), place=a.place(label), n=a.seen.id("thing", label)
    )
    return asked, answer, (a.place(label),)


def _is_there(a: _Asking) -> Made | None:
    label = a.there()
    key = "maybe" if label == a.seen.maybe else "is_there"
    asked, answer = a.way(key, x=a.name(label), place=a.place(label), n=a.seen.id("thing", label))
    return asked, answer, _YES[a.language]


def _is_absent(a: _Asking) -> Made | None:
    asked, answer = a.way("absent", x=a.name(a.elsewhere()))
    return asked, answer, _NO[a.language]


def _at_place(a: _Asking) -> Made | None:
    place = a.seen.things[a.there()]
    there = [label for label, at in a.seen.things.items() if at == place]
    if len(there) > 1 or there[0] == a.seen.maybe or a.seen.people:
        return None
    name = a.name(there[0])
    asked, answer = a.way(
        "at_place", x=name, place=a.place(there[0]), n=a.seen.id("thing", there[0])
    )
    return asked, answer, (name,)


def _people(a: _Asking) -> Made | None:
    if not a.seen.people:
        asked, answer = a.way("nobody", n=a.seen.id("quality", "people"))
        return asked, answer, _NOBODY[a.language]
    count = COUNTS[a.language][a.seen.people]
    people = counted("person", a.seen.people)
    asked, answer = a.way("people", c=count, people=people, n=a.seen.id("person"))
    return asked, answer, (count, str(a.seen.people))


def _overview(a: _Asking) -> Made | None:
    if len(a.seen.things) > 3 or a.seen.maybe:
        return None
    english, parts = a.language == "en", list[str]()
    if a.seen.people:
        people = counted("person", a.seen.people) if english else f"{a.seen.people}个人"
        parts.append(f"{people} [{a.seen.id('person')}]")
    for label in a.seen.things:
        one = f"{'an' if label[0] in 'aeiou' else 'a'} {label}" if english else a.name(label)
        parts.append(f"{one} [{a.seen.id('thing', label)}]")
    if a.seen.text:
        parts.append(f"{'some text' if english else '一段文字'} [{a.seen.id('text')}]")
    asked, answer = a.way("overview", all=_joined(parts, a.language))
    return asked, answer, tuple(a.name(label) for label in a.seen.things)


def _joined(parts: Sequence[str], language: str) -> str:
    last, comma = (" and ", ", ") if language == "en" else ("和", "、")
    return last.join(filter(None, (comma.join(parts[:-1]), parts[-1])))


def _reads(a: _Asking) -> Made | None:
    if not a.seen.text:
        return None
    shown = " ".join(a.seen.text.splitlines())
    asked, answer = a.way("reads", text=shown, n=a.seen.id("text"))
    return asked, answer, (a.seen.text.splitlines()[0],)


def _tells(a: _Asking) -> Made | None:
    if not a.seen.told:
        return None
    name = a.rng.choice(list(a.seen.told))
    fact, v = words().facts[name], a.seen.told[name]
    answer = fact.answer if a.language == "en" else fact.zh_answer
    return a.ask(fact), a.ended(answer.format(v=v), a.seen.id("text", v)), (v,)


def _untold(a: _Asking) -> Made | None:
    """A fact that such a text often holds, and this one does not."""
    notice = next((n for n in words().notices if n.name == a.seen.notice), None)
    missing = [name for name in notice.facts if name not in a.seen.told] if notice else []
    if not missing:
        return None
    asked = a.ask(words().facts[a.rng.choice(missing)])
    return asked, a.unseen("text", n=a.seen.id("text")), ()


def _unseen(a: _Asking) -> Made | None:
    """What no recogniser says of a thing that is there: its colour, its owner, its age."""
    label = a.there()
    asked, of = a.rng.choice(words().absent[a.language].thing[a.split])
    name, id = a.name(label), a.seen.id("thing", label)
    return asked.format(x=name), a.unseen("thing", x=name, of=of.format(x=name), n=id), ()


def _unknown_person(a: _Asking) -> Made | None:
    if not a.seen.people:
        return None
    asked, of = a.rng.choice(words().absent[a.language].person[a.split])
    return asked, a.unseen("person", of=of, n=a.seen.id("person")), ()


def _no_text(a: _Asking) -> Made | None:
    """Asked to read where nothing can be read."""
    if a.seen.text:
        return None
    asked, _ = a.way("reads", text="", n=0)
    return asked, a.unseen("no_text", n=a.seen.id("quality", "text")), ()


def _asks_missing_thing(a: _Asking) -> Made | None:
    """Where is the ..., of something that is not there."""
    name = a.name(a.elsewhere())
    asked, _ = a.way("where", x=name, place="", n=0)
    return asked, a.unseen("no_thing", x=name), ()


def _senses(a: _Asking) -> Made | None:
    asked = a.rng.choice(words().absent[a.language].temperature[a.split])
    if not a.seen.sensed:
        return asked, a.unseen("temperature"), ()
    v = f"{a.seen.sensed[0].value:g}"
    told = f"It is {v} degrees in the room" if a.language == "en" else f"房间里{v}度"
    return asked, a.ended(told, a.seen.id("sensor")), (v,)


_MAKERS: tuple[Callable[[_Asking], Made | None], ...] = (
    _where,
    _is_there,
    _is_absent,
    _at_place,
    _people,
    _overview,
    _reads,
    _tells,
    _tells,
    _untold,
    _untold,
    _unseen,
    _unknown_person,
    _no_text,
    _asks_missing_thing,
    _senses,
)
