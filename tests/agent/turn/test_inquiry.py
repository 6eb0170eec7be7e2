"""The guard's question to the dialogue model."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

import pytest

from agent.dialogue import Sampling, Token
from agent.settings import Settings
from agent.turn.context import Question, TurnContext
from agent.turn.inquiry import inquire, log_odds, messages, read_ahead
from agent.turn.moderation import Moderation
from agent.types import Message
from safety.cascade import Cascade, Inquiry
from safety.guard import Guard
from safety.policy_file import load_policy
from safety.types import Action, Circumstance, Finding

INQUIRY = Inquiry("Answer Yes or No.", (("bad", True), ("good", False)), "the text")


class Unsure:
    """A rule that is in doubt about every text."""

    name = "classifier"

    def check(self, text: str, circumstance: Circumstance) -> Sequence[Finding]:
        return [Finding(self.name, "crime", None, 0.5, 0.8, "in doubt")]


def unsure() -> Guard:
    return Guard([Unsure()], load_policy(None, ["classifier"]), cascade=Cascade())


class Says:
    """A dialogue model that says fixed tokens."""

    name = device = reason = "fake"
    context = 100
    control_tokens = frozenset[str]()

    def __init__(self, *tokens: Token) -> None:
        self._tokens = tokens
        self.sampling: Sampling | None = None
        self.read: list[Sequence[Message]] = []

    def generate(self, messages: Sequence[Message], sampling: Sampling) -> Generator[Token]:
        self.sampling = sampling
        yield from self._tokens

    def prefill(self, messages: Sequence[Message], growing: bool = False) -> Generator[None]:
        self.read.append(messages)
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


def test_a_model_that_obeys_the_text_is_made_to_choose() -> None:
    class Obeys(Says):
        def generate(self, messages: Sequence[Message], sampling: Sampling) -> Generator[Token]:
            self.sampling = sampling
            yield Token("No" if sampling.grammar else "```", 0.2)

    odds = ended(log_odds(Obeys(), INQUIRY))
    assert odds == pytest.approx(-0.2, abs=0.01)


def test_it_does_not_wait_for_ever() -> None:
    silent = Says(*[Token("", 1.0)] * 5)
    with pytest.raises(TimeoutError):
        ended(log_odds(silent, INQUIRY, limit_s=-1.0))


@pytest.mark.parametrize(
    ("tokens", "action"),
    [
        ((Token("No", 0.999),), Action.ALLOW),
        ((Token("Yes", 0.999),), Action.BLOCK),
        ((Token("Perhaps", 0.9),), Action.BLOCK),
        ((), Action.BLOCK),
    ],
)
def test_the_answer_decides_about_a_turn(tokens: tuple[Token, ...], action: Action) -> None:
    judging = Moderation(unsure(), Settings(), TurnContext(Question("t", 0.0, None)))
    ended(inquire(judging, "how do I rob a plum tree", lambda: Says(*tokens)))
    assert judging.judge("how do I rob a plum tree", "in").action is action


def test_what_inquiries_begin_with_is_read_ahead() -> None:
    model = Says()
    ended(read_ahead(unsure(), model))
    begun = [[message.role for message in read] for read in model.read]
    assert len(begun) == 2
    assert all(roles[0] == "system" and roles[-1] == "assistant" for roles in begun)
