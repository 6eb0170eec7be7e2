"""An ONNX model written by hand, node by node. Only a conversion in a child imports this `onnx`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Shape = Sequence[int | str] | None


class Graph:
    """Builder of one ONNX model: inputs, nodes and constants, collected one call at a time.

    Numbers are float32 unless said otherwise. `opsets` are versions by domain; `ir` is that of
    the file format.
    """

    def __init__(self, name: str, opsets: dict[str, int], ir: int) -> None:
        import onnx.helper
        import onnx.numpy_helper

        self._name, self._opsets, self._ir = name, opsets, ir
        self._onnx: Any = onnx
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}
        self._inputs: list[Any] = []
        self._outputs: list[Any] = []

    def input(self, name: str, shape: Shape, whole: bool = False) -> str:
        """An input, or one of `whole` numbers."""
        kind = self._onnx.TensorProto.INT64 if whole else self._onnx.TensorProto.FLOAT
        self._inputs.append(self._onnx.helper.make_tensor_value_info(name, kind, shape))
        return name

    def output(self, value: str, name: str, shape: Shape = None) -> None:
        """Make `value` an output called `name`."""
        if value != name:
            self.add("Identity", value, name=name)
        kind = self._onnx.TensorProto.FLOAT
        self._outputs.append(self._onnx.helper.make_tensor_value_info(name, kind, shape))

    def constant(self, array: NDArray[Any], name: str = "") -> str:
        """A constant. One that has a name is kept once, whatever is given later."""
        name = name or f"c{len(self._constants)}"
        if name not in self._constants:
            # Not `ascontiguousarray`, which makes a row of a single number.
            ordered = np.asarray(array, order="C")
            self._constants[name] = self._onnx.numpy_helper.from_array(ordered, name)
        return name

    def cast(self, value: str, name: str = "") -> str:
        """`value` as float32."""
        return self.add("Cast", value, name=name, to=self._onnx.TensorProto.FLOAT)

    def add(self, operator: str, *inputs: str, name: str = "", **attributes: Any) -> str:
        """A node; the name of its output. `domain` may be among the attributes."""
        return self.add_many(operator, *inputs, names=[name or self._free()], **attributes)[0]

    def split(self, value: str, parts: int) -> list[str]:
        """Equal parts of the last axis."""
        names = [f"{self._free()}_{number}" for number in range(parts)]
        return self.add_many("Split", value, names=names, axis=-1, num_outputs=parts)

    def add_many(
        self, operator: str, *inputs: str, names: list[str], **attributes: Any
    ) -> list[str]:
        """A node with several outputs."""
        node = self._onnx.helper.make_node(operator, list(inputs), names, **attributes)
        self._nodes.append(node)
        return names

    def model(self) -> Any:
        """The `onnx.ModelProto`."""
        helper = self._onnx.helper
        constants = list(self._constants.values())
        graph = helper.make_graph(self._nodes, self._name, self._inputs, self._outputs, constants)
        opsets = [helper.make_opsetid(*opset) for opset in self._opsets.items()]
        return helper.make_model(graph, opset_imports=opsets, ir_version=self._ir)

    def bytes(self) -> bytes:
        """The serialised model."""
        data: bytes = self.model().SerializeToString()
        return data

    def _free(self) -> str:
        return f"n{len(self._nodes)}"
