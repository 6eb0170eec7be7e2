"""Whisper's decoder on ONNX Runtime: greedy, a token in a few milliseconds."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perception.conversion import convert_once
from perception.hearing.transcription.recogniser import Decoded
from perception.hearing.whisper_format.graph import CROSS, STEP, decoder_graphs
from perception.hearing.whisper_format.tokens import Tokens
from perception.hearing.whisper_format.weights import read_weights
from perception.inference import open_session

Floats = NDArray[np.float32]
Past = dict[str, Floats]

_TABLE = "decoder/embeddings/weight"
_PLACES = "decoder/position_encodings/encodings"
_KEPT = frozenset({_TABLE, f"{_TABLE}_scale", _PLACES, "encoder/num_heads"})


@dataclass(slots=True)
class EncodedSound:
    """The sound's keys and values; `past` and `chances` once the first mark was read."""

    cross: dict[str, Floats]
    past: Past
    chances: Floats | None = None


class Decoder:
    """Keeps the packed weights; every call is independent."""

    def __init__(self, model: Path, tokens: Tokens, silent: Sequence[int], threads: int):
        """`model` is CTranslate2's `model.bin`, whose decoder is converted where it is not yet.

        `silent` are tokens never to write (the model's `suppress_ids`). UserError where the file
        is damaged or its folder cannot be written.
        """
        graphs = convert_once(decoder_graphs, [model], "whisper-decoder")
        self._cross: Any = open_session(graphs / CROSS, threads, arena=True)
        self._step: Any = open_session(graphs / STEP, threads, arena=True)
        weights = read_weights(model, _KEPT)
        self._tokens = tokens
        self._table = weights[_TABLE]
        self._places = weights[_PLACES]
        self._layers, self._heads = len(self._cross.get_outputs()) // 2, weights.heads
        self._banned = np.zeros(len(self._table), np.float32)
        self._banned[[*silent, *range(tokens.end + 1, len(self._table))]] = -np.inf
        self._banned_first = self._banned.copy()
        self._banned_first[[tokens.blank, tokens.end]] = -np.inf

    def listen(self, encoded: Floats) -> EncodedSound:
        """Look at the encoded sound, shape (1, frames, width)."""
        names = [value.name for value in self._cross.get_outputs()]
        cross = dict(zip(names, self._cross.run(names, {"encoded": encoded}), strict=True))
        size = self._table.shape[1] // self._heads
        empty = np.zeros((1, self._heads, 0, size), np.float32)
        past = {f"{which}{layer}": empty for layer in range(self._layers) for which in ("k", "v")}
        return EncodedSound(cross, past)

    def languages(self, sound: EncodedSound) -> dict[str, float]:
        """The probability of each language code."""
        if sound.chances is None:
            start = [self._tokens.start]
            logits, sound.past = self._forward(sound.cross, sound.past, start, [0])
            sound.chances = _softmax(logits[0])
        codes = self._tokens.languages
        chances = sound.chances[list(codes.values())]
        shares = chances / max(float(chances.sum()), 1e-9)
        return dict(zip(codes, shares.tolist(), strict=True))

    def greedy(
        self, sound: EncodedSound, language: str, most: int, draft: Sequence[int] = ()
    ) -> Decoded:
        """The likeliest token each time, until the end mark, a loop, or `most` tokens.

        `draft` is a guess: as far as it is what the model would write, it costs one step in all.
        """
        found: list[int] = []
        chances: list[float] = []
        for token, chance in self._greedy(sound, self._tokens.prompt(language), draft):
            chances.append(chance)
            if token == self._tokens.end:
                break
            found.append(token)
            if len(found) >= most or _in_circles(found):
                break
        silence = 0.0 if sound.chances is None else float(sound.chances[self._tokens.no_speech])
        logs = [math.log(max(chance, 1e-12)) for chance in chances]
        average = sum(logs) / max(1, len(logs))
        return Decoded(tuple(found), average, silence, tuple(chances[: len(found)]))

    def score(
        self, sound: EncodedSound, language: str, texts: Sequence[Sequence[int]]
    ) -> list[list[float]]:
        """Of each text the log-probabilities of its tokens and of the end mark after them."""
        prompt = self._tokens.prompt(language)
        found = []
        for text in texts:
            fed = [*prompt, *text]
            if sound.chances is not None:
                fed = fed[1:]
            rows = range(len(fed) - len(text) - 1, len(fed))
            logits, _ = self._forward(sound.cross, sound.past, fed, rows)
            wanted = [*text, self._tokens.end]
            found.append([_log_chance(row, i) for row, i in zip(logits, wanted, strict=True)])
        return found

    def _greedy(
        self, sound: EncodedSound, prompt: Sequence[int], draft: Sequence[int]
    ) -> Iterator[tuple[int, float]]:
        fresh = sound.chances is None
        fed = [*(prompt if fresh else prompt[1:]), *draft]
        last = len(fed) - len(draft) - 1
        wanted = [0, *range(last, len(fed))] if fresh else range(last, len(fed))
        logits, past = self._forward(sound.cross, sound.past, fed, wanted)
        if fresh:
            sound.chances, logits = _softmax(logits[0]), logits[1:]
            sound.past = _shortened(past, 1)
        banned = self._banned_first
        for place, row in enumerate(logits):
            token, chance = _likeliest(row + banned)
            yield token, chance
            banned = self._banned
            if place == len(draft) or token != draft[place]:
                past = _shortened(past, len(prompt) + place)
                break
        while True:
            logits, past = self._forward(sound.cross, past, [token], [0])
            token, chance = _likeliest(logits[0] + banned)
            yield token, chance

    def _forward(
        self, cross: dict[str, Floats], past: Past, tokens: Sequence[int], rows: Sequence[int]
    ) -> tuple[Floats, Past]:
        before, count = past["k0"].shape[2], len(tokens)
        places = self._places[before : before + count]
        mask = np.triu(np.full((count, before + count), -np.inf, np.float32), before + 1)
        feed = {"x": (self._table[list(tokens)] + places)[None], "mask": mask, **cross}
        feed["rows"] = np.array(rows, np.int64)
        feed.update({f"p{name}": value for name, value in past.items()})
        names = ["logits", *(f"n{name}" for name in past)]
        logits, *kept = self._step.run(names, feed)
        return logits[0], dict(zip(past, kept, strict=True))


def _shortened(past: Past, length: int) -> Past:
    if past["k0"].shape[2] == length:
        return past
    return {name: np.ascontiguousarray(value[:, :, :length]) for name, value in past.items()}


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max())
    return np.asarray(raised / raised.sum(), np.float32)


def _likeliest(logits: Floats) -> tuple[int, float]:
    token = int(logits.argmax())
    return token, float(1.0 / np.exp(logits - logits[token]).sum())


def _log_chance(logits: Floats, token: int) -> float:
    top = logits.max()
    return float(logits[token] - top - np.log(np.exp(logits - top).sum()))


def _in_circles(found: Sequence[int], longest: int = 12, times: int = 4) -> bool:
    """The last tokens repeat one pattern `times` over."""
    for size in range(1, longest + 1):
        tail = found[-size * times :]
        if len(tail) == size * times and all(
            tail[place] == tail[place - size] for place in range(size, len(tail))
        ):
            return True
    return False
