"""Whisper's decoder as ONNX graphs with 8-bit weights, built from the weights at start.

CTranslate2 reorders its int8 weights on every step on AMD processors, which makes one token as
dear as a batch of them. ONNX Runtime packs them once: a token then costs a fifth.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from perception.hearing.whisper_format.weights import Weights

_BLOCK = 128
_OPSETS = (("", 20), ("com.microsoft", 1))
_INT8_PRODUCTS = 4


class Graph:
    """Nodes and constants, collected one call at a time."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._constants: list[Any] = []
        self._inputs: list[Any] = []
        self._outputs: list[Any] = []

    def input(self, name: str, shape: list[int | str], whole: bool = False) -> str:
        """A float input, or one of `whole` numbers."""
        kind = TensorProto.INT64 if whole else TensorProto.FLOAT
        self._inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def output(self, value: str, name: str) -> None:
        """Make `value` a float output called `name`."""
        self._nodes.append(helper.make_node("Identity", [value], [name]))
        self._outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))

    def constant(self, array: NDArray[Any]) -> str:
        """A constant."""
        name = f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.asarray(array, order="C"), name))
        return name

    def add(self, operator: str, *inputs: str, outputs: int = 1, **attributes: Any) -> Any:
        """A node; its output's name, or a list of them. `domain` may be among the attributes."""
        names = [f"n{len(self._nodes)}_{number}" for number in range(outputs)]
        self._nodes.append(helper.make_node(operator, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def linear(self, value: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """`value @ weight.T + bias`, the weight (out, in) rounded to 8 bits in blocks of 128."""
        rows, columns = weight.shape
        blocks = weight.astype(np.float32).reshape(rows, columns // _BLOCK, _BLOCK)
        scales = np.maximum(np.abs(blocks).max(-1), 1e-8) / 127
        codes = np.clip(np.rint(blocks / scales[..., None]), -127, 127) + 128
        product = self.add(
            "MatMulNBits",
            value,
            self.constant(codes.astype(np.uint8)),
            self.constant(scales.astype(np.float32).reshape(-1)),
            domain="com.microsoft",
            K=columns,
            N=rows,
            bits=8,
            block_size=_BLOCK,
            accuracy_level=_INT8_PRODUCTS,
        )
        if not bias.any():
            return str(product)
        return str(self.add("Add", product, self.constant(bias.astype(np.float32))))

    def quick_linear(self, value: str, weight: NDArray[np.float32]) -> str:
        """`value @ weight.T`, both rounded to 8 bits: for many rows at once."""
        scales = np.maximum(np.abs(weight).max(1), 1e-8) / 127
        codes = np.rint(weight / scales[:, None]).astype(np.int8)
        constants = self.constant(codes.T), self.constant(scales.astype(np.float32))
        return str(self.add("DynamicQuantizeMatMul", value, *constants, domain="com.microsoft"))

    def norm(self, value: str, weights: Weights, name: str) -> str:
        """Layer normalisation."""
        gamma, beta = weights[f"{name}/gamma"], weights[f"{name}/beta"]
        constants = self.constant(gamma), self.constant(beta)
        return str(self.add("LayerNormalization", value, *constants, axis=-1, epsilon=1e-5))

    def bytes(self) -> bytes:
        """The serialised model."""
        graph = helper.make_graph(
            self._nodes, "whisper", self._inputs, self._outputs, self._constants
        )
        opsets = [helper.make_opsetid(*opset) for opset in _OPSETS]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=10)
        data: bytes = model.SerializeToString()
        return data


def cross_graph(weights: Weights) -> bytes:
    """Keys and values of the sound for every layer, once a window.

    In: `encoded` (1, frames, width). Out: `k0`, `v0` ...: (1, heads, frames, size).
    """
    graph = Graph()
    width = weights["decoder/embeddings/weight"].shape[1]
    encoded = graph.input("encoded", [1, "frames", width])
    shape = graph.constant(np.array([0, 0, weights.heads, -1], np.int64))
    for layer in range(weights.layers("decoder")):
        name = f"decoder/layer_{layer}/attention/linear_1"
        both = graph.quick_linear(encoded, weights[f"{name}/weight"])
        both = graph.add("Add", both, graph.constant(weights[f"{name}/bias"]))
        keys, values = graph.add("Split", both, outputs=2, axis=-1, num_outputs=2)
        for letter, value in (("k", keys), ("v", values)):
            split = graph.add("Reshape", value, shape)
            graph.output(graph.add("Transpose", split, perm=[0, 2, 1, 3]), f"{letter}{layer}")
    return graph.bytes()


def step_graph(weights: Weights) -> bytes:
    """One step of the decoder.

    In: `x` (batch, tokens, width), embeddings with positions; `mask` (tokens, past + tokens), 0
    or minus infinity; `rows`, the places of the tokens whose logits are wanted; `pk0`, `pv0`
    ...: (batch, heads, past, size), what came before; `k0`, `v0` ... of `cross_graph`. Out:
    `logits` (batch, rows, vocabulary); `nk0`, `nv0` ...: the past with these tokens.
    """
    graph = Graph()
    table = weights["decoder/projection/weight"]
    width = table.shape[1]
    size = width // weights.heads
    x = graph.input("x", ["batch", "tokens", width])
    graph.input("mask", ["tokens", "all"])
    for layer in range(weights.layers("decoder")):
        x = _layer(graph, weights, layer, x, size)
    x = graph.norm(x, weights, "decoder/layer_norm")
    wanted = graph.add("Gather", x, graph.input("rows", ["rows"], whole=True), axis=1)
    none = np.zeros(table.shape[0], np.float32)
    graph.output(graph.linear(wanted, table, none), "logits")
    return graph.bytes()


def _layer(graph: Graph, weights: Weights, layer: int, x: str, size: int) -> str:
    name = f"decoder/layer_{layer}"
    x = graph.add("Add", x, _self_attention(graph, weights, layer, x, size))
    x = graph.add("Add", x, _cross_attention(graph, weights, layer, x, size))
    hidden = graph.norm(x, weights, f"{name}/ffn/layer_norm")
    hidden = _apply(graph, weights, f"{name}/ffn/linear_0", hidden)
    hidden = graph.add("Gelu", hidden, domain="com.microsoft")
    return str(graph.add("Add", x, _apply(graph, weights, f"{name}/ffn/linear_1", hidden)))


def _apply(graph: Graph, weights: Weights, name: str, value: str) -> str:
    return graph.linear(value, weights[f"{name}/weight"], weights[f"{name}/bias"])


def _split_heads(graph: Graph, value: str, heads: int) -> str:
    shape = graph.constant(np.array([0, 0, heads, -1], np.int64))
    return str(graph.add("Transpose", graph.add("Reshape", value, shape), perm=[0, 2, 1, 3]))


def _join_heads(graph: Graph, value: str) -> str:
    shape = graph.constant(np.array([0, 0, -1], np.int64))
    return str(graph.add("Reshape", graph.add("Transpose", value, perm=[0, 2, 1, 3]), shape))


def _scores(graph: Graph, query: str, key: str, size: int) -> str:
    scaled = {"alpha": size**-0.5, "transB": 1, "domain": "com.microsoft"}
    return str(graph.add("FusedMatMul", query, key, **scaled))


def _self_attention(graph: Graph, weights: Weights, layer: int, x: str, size: int) -> str:
    name = f"decoder/layer_{layer}/self_attention"
    hidden = graph.norm(x, weights, f"{name}/layer_norm")
    three = _apply(graph, weights, f"{name}/linear_0", hidden)
    parts = graph.add("Split", three, outputs=3, axis=-1, num_outputs=3)
    query, key, value = (_split_heads(graph, part, weights.heads) for part in parts)
    shape: list[int | str] = ["batch", weights.heads, "past", size]
    key = graph.add("Concat", graph.input(f"pk{layer}", shape), key, axis=2)
    value = graph.add("Concat", graph.input(f"pv{layer}", shape), value, axis=2)
    graph.output(key, f"nk{layer}")
    graph.output(value, f"nv{layer}")
    scores = graph.add("Add", _scores(graph, query, key, size), "mask")
    chances = graph.add("Softmax", scores, axis=-1)
    mixed = _join_heads(graph, graph.add("MatMul", chances, value))
    return _apply(graph, weights, f"{name}/linear_1", mixed)


def _cross_attention(graph: Graph, weights: Weights, layer: int, x: str, size: int) -> str:
    name = f"decoder/layer_{layer}/attention"
    hidden = graph.norm(x, weights, f"{name}/layer_norm")
    query = _split_heads(graph, _apply(graph, weights, f"{name}/linear_0", hidden), weights.heads)
    key = graph.input(f"k{layer}", [1, weights.heads, "frames", size])
    value = graph.input(f"v{layer}", [1, weights.heads, "frames", size])
    chances = graph.add("Softmax", _scores(graph, query, key, size), axis=-1)
    mixed = _join_heads(graph, graph.add("MatMul", chances, value))
    return _apply(graph, weights, f"{name}/linear_2", mixed)
