"""The cascade: where the classifier is unsure, a language model is asked one question.

It is asked by whoever owns a model: this package knows none. Clear cases are never asked about.
What cannot be asked, or gets no answer, counts as harmful.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import msgspec

from safety.characters import is_chinese
from safety.types import Finding

FILE = Path(__file__).with_name("cascade.toml")
_KEPT = 64
_LEAST = 1e-2
_LONGEST = 1200
"""Characters of a long text that are asked about: its beginning and its end."""
_SHORT = 200
"""Letters up to which a text counts as one request."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question to be answered with yes or no: what to answer, examples, and the text."""

    instructions: str
    examples: tuple[tuple[str, bool], ...]
    text: str


Ask: TypeAlias = Callable[[Inquiry], float]
"""Answers an inquiry with the log odds of yes; whatever it raises counts as no answer."""


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked about some categories, and how the answer and the score weigh together."""

    categories: tuple[str, ...]
    instructions: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    of_score: float
    of_answer: float
    bias: float
    bias_chinese: float
    of_length: float = 0.0

    def inquiry(self, text: str) -> Inquiry:
        """The question about a text; `yes` and `no` in turn."""
        pairs = zip(self.yes, self.no, strict=True)
        examples = tuple(each for yes, no in pairs for each in ((yes, True), (no, False)))
        if len(text) > _LONGEST:
            text = f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 2 :]}"
        return Inquiry(self.instructions, examples, text)

    def probability(self, text: str, score: float, odds: float) -> float:
        """How probable harm is, given the classifier's score and the model's log odds."""
        share = min(max(score, _LEAST), 1 - _LEAST)
        bias = self.bias_chinese if is_chinese(text) else self.bias
        bias -= self.of_length * max(0.0, math.log(_letters(text) / _SHORT))
        total = self.of_score * math.log(share / (1 - share)) + self.of_answer * odds + bias
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _letters(text: str) -> int:
    """How long a text would be in English: a Chinese character stands for some three letters."""
    return max(1, len(text) * (3 if is_chinese(text) else 1))


class Cascade:
    """Settles findings in the grey band. Safe to share between threads."""

    def __init__(self, ask: Ask | None = None, file: Path = FILE) -> None:
        """`ask` is called where no answer was told before with `remember`."""
        self._ask = ask
        read = msgspec.toml.decode(file.read_bytes(), type=dict[str, Question])
        self._questions: Mapping[str, Question] = {
            category: question for question in read.values() for category in question.categories
        }
        self.openings = tuple(question.inquiry("") for question in read.values())
        """Each question once, without a text."""
        self._answers: dict[Inquiry, float | None] = {}

    def inquiry(self, category: str, text: str) -> Inquiry | None:
        """What is asked about a category; None where nobody is asked."""
        question = self._questions.get(category)
        return question.inquiry(text) if question else None

    def inquiries(self, categories: Sequence[str], text: str) -> tuple[Inquiry, ...]:
        """The inquiries about these categories that have no answer yet, each once."""
        found = (self.inquiry(category, text) for category in categories)
        open_ones = (each for each in found if each is not None and each not in self._answers)
        return tuple(dict.fromkeys(open_ones))

    def remember(self, inquiry: Inquiry, odds: float | None) -> None:
        """Keep an answer; None says that there is none."""
        while len(self._answers) >= _KEPT:
            self._answers.pop(next(iter(self._answers)), None)
        self._answers[inquiry] = odds

    def settled(self, finding: Finding, text: str) -> Finding:
        """A finding of the grey band, with the score that the answer gives it."""
        question = self._questions.get(finding.category)
        if question is None:
            return finding
        odds = self._answer(question.inquiry(text))
        if odds is None or math.isnan(odds):
            said = f"{finding.note} The dialogue model gave no answer, so it counts."
            return replace(finding, score=finding.threshold, note=said)
        probable = question.probability(text, finding.score, odds)
        said = f"{finding.note} The dialogue model was asked (log odds {odds:+.1f})."
        return replace(finding, score=_placed(probable, finding.threshold), note=said)

    def _answer(self, inquiry: Inquiry) -> float | None:
        if inquiry not in self._answers and self._ask is not None:
            try:
                self.remember(inquiry, self._ask(inquiry))
            except Exception:
                return None
        odds = self._answers.get(inquiry)
        if odds is None:
            # Who asks the same again gets another try.
            self._answers.pop(inquiry, None)
        return odds


def _placed(probable: float, threshold: float) -> float:
    """A probability as a score: an even one is the threshold, certainty is 1."""
    if probable < 0.5:
        return round(2 * probable * threshold, 4)
    return round(threshold + (2 * probable - 1) * (1 - threshold), 4)
