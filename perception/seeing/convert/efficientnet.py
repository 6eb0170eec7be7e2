"""Translates the published EfficientNet-Lite0 checkpoint to ONNX, batch norms folded.

Tan and Le, EfficientNet, 2019; Lite variant by the TensorFlow TPU authors (Apache-2.0): no
squeeze and excite, ReLU6, TensorFlow's SAME padding, batch norm epsilon 0.001.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from perception.onnx_graph import Graph

EPSILON = 1e-3
HALVING = (1, 3, 5, 11)
"""The blocks that halve height and width."""

BLOCKS = 16


class _Builder:
    def __init__(self, weights: dict[str, NDArray[np.float32]]) -> None:
        self.weights = weights
        self.graph = Graph("EfficientNet-Lite0", {"": 17}, 8)
        self.graph.constant(np.array(0, np.float32), "zero")
        self.graph.constant(np.array(6, np.float32), "six")

    def convolution(self, source: str, name: str, norm: str, stride: int, linear: bool) -> str:
        """Convolution with its batch norm folded in, and ReLU6 unless `linear`."""
        scale = self.weights[f"{norm}.weight"] / np.sqrt(
            self.weights[f"{norm}.running_var"] + EPSILON
        )
        kernel = self.weights[f"{name}.weight"]
        bias = self.weights[f"{norm}.bias"] - self.weights[f"{norm}.running_mean"] * scale
        inputs = [
            source,
            self.graph.constant(kernel * scale[:, None, None, None], f"{name}.weight"),
            self.graph.constant(bias, f"{name}.bias"),
        ]
        apart = "depthwise" in name
        output = self.graph.add(
            "Conv",
            *inputs,
            name=f"{name}.linear",
            strides=[stride, stride],
            auto_pad="SAME_UPPER",
            group=kernel.shape[0] if apart else 1,
        )
        if linear:
            return output
        return self.graph.add("Clip", output, "zero", "six", name=f"{name}.relu")

    def block(self, source: str, number: int) -> str:
        """An inverted residual."""
        name, stride = f"_blocks.{number}", 2 if number in HALVING else 1
        inner = source
        if f"{name}._expand_conv.weight" in self.weights:
            inner = self.convolution(source, f"{name}._expand_conv", f"{name}._bn0", 1, False)
        inner = self.convolution(inner, f"{name}._depthwise_conv", f"{name}._bn1", stride, False)
        inner = self.convolution(inner, f"{name}._project_conv", f"{name}._bn2", 1, True)
        kernels = (self.weights[f"{name}._project_conv.weight"], self._first(name))
        same = stride == 1 and kernels[0].shape[0] == kernels[1]
        return self.graph.add("Add", source, inner, name=f"{name}.sum") if same else inner

    def _first(self, name: str) -> int:
        expand = self.weights.get(f"{name}._expand_conv.weight")
        if expand is not None:
            return int(expand.shape[1])
        return int(self.weights[f"{name}._depthwise_conv.weight"].shape[0])


def write_onnx(draft: Path, checkpoint: Path) -> None:
    """The recipe of the network as ONNX: `pictures` to `logits` and `embedding`.

    Shapes (n, 3, 224, 224), (n, 1000) and (n, 1280).
    The checkpoint is read as plain tensors (`weights_only`); nothing in it is run.
    """
    import torch

    tensors = torch.load(checkpoint, map_location="cpu", weights_only=True)
    build = _Builder({name: value.numpy() for name, value in tensors.items()})
    graph = build.graph
    last = build.convolution(
        graph.input("pictures", ["n", 3, 224, 224]), "_conv_stem", "_bn0", 2, False
    )
    for number in range(BLOCKS):
        last = build.block(last, number)
    last = build.convolution(last, "_conv_head", "_bn1", 1, False)
    pooled = graph.add("GlobalAveragePool", last)
    embedding = graph.add("Flatten", pooled, name="embedding", axis=1)
    classes = [graph.constant(build.weights[name], name) for name in ("_fc.weight", "_fc.bias")]
    logits = graph.add("Gemm", embedding, *classes, name="logits", transB=1)
    graph.output(logits, "logits", ["n", 1000])
    graph.output(embedding, "embedding", ["n", 1280])
    draft.write_bytes(graph.bytes())
