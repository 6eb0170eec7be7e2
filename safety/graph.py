"""A BERT classifier and sentence encoder as one ONNX graph, written node by node from weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from perception.onnx_graph import Graph

_OPSET = 17
_IR = 9
PLAIN = "plain."
"""What the names of weights begin with that the classifier's adapter changed: as they were."""

Named: TypeAlias = Callable[[str], str]
"""Which weights stand under a name."""


class HarmGraph:
    """Inputs `ids` and `mask` (n, t) int64; outputs `scores` (n, labels) and `meaning` (n, width).

    Scores are probabilities. The meaning is the mean of the last states of the model without its
    adapter: only the layers that the adapter changed are there twice.
    """

    def __init__(
        self, weights: Mapping[str, NDArray[np.float32]], layers: int, heads: int, epsilon: float
    ) -> None:
        self._graph = Graph("harm", {"": _OPSET}, _IR)
        self._add = self._graph.add
        self._weights = weights
        self._layers, self._heads, self._epsilon = layers, heads, epsilon
        self._width = int(weights["embeddings.word_embeddings.weight"].shape[1])

    def bytes(self) -> bytes:
        """The whole model, serialised."""
        for name in ("ids", "mask"):
            self._graph.input(name, ["n", "t"], whole=True)
        hidden = self._embeddings()
        bias = self._mask_bias()
        plain = hidden
        for layer in range(self._layers):
            name = f"encoder.layer.{layer}."
            together = plain == hidden and not self._is_adapted(name)
            below, hidden = plain, self._layer(hidden, bias, name)
            plain = hidden if together else self._layer(below, bias, name, self._plain)
        labels = int(self._weights["head.bias"].shape[0])
        self._graph.output(self._head(hidden), "scores", ["n", labels])
        self._graph.output(self._mean(plain), "meaning", ["n", self._width])
        return self._graph.bytes()

    def _is_adapted(self, layer: str) -> bool:
        return any(name.startswith(PLAIN + layer) for name in self._weights)

    def _plain(self, name: str) -> str:
        """What a weight was called before it was adapted; itself where it was not."""
        return PLAIN + name if PLAIN + name + ".weight" in self._weights else name

    def _embeddings(self) -> str:
        words = self._add("Gather", self._weight("embeddings.word_embeddings.weight"), "ids")
        length = self._add("Gather", self._add("Shape", "ids"), self._whole(1))
        places = self._add("Range", self._whole(0), length, self._whole(1))
        table = self._weight("embeddings.position_embeddings.weight")
        kind = self._real("kind", self._weights["embeddings.token_type_embeddings.weight"][0])
        total = self._add("Add", self._add("Add", words, self._add("Gather", table, places)), kind)
        return self._norm(total, "embeddings.LayerNorm")

    def _mask_bias(self) -> str:
        mask = self._graph.cast("mask")
        wide = self._add("Unsqueeze", mask, self._row("axes12", [1, 2]))
        missing = self._add("Sub", self._real("one", np.float32(1)), wide)
        return self._add("Mul", missing, self._real("low", np.float32(-1e4)))

    def _layer(self, hidden: str, bias: str, name: str, of: Named = str) -> str:
        attended = self._attention(hidden, bias, name + "attention.self.", of)
        attended = self._linear(attended, of(name + "attention.output.dense"))
        hidden = self._norm(self._add("Add", attended, hidden), name + "attention.output.LayerNorm")
        inner = self._gelu(self._linear(hidden, of(name + "intermediate.dense")))
        inner = self._linear(inner, of(name + "output.dense"))
        return self._norm(self._add("Add", inner, hidden), name + "output.LayerNorm")

    def _attention(self, hidden: str, bias: str, name: str, of: Named) -> str:
        size = self._width // self._heads
        shape = self._row("split", [0, 0, self._heads, size])
        query, key, value = (
            self._add("Reshape", self._linear(hidden, of(name + part)), shape)
            for part in ("query", "key", "value")
        )
        query = self._add("Transpose", query, perm=[0, 2, 1, 3])
        key = self._add("Transpose", key, perm=[0, 2, 3, 1])
        value = self._add("Transpose", value, perm=[0, 2, 1, 3])
        scale = self._real("scale", np.float32(size**-0.5))
        scores = self._add("Mul", self._add("MatMul", query, key), scale)
        chances = self._add("Softmax", self._add("Add", scores, bias), axis=-1)
        mixed = self._add("Transpose", self._add("MatMul", chances, value), perm=[0, 2, 1, 3])
        return self._add("Reshape", mixed, self._row("join", [0, 0, self._width]))

    def _head(self, hidden: str) -> str:
        mask, mean = self._wide_mask(), self._mean(hidden)
        missing = self._add("Sub", self._real("one", np.float32(1)), mask)
        low = self._add("Mul", missing, self._real("low", np.float32(-1e4)))
        peak = self._add("ReduceMax", self._add("Add", hidden, low), axes=[1], keepdims=0)
        logits = self._linear(self._add("Concat", mean, peak, axis=-1), "head")
        return self._add("Sigmoid", logits, name="scores")

    def _wide_mask(self) -> str:
        return self._add("Unsqueeze", self._graph.cast("mask"), self._row("axis2", [2]))

    def _mean(self, hidden: str) -> str:
        mask, across = self._wide_mask(), self._row("a1", [1])
        total = self._add("ReduceSum", self._add("Mul", hidden, mask), across, keepdims=0)
        return self._add("Div", total, self._add("ReduceSum", mask, across, keepdims=0))

    def _linear(self, x: str, name: str) -> str:
        weight = self._real(name + ".weight.t", self._weights[name + ".weight"].T)
        bias = self._weight(name.removeprefix(PLAIN) + ".bias")
        return self._add("Add", self._add("MatMul", x, weight), bias)

    def _norm(self, x: str, name: str) -> str:
        scale, bias = self._weight(name + ".weight"), self._weight(name + ".bias")
        return self._add("LayerNormalization", x, scale, bias, axis=-1, epsilon=self._epsilon)

    def _gelu(self, x: str) -> str:
        inner = self._add("Erf", self._add("Div", x, self._real("root2", np.float32(2**0.5))))
        one, half = self._real("one", np.float32(1)), self._real("half", np.float32(0.5))
        return self._add("Mul", self._add("Mul", x, self._add("Add", inner, one)), half)

    def _weight(self, name: str) -> str:
        return self._real(name, self._weights[name])

    def _real(self, name: str, value: Any) -> str:
        return self._graph.constant(np.asarray(value, np.float32), name)

    def _whole(self, value: int) -> str:
        return self._graph.constant(np.array(value, np.int64), f"whole{value}")

    def _row(self, name: str, values: list[int]) -> str:
        return self._graph.constant(np.array(values, np.int64), name)
