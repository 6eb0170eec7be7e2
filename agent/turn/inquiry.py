"""The guard's questions to the dialogue model: one token, yes or no."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Generator
from contextlib import closing

from agent.dialogue import Dialogue, Sampling, Token
from agent.turn.moderation import Moderation
from agent.types import Message
from safety.cascade import Inquiry
from safety.guard import Guard

_log = logging.getLogger("candor.safety")

YES, NO = "Yes", "No"
LIMIT_S = 30.0
"""Seconds after which an answer is not waited for; the guard is stricter then."""
_FREE = Sampling(most_tokens=1)
_FORCED = Sampling(most_tokens=1, grammar=f'root ::= "{YES}" | "{NO}"')
_LEAST = 1e-6
_FORCED_SHARE = 0.55
"""How probable a word counts that the model was made to choose: just more than the other one."""


def messages(inquiry: Inquiry) -> list[Message]:
    """The prompt: all but the text is the same each time, so that the model has read it."""
    prompt = [Message("system", inquiry.instructions)]
    for text, answer in inquiry.examples:
        prompt += [_asked(text), Message("assistant", YES if answer else NO)]
    return [*prompt, _asked(inquiry.text)]


def read_ahead(guard: Guard, dialogue: Dialogue) -> Generator[None]:
    """Read what all inquiries begin with into the model's cache: an answer comes at once then."""
    for inquiry in guard.openings():
        with closing(dialogue.prefill(messages(inquiry)[:-1])) as reading:
            yield from reading


def log_odds(
    dialogue: Dialogue, inquiry: Inquiry, limit_s: float = LIMIT_S
) -> Generator[None, None, float]:
    """The log odds of yes, step by step. TimeoutError or ValueError where there is no answer."""
    until = time.monotonic() + limit_s
    token = yield from _first_token(dialogue, inquiry, _FREE, until)
    if token.text.strip() in (YES, NO):
        return _odds(token.text.strip(), token.probability)
    # A text that asks for something ("act as a terminal") may be obeyed: it is made to choose.
    token = yield from _first_token(dialogue, inquiry, _FORCED, until)
    return _odds(token.text.strip(), _FORCED_SHARE)


def _first_token(
    dialogue: Dialogue, inquiry: Inquiry, sampling: Sampling, until: float
) -> Generator[None, None, Token]:
    with closing(dialogue.generate(messages(inquiry), sampling)) as tokens:
        for token in tokens:
            if token.text:
                return token
            if time.monotonic() > until:
                raise TimeoutError("the model did not answer in time")
            yield
    raise ValueError("the model said nothing")


def inquire(judging: Moderation, words: str, dialogue: Callable[[], Dialogue]) -> Generator[None]:
    """Ask the model what the guard must know to judge the user's words: mostly nothing."""
    for inquiry in judging.inquiries(words):
        judging.remember(inquiry, (yield from _answer(dialogue, inquiry)))


def _answer(
    dialogue: Callable[[], Dialogue], inquiry: Inquiry
) -> Generator[None, None, float | None]:
    try:
        return (yield from log_odds(dialogue(), inquiry))
    except Exception as error:
        # The message may quote the text, so only its kind is told. The guard is stricter then.
        _log.error("the guard's question got no answer: %s", type(error).__name__)
        return None


def _asked(text: str) -> Message:
    return Message("user", f"Text: {text}")


def _odds(word: str, probability: float) -> float:
    if word not in (YES, NO):
        raise ValueError("the model said neither yes nor no")
    share = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(share / (1 - share)) * (1 if word == YES else -1)
