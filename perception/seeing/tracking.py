"""A scene that stays stable: items are followed from one look to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from perception.seeing.boxes import overlap
from perception.types import Item, Scene

KEPT_SECONDS = 1.5
"""How long an item stays that one look has missed."""

SHOWN_AT_ONCE = 0.6
NEWER_WEIGHT = 0.4
SAME_PLACE = 0.3
SAME_TEXT = 0.7
CLEARLY_READ = 0.85


@dataclass(frozen=True, slots=True)
class _Track:
    item: Item
    first: float
    last: float
    looks: int


@dataclass(frozen=True, slots=True)
class Tracked:
    """What is followed; `seen` gives the next one. Start with `Tracked()`."""

    people: tuple[_Track, ...] = ()
    things: tuple[_Track, ...] = ()
    texts: tuple[_Track, ...] = ()
    codes: tuple[_Track, ...] = ()
    tags: tuple[_Track, ...] = ()

    def seen(self, scene: Scene) -> Tracked:
        """After one more whole look."""
        return Tracked(
            _follow(self.people, scene.people, scene.at),
            _follow(self.things, scene.things, scene.at),
            _follow(self.texts, scene.texts, scene.at),
            _follow(self.codes, scene.codes, scene.at),
            _follow(self.tags, scene.tags, scene.at),
        )

    def scene(self, latest: Scene) -> Scene:
        """The stable scene; caption, quality and time are those of the latest look.

        An uncertain item is shown once two looks have found it.
        """
        return replace(
            latest,
            people=_shown(self.people),
            things=_shown(self.things),
            texts=_shown(self.texts),
            codes=_shown(self.codes),
            tags=_shown(self.tags),
        )


def _shown(tracks: Sequence[_Track]) -> tuple[Item, ...]:
    return tuple(
        replace(track.item, age=track.last - track.first)
        for track in tracks
        if track.looks > 1 or track.item.confidence >= SHOWN_AT_ONCE
    )


def _follow(tracks: Sequence[_Track], items: Sequence[Item], at: float) -> tuple[_Track, ...]:
    """Tracks in the order of the new items, then those that one look may have missed."""
    left = list(tracks)
    found: list[_Track] = []
    for item in items:
        match = max(left, key=lambda track: _likeness(track.item, item), default=None)
        if match is None or _likeness(match.item, item) <= 0:
            found.append(_Track(item, at, at, 1))
            continue
        left.remove(match)
        found.append(_Track(_blend(match.item, item), match.first, at, match.looks + 1))
    found += [track for track in left if at - track.last <= KEPT_SECONDS]
    return tuple(found)


def _likeness(old: Item, new: Item) -> float:
    """How likely two items are one; 0 where they are not."""
    shared = overlap(old.box, new.box)
    if old.label == new.label:
        # A text or a code is itself wherever it has moved; two cups are told apart by place.
        return 1 + shared if shared >= SAME_PLACE or len(old.label) > 8 else shared
    if shared < SAME_PLACE:
        return 0.0
    alike = SequenceMatcher(None, old.label, new.label, autojunk=False).ratio()
    return alike if alike >= SAME_TEXT else 0.0


def _blend(old: Item, new: Item) -> Item:
    """The new place and confidence that moves slowly; what was read clearly replaces the old."""
    confidence = old.confidence + NEWER_WEIGHT * (new.confidence - old.confidence)
    surer = new if new.confidence >= min(CLEARLY_READ, old.confidence) else old
    return replace(new, label=surer.label, confidence=confidence)
