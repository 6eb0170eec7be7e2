"""The guard's question to the dialogue model."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

import pytest

from agent.dialogue import Sampling, Token
from agent.turn.inquiry import log_odds, messages
from agent.types import Message
from safety.cascade import Inquiry

INQUIRY = Inquiry("Answer Yes or No.", (("bad", True), ("good", False)), "the text")


class Says:
    """A dialogue model that says fixed tokens."""

    name = device = reason = "fake"
    context = 100
    control_tokens = frozenset[str]()

    def __init__(self, *tokens: Token) -> None:
        self._tokens = tokens
        self.sampling: Sampling | None = None

    def generate(self, messages: Sequence[Message], sampling: Sampling) -> Generator[Token]:
        self.sampling = sampling
        yield from self._tokens

    def prefill(self, messages: Sequence[Message], growing: bool = False) -> Generator[None]:
        yield

    def count(self, text: str) -> int:
        return len(text)

    def close(self) -> None: ...


def ended(steps: Iterator[None]) -> object:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def test_the_text_comes_last_and_the_examples_in_turn() -> None:
    prompt = messages(INQUIRY)
    assert [m.role for m in prompt] == ["system", *["user", "assistant"] * 2, "user"]
    assert [m.text for m in prompt if m.role == "assistant"] == ["Yes", "No"]
    assert "the text" in prompt[-1].text


def test_one_token_is_the_answer() -> None:
    model = Says(Token("", 1.0), Token("Yes", 0.9), Token("No", 0.9))
    odds = ended(log_odds(model, INQUIRY))
    assert odds == pytest.approx(2.197, abs=0.01)
    assert model.sampling is not None
    assert model.sampling.most_tokens == 1
    assert ended(log_odds(Says(Token("No", 0.9)), INQUIRY)) == pytest.approx(-2.197, abs=0.01)


@pytest.mark.parametrize("tokens", [(), (Token("Perhaps", 0.9),), (Token("", 1.0, "stop"),)])
def test_anything_else_is_no_answer(tokens: tuple[Token, ...]) -> None:
    with pytest.raises(ValueError, match="said"):
        ended(log_odds(Says(*tokens), INQUIRY))


def test_it_does_not_wait_for_ever() -> None:
    silent = Says(*[Token("", 1.0)] * 5)
    with pytest.raises(TimeoutError):
        ended(log_odds(silent, INQUIRY, limit_s=-1.0))
