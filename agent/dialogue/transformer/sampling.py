"""From scores to a token, and from tokens to text that can be given away."""

from __future__ import annotations

import torch

from agent.dialogue import Sampling

_TOP_K, _TOP_P, _MIN_P = 40, 0.95, 0.05
"""As llama.cpp's defaults, so that both engines answer alike."""


class TokenSampler:
    """Chooses tokens; the same seed gives the same choices."""

    def __init__(self, sampling: Sampling) -> None:
        self._temperature = sampling.temperature
        self._chance = torch.Generator().manual_seed(sampling.seed)

    def choose(self, scores: torch.Tensor) -> tuple[int, float]:
        """A token and the probability that the model itself gave it; `scores` is (vocabulary,)."""
        plain = torch.softmax(scores, dim=-1)
        id = int(scores.argmax()) if self._temperature <= 0 else self._draw(plain, scores)
        return id, float(plain[id])

    def _draw(self, plain: torch.Tensor, scores: torch.Tensor) -> int:
        likely, ids = plain.topk(min(_TOP_K, plain.numel()))
        before = likely.cumsum(0) - likely
        keep = (before < _TOP_P) & (likely >= _MIN_P * likely[0])
        warm = torch.softmax(scores[ids[keep]] / self._temperature, dim=-1)
        return int(ids[keep][torch.multinomial(warm, 1, generator=self._chance)])


class StopFilter:
    """Holds text back while it could be the beginning of a stop string."""

    def __init__(self, stops: tuple[str, ...]) -> None:
        self._stops = tuple(filter(None, stops))
        self._held = ""
        self.met = False

    def release_text(self, text: str) -> str:
        """What of all text so far may now be given away."""
        self._held += text
        found = [at for stop in self._stops if (at := self._held.find(stop)) >= 0]
        if found:
            self.met = True
            return self._give(min(found))
        return self._give(len(self._held) - self._beginning())

    def rest(self) -> str:
        """What was held back, at the end of an answer."""
        return "" if self.met else self._give(len(self._held))

    def _give(self, count: int) -> str:
        given, self._held = self._held[:count], self._held[count:]
        return given

    def _beginning(self) -> int:
        lengths = (
            length
            for stop in self._stops
            for length in range(min(len(stop) - 1, len(self._held)), 0, -1)
            if self._held.endswith(stop[:length])
        )
        return max(lengths, default=0)
