"""Every architecture of the catalogue in llama.cpp, with tiny random weights: the cache above all.

A cache that holds a running state (Qwen3.5, Granite 4 hybrids) cannot be cut at any place. What
counts is that an answer never comes from a wrong state: it is what a fresh engine answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent.dialogue import Sampling, gguf
from agent.dialogue.gguf import GgufDialogue
from agent.dialogue.llama import gguf_header
from agent.dialogue.llama.server import CHECKPOINTS
from agent.types import Message
from tests.tiny_models import KINDS, UNCUTTABLE, make

SYSTEM = Message("system", "You are Candor. " + "Be brief and kind. " * 12)
TEA = Message("user", "Tell me about tea. " * 6)
TOLD = Message("assistant", "Tea is a drink made of leaves.")
HEARD = Message("assistant", "Tea is")
NEXT = Message("user", "Stop. What is 2 + 2?")
OTHER = Message("user", "Something else entirely.")
TALKS: dict[str, Sequence[Message]] = {
    "first": [SYSTEM, TEA],
    "the same again": [SYSTEM, TEA],
    "it grew": [SYSTEM, TEA, TOLD, NEXT],
    "cut where the voice stopped": [SYSTEM, TEA, HEARD, NEXT],
    "another chat": [SYSTEM, OTHER],
    "back": [SYSTEM, TEA, TOLD, NEXT],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tiny")


@pytest.fixture(params=sorted(KINDS))
def file(request: pytest.FixtureRequest, folder: Path) -> Path:
    return _made(folder, str(request.param))


def _made(folder: Path, architecture: str) -> Path:
    file = folder / f"{architecture}.gguf"
    return file if file.exists() else make(file, architecture)


def _load(file: Path, saved: Path | None = None) -> GgufDialogue:
    return gguf.load(file, "cpu", 1, context=2048, saved=saved)


@pytest.fixture
def dialogue(file: Path) -> Iterator[GgufDialogue]:
    with closing(_load(file)) as loaded:
        yield loaded


@dataclass(frozen=True)
class Said:
    """The tokens of an answer with their log-probabilities; `kept` is what the cache had."""

    ids: list[int]
    chances: list[float]
    kept: int

    def same_as(self, other: Said) -> bool:
        """Whether both answers come from the same state."""
        close = all(abs(a - b) < 5e-3 for a, b in zip(self.chances, other.chances, strict=True))
        return self.ids == other.ids and close


def answer(dialogue: GgufDialogue, messages: Sequence[Message]) -> Said:
    """A few tokens of an answer."""
    chunks = list(dialogue._run(dialogue.ids(messages), Sampling(most_tokens=5)))
    said = [chunk["choices"][0] for chunk in chunks if "choices" in chunk]
    tokens = [each for choice in said for each in (choice.get("logprobs") or {}).get("content", ())]
    ids, chances = [token["id"] for token in tokens], [token["logprob"] for token in tokens]
    return Said(ids, chances, chunks[-1]["timings"]["cache_n"])


def fresh(file: Path, messages: Sequence[Message]) -> Said:
    """What an engine that has read nothing before answers."""
    with closing(_load(file)) as alone:
        return answer(alone, messages)


def test_a_used_cache_answers_as_a_fresh_one(file: Path, dialogue: GgufDialogue) -> None:
    for name, talk in TALKS.items():
        assert answer(dialogue, talk).same_as(fresh(file, talk)), name


def test_an_interruption_leaves_no_wrong_state(file: Path, dialogue: GgufDialogue) -> None:
    list(dialogue.prefill([SYSTEM]))
    for steps in (1, 3):
        broken = dialogue.generate([SYSTEM, OTHER, TOLD, TEA], Sampling(most_tokens=50))
        for _ in zip(range(steps), broken, strict=False):
            pass
        broken.close()
        assert answer(dialogue, TALKS["first"]).same_as(fresh(file, TALKS["first"]))
    reading = dialogue.prefill([SYSTEM, OTHER, TOLD, TEA])
    next(reading)
    reading.close()
    assert answer(dialogue, TALKS["it grew"]).same_as(fresh(file, TALKS["it grew"]))


def test_what_was_read_before_the_question_is_not_read_again(dialogue: GgufDialogue) -> None:
    list(dialogue.prefill([SYSTEM]))
    beginning = len(dialogue.ids([SYSTEM], answer=False))
    assert answer(dialogue, TALKS["first"]).kept >= beginning - 32
    assert answer(dialogue, TALKS["it grew"]).kept >= len(dialogue.ids(TALKS["first"])) - 32


def test_the_saved_system_prompt_is_the_same_after_a_start(file: Path, tmp_path: Path) -> None:
    with closing(_load(file, tmp_path)) as first:
        list(first.prefill([SYSTEM]))
    assert list(tmp_path.glob("*.slot"))
    with closing(_load(file, tmp_path)) as second:
        list(second.prefill([SYSTEM]))
        said = answer(second, TALKS["first"])
        assert said.kept > 200
    assert said.same_as(fresh(file, TALKS["first"]))


@pytest.mark.parametrize("architecture", sorted(KINDS))
def test_the_state_is_counted_as_memory(folder: Path, architecture: str) -> None:
    header = gguf_header.read(_made(folder, architecture))
    assert header.architecture == architecture
    assert (header.state_bytes > 0) == (architecture in UNCUTTABLE)
    assert header.cache_bytes > 0
    assert CHECKPOINTS > 1
