"""A call that the model writes costs the chat no second prefill: llama.cpp keeps both prompts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from agent.dialogue import Sampling, gguf
from agent.tools import asking
from agent.tools.ability import Said
from agent.types import Message

SUMS = "I bought 3 pens at 4.20 and a pad for 7.5, how much is it in total?"


@pytest.mark.models
def test_the_chat_is_not_read_again_after_a_call(models: Callable[[str], Path]) -> None:
    model = gguf.load(models("smollm2-135m-instruct"), "cpu", 2)
    read: list[tuple[int, int]] = []
    complete = model._server.complete

    def counted(body: dict[str, Any], push: Callable[[dict[str, Any]], bool]) -> None:
        timings: dict[str, Any] = {}

        def noted(chunk: dict[str, Any]) -> bool:
            timings.update(chunk.get("timings") or {})
            return push(chunk)

        complete(body, noted)
        read.append((timings["prompt_n"], timings["cache_n"]))

    model._server.complete = counted  # type: ignore[method-assign]
    messages = [Message("system", "You help with what is asked, in a few plain words. " * 8)]
    called = list[tuple[int, int]]()
    for number in range(10):
        if number % 3 == 2:
            asking.call(Said(SUMS, datetime(2027, 3, 16), ()), model)
            called.append(read[-1])
        messages.append(Message("user", f"Tell me about the number {number} and its neighbours."))
        answer = "".join(token.text for token in model.generate(messages, Sampling(12)))
        messages.append(Message("assistant", answer))
        fresh, cached = read[-1]
        assert number == 0 or (cached > 100 and fresh < 60), (number, fresh, cached)
    first, *others = called
    assert first[0] > 150
    assert all(fresh < 40 for fresh, _ in others), "its own instructions are read once, too"
    model.close()
