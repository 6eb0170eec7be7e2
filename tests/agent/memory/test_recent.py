"""The last two minutes: in memory, in order, erasable."""

from __future__ import annotations

from agent.memory.recent import (
    KEPT_S,
    RecentPast,
    in_view,
    told,
)
from agent.speech.replies import replies
from perception.types import (
    Box,
    Item,
    Quality,
    Scene,
)


class _Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def _scene(*things: str, texts: tuple[str, ...] = ()) -> Scene:
    def items(names: tuple[str, ...]) -> tuple[Item, ...]:
        return tuple(Item(name, Box(0, 0, 1, 1), 0.9, "test") for name in names)

    return Scene((), items(things), items(texts), (), (), "", Quality(0.5, 500.0), 0.0)


def test_moments_come_in_order_and_go_after_two_minutes() -> None:
    clock = _Clock()
    recent = RecentPast(clock)
    recent.note("user", "Hello  there")
    clock.now += KEPT_S - 1
    recent.note("candor", "Hi.")
    recent.note("room", "   ")
    assert [(m.seconds_ago, m.who, m.text) for m in recent.moments()] == [
        (KEPT_S - 1, "user", "Hello there"),
        (0.0, "candor", "Hi."),
    ]
    clock.now += 2
    assert [m.who for m in recent.moments()] == ["candor"]
    recent.erase()
    assert recent.moments() == ()


def test_only_what_changed_in_view_is_noted() -> None:
    recent = RecentPast()
    for scene in (_scene("cup"), _scene("cup"), None, _scene("cup", "dog", texts=("Exit",))):
        recent.see(scene)
    assert [m.text for m in recent.moments()] == ["cup", "cup, dog, text: Exit"]
    assert in_view(_scene()) == ""


def test_it_is_told_from_memory() -> None:
    recent = RecentPast()
    recent.note("user", "Is it raining?")
    recent.note("candor", "I cannot see outside {here}.")
    recent.note("room", "Dinner is ready!")
    text = told(recent.moments(), replies("en"))
    assert text.startswith("In the last two minutes:")
    assert "You said: Is it raining?" in text
    assert "Someone in the room said: Dinner is ready!" in text
    assert told((), replies("zh")) == "最近两分钟没有人说话，也没有看到什么。"
