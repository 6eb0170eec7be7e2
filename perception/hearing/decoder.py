"""Whisper's decoder on ONNX Runtime: greedy, a token in a few milliseconds."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perception.hearing.graph import cross_graph, step_graph
from perception.hearing.recogniser import Decoded
from perception.hearing.tokens import Tokens
from perception.hearing.weights import Weights
from perception.inference import open_session

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Started:
    """The sound's keys and values, the past after the first mark, and what that mark predicts."""

    cross: dict[str, Floats]
    past: dict[str, Floats]
    chances: Floats


class Decoder:
    """Keeps the packed weights; every call is independent."""

    def __init__(self, weights: Weights, tokens: Tokens, silent: Sequence[int], threads: int):
        """`silent` are tokens never to write (the model's `suppress_ids`)."""
        self._cross: Any = open_session(cross_graph(weights), threads, arena=True)
        self._step: Any = open_session(step_graph(weights), threads, arena=True)
        self._tokens = tokens
        self._table = weights["decoder/embeddings/weight"]
        self._places = weights["decoder/position_encodings/encodings"]
        self._layers, self._heads = weights.layers("decoder"), weights.heads
        self._banned = np.zeros(len(self._table), np.float32)
        self._banned[[*silent, *range(tokens.end + 1, len(self._table))]] = -np.inf

    def start(self, encoded: Floats) -> Started:
        """Look at the encoded sound, shape (1, frames, width), and read the first mark."""
        names = [value.name for value in self._cross.get_outputs()]
        cross = dict(zip(names, self._cross.run(names, {"encoded": encoded}), strict=True))
        size = self._table.shape[1] // self._heads
        empty = np.zeros((1, self._heads, 0, size), np.float32)
        past = {f"{which}{layer}": empty for layer in range(self._layers) for which in ("k", "v")}
        logits, past = self._forward(cross, past, [self._tokens.start])
        return Started(cross, past, _softmax(logits))

    def languages(self, started: Started) -> dict[str, float]:
        """The probability of each language code."""
        codes = self._tokens.languages
        chances = started.chances[list(codes.values())]
        shares = chances / max(float(chances.sum()), 1e-9)
        return dict(zip(codes, shares.tolist(), strict=True))

    def greedy(self, started: Started, language: str, most: int) -> Decoded:
        """The likeliest token each time, until the end mark, a loop, or `most` tokens."""
        found: list[int] = []
        chances: list[float] = []
        for token, chance in self._greedy(started, self._tokens.prompt(language)[1:]):
            chances.append(chance)
            if token == self._tokens.end:
                break
            found.append(token)
            if len(found) >= most or _in_circles(found):
                break
        no_speech = float(started.chances[self._tokens.no_speech])
        logs = [math.log(max(chance, 1e-12)) for chance in chances]
        average = sum(logs) / max(1, len(logs))
        return Decoded(tuple(found), average, no_speech, tuple(chances[: len(found)]))

    def _greedy(self, started: Started, prompt: list[int]) -> Iterator[tuple[int, float]]:
        logits, past = self._forward(started.cross, started.past, prompt)
        blank = self._banned.copy()
        blank[self._tokens.blank] = blank[self._tokens.end] = -np.inf
        banned = blank
        while True:
            logits = logits + banned
            token = int(logits.argmax())
            yield token, float(1.0 / np.exp(logits - logits[token]).sum())
            banned = self._banned
            logits, past = self._forward(started.cross, past, [token])

    def _forward(
        self, cross: dict[str, Floats], past: dict[str, Floats], tokens: list[int]
    ) -> tuple[Floats, dict[str, Floats]]:
        before, count = past["k0"].shape[2], len(tokens)
        places = self._places[before : before + count]
        mask = np.triu(np.full((count, before + count), -np.inf, np.float32), before + 1)
        feed = {"x": (self._table[tokens] + places)[None], "mask": mask, **cross}
        feed.update({f"p{name}": value for name, value in past.items()})
        names = ["logits", *(f"n{name}" for name in past)]
        logits, *kept = self._step.run(names, feed)
        return logits[0], dict(zip(past, kept, strict=True))


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max())
    return np.asarray(raised / raised.sum(), np.float32)


def _in_circles(found: Sequence[int], longest: int = 12, times: int = 4) -> bool:
    """The last tokens repeat one pattern `times` over."""
    for size in range(1, longest + 1):
        tail = found[-size * times :]
        if len(tail) == size * times and all(
            tail[place] == tail[place - size] for place in range(size, len(tail))
        ):
            return True
    return False
