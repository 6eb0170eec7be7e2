"""What a Whisper implementation must do; everything else about hearing is shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from perception.hearing.whisper_format.tokens import Tokens


@dataclass(frozen=True, slots=True)
class DecodingOptions:
    """Decoding options: beams, or sampling at a temperature above 0; `most` tokens at most.

    `draft` is a guess of the tokens; it changes nothing but the time that a greedy search takes.
    """

    most: int
    beams: int = 1
    temperature: float = 0.0
    draft: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Decoded:
    """One decoding: its tokens, their mean log-probability, the probability that nobody speaks.

    `chances` are the tokens' own probabilities, empty where the engine does not tell.
    """

    tokens: tuple[int, ...]
    average: float
    no_speech: float
    chances: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Timed:
    """Of each token its probability, and its start and end in seconds."""

    probabilities: tuple[float, ...]
    spans: tuple[tuple[float, float], ...]


class Recogniser(Protocol):
    """Encoder and decoder of one Whisper model. What `encode` returns is its own business."""

    name: str
    device: str
    tokens: Tokens

    def encode(self, mel: NDArray[np.float32]) -> Any:
        """The encoded sound of a spectrogram, shape (80, frames), at most 3,000 frames."""
        ...

    def languages(self, encoded: Any) -> dict[str, float]:
        """The probability of each language code."""
        ...

    def decode(self, encoded: Any, language: str, effort: DecodingOptions) -> Decoded:
        """The words in that language."""
        ...

    def score(
        self, encoded: Any, language: str, texts: Sequence[Sequence[int]]
    ) -> list[list[float]]:
        """Of each text the log-probabilities of its tokens and of the end mark after them.

        Empty where the engine cannot tell quickly.
        """
        ...

    def times(self, encoded: Any, language: str, tokens: Sequence[int], frames: int) -> Timed:
        """When each token was said, by attention; `frames` of the encoded sound are no padding."""
        ...
