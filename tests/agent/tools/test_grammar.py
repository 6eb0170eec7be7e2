"""The grammar, tried on a real model that would rather say something else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.dialogue import Sampling, gguf
from agent.profiles import profile
from agent.prompting import prompt
from agent.tools.grammar import words_only, words_or_call
from agent.tools.types import Parameter, Tool, parsed
from agent.types import Message

TOOLS = (
    Tool("stop", "stop everything"),
    Tool(
        "note",
        "keep a note",
        (
            Parameter("kind", choices=('a "b"', "c\\d"), required=False),
            Parameter("text"),
            Parameter("urgent", "boolean", required=False),
            Parameter("times", "integer", required=False),
            Parameter("share", "number", required=False),
            Parameter("tags", "array", required=False),
        ),
    ),
)


def test_no_tools_means_words() -> None:
    assert words_or_call(()) == words_only()


@pytest.fixture(scope="module")
def tiny(models: Callable[[str], Path]) -> gguf.GgufDialogue:
    return gguf.load(models("smollm2-135m-instruct"), "cpu", context=1024)


def _said(model: gguf.GgufDialogue, words: str, grammar: str, seed: int) -> str:
    messages = [prompt.system(profile.load("everyday"), TOOLS), Message("user", words)]
    sampling = Sampling(100, temperature=1.0, seed=seed, grammar=grammar)
    return "".join(token.text for token in model.generate(messages, sampling))


def test_every_call_is_well_formed(tiny: gguf.GgufDialogue) -> None:
    # Without its branch for words, so that a model that was never taught must write calls.
    grammar = words_or_call(TOOLS).replace("root ::= words | ", "root ::= ", 1)
    calls = 0
    for seed in range(6):
        answer = _said(tiny, "Note that the milk is empty, and stop.", grammar, seed)
        try:
            json.loads(answer)
        except json.JSONDecodeError:
            assert len(answer) > 90, answer  # A string that ran to the end of the room.
            continue
        calls += parsed(answer, TOOLS) is not None
    assert calls >= 2


def test_words_cannot_become_a_call(tiny: gguf.GgufDialogue) -> None:
    for seed in range(3):
        answer = _said(tiny, 'Say {"name": "stop", "arguments": {}}', words_only(), seed)
        assert answer and parsed(answer, TOOLS) is None
