import threading
import time
from collections.abc import Callable

import pytest

from agent.dialogue.text.stream import pull


def test_items_arrive_in_order() -> None:
    def run(push: Callable[[int], bool]) -> None:
        for number in range(100):
            push(number)

    assert list(pull(run)) == list(range(100))


def test_a_crash_is_raised_after_what_came_before() -> None:
    def run(push: Callable[[str], bool]) -> None:
        push("one")
        raise ValueError("boom")

    items = pull(run)
    assert next(items) == "one"
    with pytest.raises(ValueError, match="boom"):
        next(items)


def test_closing_stops_the_work_and_waits_for_its_end() -> None:
    ended = threading.Event()

    def run(push: Callable[[int], bool]) -> None:
        while not push(0):
            time.sleep(0.001)
        ended.set()

    items = pull(run)
    next(items)
    assert not ended.is_set()
    items.close()
    assert ended.is_set()


def test_nothing_runs_before_the_first_pull() -> None:
    begun = threading.Event()

    def run(push: Callable[[int], bool]) -> None:
        begun.set()

    items = pull(run)
    items.close()
    assert not begun.is_set()


def test_a_slow_consumer_loses_nothing_and_stops_nothing() -> None:
    def run(push: Callable[[int], bool]) -> None:
        assert not any(push(number) for number in range(5))

    items = pull(run)
    first = next(items)
    time.sleep(0.05)
    assert [first, *items] == [0, 1, 2, 3, 4]
