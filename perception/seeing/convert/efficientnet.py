"""Translates the published EfficientNet-Lite0 checkpoint to ONNX, batch norms folded.

Tan and Le, EfficientNet, 2019; Lite variant by the TensorFlow TPU authors (Apache-2.0): no
squeeze and excite, ReLU6, TensorFlow's SAME padding, batch norm epsilon 0.001.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

EPSILON = 1e-3
HALVING = (1, 3, 5, 11)
"""The blocks that halve height and width."""

BLOCKS = 16


class _Builder:
    def __init__(self, weights: dict[str, NDArray[np.float32]], onnx: Any) -> None:
        self.weights, self.onnx = weights, onnx
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self.constant("zero", np.array(0, np.float32))
        self.constant("six", np.array(6, np.float32))

    def constant(self, name: str, value: NDArray[Any]) -> str:
        self.constants.append(self.onnx.numpy_helper.from_array(value, name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        self.nodes.append(self.onnx.helper.make_node(kind, inputs, [output], **attributes))
        return output

    def convolution(self, source: str, name: str, norm: str, stride: int, linear: bool) -> str:
        """Convolution with its batch norm folded in, and ReLU6 unless `linear`."""
        scale = self.weights[f"{norm}.weight"] / np.sqrt(
            self.weights[f"{norm}.running_var"] + EPSILON
        )
        kernel = self.weights[f"{name}.weight"]
        bias = self.weights[f"{norm}.bias"] - self.weights[f"{norm}.running_mean"] * scale
        inputs = [
            source,
            self.constant(f"{name}.weight", kernel * scale[:, None, None, None]),
            self.constant(f"{name}.bias", bias),
        ]
        apart = "depthwise" in name
        output = self.node(
            "Conv",
            inputs,
            f"{name}.linear",
            strides=[stride, stride],
            auto_pad="SAME_UPPER",
            group=kernel.shape[0] if apart else 1,
        )
        return output if linear else self.node("Clip", [output, "zero", "six"], f"{name}.relu")

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
        return self.node("Add", [source, inner], f"{name}.sum") if same else inner

    def _first(self, name: str) -> int:
        expand = self.weights.get(f"{name}._expand_conv.weight")
        if expand is not None:
            return int(expand.shape[1])
        return int(self.weights[f"{name}._depthwise_conv.weight"].shape[0])


def to_onnx(checkpoint: Path) -> bytes:
    """The network as ONNX: input `pictures` (n, 3, 224, 224), outputs `logits` (n, 1000) and
    `embedding` (n, 1280).

    The checkpoint is read as plain tensors (`weights_only`); nothing in it is run.
    """
    import onnx
    import torch

    tensors = torch.load(checkpoint, map_location="cpu", weights_only=True)
    build = _Builder({name: value.numpy() for name, value in tensors.items()}, onnx)
    last = build.convolution("pictures", "_conv_stem", "_bn0", 2, False)
    for number in range(BLOCKS):
        last = build.block(last, number)
    last = build.convolution(last, "_conv_head", "_bn1", 1, False)
    build.node("GlobalAveragePool", [last], "pooled")
    build.node("Flatten", ["pooled"], "embedding", axis=1)
    classes = [build.constant(name, build.weights[name]) for name in ("_fc.weight", "_fc.bias")]
    build.node("Gemm", ["embedding", *classes], "logits", transB=1)
    value, kind = onnx.helper.make_tensor_value_info, onnx.TensorProto.FLOAT
    graph = onnx.helper.make_graph(
        build.nodes,
        "EfficientNet-Lite0",
        [value("pictures", kind, ["n", 3, 224, 224])],
        [value("logits", kind, ["n", 1000]), value("embedding", kind, ["n", 1280])],
        build.constants,
    )
    version = [onnx.helper.make_opsetid("", 17)]
    model = onnx.helper.make_model(graph, opset_imports=version, ir_version=8)
    onnx.checker.check_model(model)
    data: bytes = model.SerializeToString()
    return data
