"""Tools and calls as values."""

from __future__ import annotations

import pytest

from agent.tools.types import (
    Call,
    Parameter,
    Tool,
    listing,
    parsed,
    written,
)

TIMER = Tool(
    "set_timer",
    "start a timer",
    (Parameter("minutes", "number"), Parameter("label", required=False)),
)
LIGHT = Tool("set_light", "turn a light on or off", (Parameter("state", choices=("on", "off")),))
MANY = Tool("add", "add to a list", (Parameter("items", "array"), Parameter("loud", "boolean")))


def test_a_tool_is_a_line() -> None:
    assert listing([TIMER, LIGHT]) == (
        "- set_timer(minutes: number, label?: string): start a timer\n"
        '- set_light(state: "on"|"off"): turn a light on or off'
    )


@pytest.mark.parametrize(
    "call",
    [
        Call("set_timer", {"minutes": 2.5, "label": '茶 "x"\n'}),
        Call("set_timer", {"minutes": 3}),
        Call("set_light", {"state": "on"}),
        Call("add", {"items": ["a", "b"], "loud": False}),
    ],
)
def test_a_call_is_read_back(call: Call) -> None:
    assert parsed(written(call), [TIMER, LIGHT, MANY]) == call
    assert "\n" not in written(call)


def test_words_are_no_call() -> None:
    assert parsed("It is three.", [TIMER]) is None
    assert parsed('The call is {"name": "set_timer"}', [TIMER]) is None


@pytest.mark.parametrize(
    "answer",
    [
        "{",
        '{"name": "set_timer", "arguments": {}}',
        '{"name": "set_timer", "arguments": []}',
        '{"name": "set_timer", "arguments": {"minutes": "3"}}',
        '{"name": "set_timer", "arguments": {"minutes": true}}',
        '{"name": "set_timer", "arguments": {"minutes": 3, "else": 1}}',
        '{"name": "set_light", "arguments": {"state": "dim"}}',
        '{"name": "unlock", "arguments": {}}',
        '{"name": "set_timer", "arguments": {"minutes": 3}, "more": 1}',
    ],
)
def test_what_is_no_good_call_is_refused(answer: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parsed(answer, [TIMER, LIGHT])
