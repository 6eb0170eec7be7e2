"""Whisper's decoder as ONNX graphs with 8-bit weights, built once from the weights.

CTranslate2 reorders its int8 weights on every step on AMD processors, which makes one token as
dear as a batch of them. ONNX Runtime packs them once: a token then costs a fifth.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from perception.hearing.whisper_format.weights import Weights, read_weights
from perception.onnx_graph import Graph

CROSS, STEP = "cross.onnx", "step.onnx"
_BLOCK = 128
_OPSETS = {"": 20, "com.microsoft": 1}
_IR = 10
_INT8_PRODUCTS = 4


def decoder_graphs(draft: Path, model: Path) -> None:
    """The recipe of a folder with `cross.onnx` and `step.onnx`, from `model.bin`."""
    weights = read_weights(model)
    draft.mkdir()
    (draft / CROSS).write_bytes(cross_graph(weights))
    (draft / STEP).write_bytes(step_graph(weights))


def cross_graph(weights: Weights) -> bytes:
    """Keys and values of the sound for every layer, once a window.

    In: `encoded` (1, frames, width). Out: `k0`, `v0` ...: (1, heads, frames, size).
    """
    graph = Graph("whisper", _OPSETS, _IR)
    width = weights["decoder/embeddings/weight"].shape[1]
    encoded = graph.input("encoded", [1, "frames", width])
    shape = graph.constant(np.array([0, 0, weights.heads, -1], np.int64))
    for layer in range(weights.layers("decoder")):
        name = f"decoder/layer_{layer}/attention/linear_1"
        both = _quick_linear(graph, encoded, weights[f"{name}/weight"])
        both = graph.add("Add", both, graph.constant(weights[f"{name}/bias"]))
        keys, values = graph.split(both, 2)
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
    graph = Graph("whisper", _OPSETS, _IR)
    table = weights["decoder/projection/weight"]
    width = table.shape[1]
    size = width // weights.heads
    x = graph.input("x", ["batch", "tokens", width])
    graph.input("mask", ["tokens", "all"])
    for layer in range(weights.layers("decoder")):
        x = _layer(graph, weights, layer, x, size)
    x = _norm(graph, x, weights, "decoder/layer_norm")
    wanted = graph.add("Gather", x, graph.input("rows", ["rows"], whole=True), axis=1)
    none = np.zeros(table.shape[0], np.float32)
    graph.output(_linear(graph, wanted, table, none), "logits")
    return graph.bytes()


def _linear(
    graph: Graph, value: str, weight: NDArray[np.float32], bias: NDArray[np.float32]
) -> str:
    """`value @ weight.T + bias`, the weight (out, in) rounded to 8 bits in blocks of 128."""
    rows, columns = weight.shape
    blocks = weight.astype(np.float32).reshape(rows, columns // _BLOCK, _BLOCK)
    scales = np.maximum(np.abs(blocks).max(-1), 1e-8) / 127
    codes = np.clip(np.rint(blocks / scales[..., None]), -127, 127) + 128
    product = graph.add(
        "MatMulNBits",
        value,
        graph.constant(codes.astype(np.uint8)),
        graph.constant(scales.astype(np.float32).reshape(-1)),
        domain="com.microsoft",
        K=columns,
        N=rows,
        bits=8,
        block_size=_BLOCK,
        accuracy_level=_INT8_PRODUCTS,
    )
    if not bias.any():
        return product
    return graph.add("Add", product, graph.constant(bias.astype(np.float32)))


def _quick_linear(graph: Graph, value: str, weight: NDArray[np.float32]) -> str:
    """`value @ weight.T`, both rounded to 8 bits: for many rows at once."""
    scales = np.maximum(np.abs(weight).max(1), 1e-8) / 127
    codes = np.rint(weight / scales[:, None]).astype(np.int8)
    constants = graph.constant(codes.T), graph.constant(scales.astype(np.float32))
    return graph.add("DynamicQuantizeMatMul", value, *constants, domain="com.microsoft")


def _norm(graph: Graph, value: str, weights: Weights, name: str) -> str:
    """Layer normalisation."""
    gamma, beta = weights[f"{name}/gamma"], weights[f"{name}/beta"]
    constants = graph.constant(gamma), graph.constant(beta)
    return graph.add("LayerNormalization", value, *constants, axis=-1, epsilon=1e-5)


def _layer(graph: Graph, weights: Weights, layer: int, x: str, size: int) -> str:
    name = f"decoder/layer_{layer}"
    x = graph.add("Add", x, _self_attention(graph, weights, layer, x, size))
    x = graph.add("Add", x, _cross_attention(graph, weights, layer, x, size))
    hidden = _norm(graph, x, weights, f"{name}/ffn/layer_norm")
    hidden = _apply(graph, weights, f"{name}/ffn/linear_0", hidden)
    hidden = graph.add("Gelu", hidden, domain="com.microsoft")
    return graph.add("Add", x, _apply(graph, weights, f"{name}/ffn/linear_1", hidden))


def _apply(graph: Graph, weights: Weights, name: str, value: str) -> str:
    return _linear(graph, value, weights[f"{name}/weight"], weights[f"{name}/bias"])


def _split_heads(graph: Graph, value: str, heads: int) -> str:
    shape = graph.constant(np.array([0, 0, heads, -1], np.int64))
    return graph.add("Transpose", graph.add("Reshape", value, shape), perm=[0, 2, 1, 3])


def _join_heads(graph: Graph, value: str) -> str:
    shape = graph.constant(np.array([0, 0, -1], np.int64))
    return graph.add("Reshape", graph.add("Transpose", value, perm=[0, 2, 1, 3]), shape)


def _scores(graph: Graph, query: str, key: str, size: int) -> str:
    scaled = {"alpha": size**-0.5, "transB": 1, "domain": "com.microsoft"}
    return graph.add("FusedMatMul", query, key, **scaled)


def _self_attention(graph: Graph, weights: Weights, layer: int, x: str, size: int) -> str:
    name = f"decoder/layer_{layer}/self_attention"
    hidden = _norm(graph, x, weights, f"{name}/layer_norm")
    three = _apply(graph, weights, f"{name}/linear_0", hidden)
    parts = graph.split(three, 3)
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
    hidden = _norm(graph, x, weights, f"{name}/layer_norm")
    query = _split_heads(graph, _apply(graph, weights, f"{name}/linear_0", hidden), weights.heads)
    key = graph.input(f"k{layer}", [1, weights.heads, "frames", size])
    value = graph.input(f"v{layer}", [1, weights.heads, "frames", size])
    chances = graph.add("Softmax", _scores(graph, query, key, size), axis=-1)
    mixed = _join_heads(graph, graph.add("MatMul", chances, value))
    return _apply(graph, weights, f"{name}/linear_2", mixed)
