"""Steps of a transformers model over a cache that is kept between prompts.

Two caches: a growing one, and a static one whose single step is recorded as a CUDA graph, so
that a small model is bound by memory and not by the launch of its kernels.
"""

from __future__ import annotations

import logging
from collections.abc import Generator
from typing import Any

import torch

_log = logging.getLogger("candor.dialogue")


class Decoder:
    """A causal model with one cache. `held` are the ids whose keys and values are in it."""

    def __init__(self, model: Any, context: int, static: bool) -> None:
        self._model, self._context, self._device = model, context, model.device
        self._piece = 32 if self._device.type == "cpu" else 256
        self.held: list[int] = []
        self._logits: torch.Tensor | None = None
        self._graph: Any = None
        self._cache = self._new_cache(static)
        self.static = static and _plain_layers(self._cache, "StaticLayer")
        if static and not self.static:
            self._cache = self._new_cache(False)
        if self.static:
            self._prepare()

    def read(self, prompt: list[int]) -> Generator[None]:
        """Bring the cache to `prompt`, a piece at a time; what it shares is not read again."""
        at = self._keep(_shared(self.held, prompt[:-1]))
        while at < len(prompt):
            piece = prompt[at : at + self._piece]
            self._logits = self._forward(piece)
            self.held += piece
            at += len(piece)
            yield

    def logits(self) -> torch.Tensor:
        """Scores of the next token, shape (vocabulary,), float32 on the CPU."""
        assert self._logits is not None, "nothing was read"
        return self._logits

    def step(self, id: int) -> None:
        """Add one token."""
        self._logits = self._replay(id) if self._graph is not None else self._forward([id])
        self.held.append(id)

    def _new_cache(self, static: bool) -> Any:
        from transformers import DynamicCache, StaticCache

        if static:
            return StaticCache(config=self._model.config, max_cache_len=self._context)
        return DynamicCache(config=self._model.config)

    def _keep(self, count: int) -> int:
        """Shorten the cache to its first `count` tokens; returns how many could be kept."""
        if count == len(self.held):
            return count
        with torch.inference_mode():
            if self.static:
                self._rewind(count)
            elif _plain_layers(self._cache, "DynamicLayer") and count:
                self._cache.crop(count - len(self.held))
            else:  # A sliding window or a recurrent state cannot be taken back.
                self._cache, count = self._new_cache(False), 0
        del self.held[count:]
        return count

    def _rewind(self, count: int) -> None:
        for layer in self._cache.layers:
            layer.cumulative_length.fill_(count)

    @torch.inference_mode()
    def _forward(self, ids: list[int]) -> torch.Tensor:
        tokens = torch.tensor([ids], device=self._device)
        if self.static:
            places = torch.arange(len(ids), device=self._device)[None] + len(self.held)
            return self._static_step(tokens, places).cpu()
        output = self._model(input_ids=tokens, past_key_values=self._cache, logits_to_keep=1)
        scores: torch.Tensor = output.logits[0, -1].float().cpu()
        return scores

    def _static_step(self, tokens: torch.Tensor, places: torch.Tensor) -> torch.Tensor:
        """No value leaves the device in here, so that it can be recorded."""
        every = torch.arange(self._context, device=self._device)
        mask = (every[None, :] <= places[0][:, None])[None, None]
        output = self._model(
            input_ids=tokens,
            attention_mask=mask,
            position_ids=places,
            past_key_values=self._cache,
            logits_to_keep=1,
        )
        scores: torch.Tensor = output.logits[0, -1].float()
        return scores

    @torch.inference_mode()
    def _prepare(self) -> None:
        self._id = torch.zeros((1, 1), dtype=torch.long, device=self._device)
        self._place = torch.zeros((1, 1), dtype=torch.long, device=self._device)
        self._static_step(self._id, self._place)  # Allocates the cache.
        if self._device.type == "cuda":
            self._record()
        self._rewind(0)

    def _record(self) -> None:
        try:
            cuda: Any = torch.cuda
            side = cuda.Stream()
            side.wait_stream(torch.cuda.current_stream())
            with torch.cuda.stream(side):
                for _ in range(3):
                    self._static_step(self._id, self._place)
            torch.cuda.current_stream().wait_stream(side)
            graph = torch.cuda.CUDAGraph()
            with torch.cuda.graph(graph):
                self._out = self._static_step(self._id, self._place)
            self._graph = graph
        except RuntimeError as error:
            _log.warning("no CUDA graph for this model, each step is launched: %s", error)

    @torch.inference_mode()
    def _replay(self, id: int) -> torch.Tensor:
        self._id.fill_(id)
        self._place.fill_(len(self.held))
        self._graph.replay()
        return self._out.cpu()


def _plain_layers(cache: Any, kind: str) -> bool:
    return all(type(layer).__name__ == kind for layer in cache.layers)


def _shared(one: list[int], other: list[int]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
