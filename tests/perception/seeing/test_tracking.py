"""The scene of a camera stays stable."""

from __future__ import annotations

from dataclasses import replace

from perception.seeing.tracking import KEPT_SECONDS, Tracked
from perception.types import Item, Quality, Scene
from tests.perception.seeing.drawing import item


def _scene(at: float, *texts: Item) -> Scene:
    return Scene((), (), texts, (), (), "", Quality(0.5, 100.0), at)


def _labels(tracked: Tracked, at: float) -> list[str]:
    return [text.label for text in tracked.scene(_scene(at)).texts]


def test_an_item_grows_old_while_it_moves() -> None:
    tracked = Tracked()
    for step in range(4):
        tracked = tracked.seen(_scene(float(step), item("EXIT", 0.1 + 0.02 * step, 0.2)))
    (text,) = tracked.scene(_scene(3.0)).texts
    assert text.age == 3.0 and text.box.left > 0.15


def test_what_one_look_missed_stays_a_while() -> None:
    tracked = Tracked().seen(_scene(0.0, item("EXIT", 0.1, 0.2))).seen(_scene(1.0))
    assert _labels(tracked, 1.0) == ["EXIT"]
    assert _labels(tracked.seen(_scene(1.0 + KEPT_SECONDS)), 3.0) == []


def test_a_doubtful_item_must_be_seen_twice() -> None:
    doubtful = item("EXIT", 0.1, 0.2, confidence=0.52)
    once = Tracked().seen(_scene(0.0, doubtful))
    assert _labels(once, 0.0) == []
    assert _labels(once.seen(_scene(0.5, doubtful)), 0.5) == ["EXIT"]


def test_a_worse_reading_does_not_replace_a_better_one_but_a_clear_one_does() -> None:
    read = item("Gate B1", 0.1, 0.2, confidence=0.99)
    worse = replace(read, label="Gate 81", confidence=0.6)
    clear = replace(read, label="Gate B2", confidence=0.97)
    tracked = Tracked().seen(_scene(0.0, read)).seen(_scene(0.5, worse))
    assert _labels(tracked, 0.5) == ["Gate B1"]
    assert _labels(tracked.seen(_scene(1.0, clear)), 1.0) == ["Gate B2"]


def test_two_of_a_kind_are_two() -> None:
    both = (item("cup", 0.1, 0.2), item("cup", 0.7, 0.2))
    tracked = Tracked().seen(_scene(0.0, *both)).seen(_scene(0.5, *reversed(both)))
    assert len(_labels(tracked, 0.5)) == 2
