"""What of an answer can be measured: its sentences with their telling words, and those without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.causes.words import key_words
from safety.types import GivenSentence

_AFTER = 12
"""Letters behind a word that its last token may reach into."""

MOST_CLAIMS = 12
"""Sentences that are measured of one answer."""


@dataclass(frozen=True, slots=True)
class TellingWord:
    """A word as the model wrote it: the answer up to there, and the word with the space before.

    `after` is how the answer goes on: tokens do not end where words do.
    """

    before: str
    words: str
    after: str

    @property
    def shown(self) -> str:
        """The word alone."""
        return self.words.strip()


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence with its telling words; `sentence` is its place in the answer."""

    sentence: int
    text: str
    words: tuple[TellingWord, ...]


def claims(question: str, sentences: Sequence[GivenSentence]) -> Iterator[Claim]:
    """The sentences that the model wrote, as far as they say something of their own.

    What has the probability 1 was not written by the model: help, refusals, what tools answer.
    """
    before, found = "", 0
    for place, given in enumerate(sentences):
        words = key_words(given.text, f"{question}\n{before}") if given.confidence < 1 else ()
        if words and found < MOST_CLAIMS:
            found += 1
            yield Claim(
                place,
                given.text,
                tuple(_telling(before, given.text, word.start, word.end) for word in words),
            )
        before += given.text


def _telling(before: str, sentence: str, start: int, end: int) -> TellingWord:
    if start and sentence[start - 1] == " ":
        start -= 1  # Tokens begin with the space before a word.
    after = sentence[end : end + _AFTER].rstrip()
    return TellingWord(before + sentence[:start], sentence[start:end], after)
