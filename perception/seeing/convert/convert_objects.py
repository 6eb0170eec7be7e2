"""Makes `objects.onnx` and `objects.txt` from the published detector; run once, by a developer.

The source is the first stage of MediaPipe Objectron (Apache-2.0, Google): an SSD-MobileNetV2
trained on Open Images, in the npm package `@mediapipe/objectron` 0.4.1675468480, file
`objectron_solution_packed_assets.data`: a list of labels, then a TFLite model in float16.

    npm pack @mediapipe/objectron && tar xzf mediapipe-objectron-*.tgz
    pip install tflite onnx ai-edge-litert
    python -m perception.seeing.convert.convert_objects OBJECTRON.data OUT

Convolution weights are stored as 8 bits with a float16 scale an output channel, all else as
float16; onnxruntime unfolds them to float32 once, when it loads the file. That keeps the file
under 6 MB; `ai-edge-litert`, where it is installed, is used to print how far the outputs differ.
"""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perception.startup import start_private

LABEL_BYTES = 184
FEWEST_FOR_8_BITS = 2048
_RELU6 = 3


@dataclass(slots=True)
class _Graph:
    """ONNX nodes and constants, as they are gathered."""

    onnx: Any
    nodes: list[Any] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)

    def constant(self, name: str, value: NDArray[Any]) -> str:
        self.constants.append(self.onnx.numpy_helper.from_array(value, name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        self.nodes.append(self.onnx.helper.make_node(kind, inputs, [output], **attributes))
        return output

    def weight(self, name: str, value: NDArray[np.float32]) -> str:
        """A float32 constant, stored small."""
        if value.ndim < 4 or value.size < FEWEST_FOR_8_BITS:
            half = self.constant(f"{name}.half", value.astype(np.float16))
            return self.node("Cast", [half], name, to=self.onnx.TensorProto.FLOAT)
        most = np.abs(value).max(axis=(1, 2, 3), keepdims=True)
        scale = np.maximum(most / 127.0, 1e-12).astype(np.float32)
        steps = np.clip(np.round(value / scale), -127, 127).astype(np.int8)
        small = self.constant(f"{name}.steps", steps)
        wide = self.node("Cast", [small], f"{name}.wide", to=self.onnx.TensorProto.FLOAT)
        return self.node("Mul", [wide, self.constant(f"{name}.scale", scale)], name)


class _Source:
    """Reads tensors and operators of a TFLite flat buffer."""

    def __init__(self, data: bytes) -> None:
        self.format: Any = importlib.import_module("tflite")
        self.model = self.format.Model.GetRootAsModel(data, 0)
        self.graph = self.model.Subgraphs(0)
        kinds = vars(self.format.BuiltinOperator).items()
        self._names = {value: name for name, value in kinds if isinstance(value, int)}

    def kind(self, operator: Any) -> str:
        code = self.model.OperatorCodes(operator.OpcodeIndex())
        name: str = self._names[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
        return name

    def options(self, operator: Any, name: str) -> Any:
        table, options = operator.BuiltinOptions(), getattr(self.format, name)()
        options.Init(table.Bytes, table.Pos)
        return options

    def shape(self, index: int) -> list[int]:
        tensor = self.graph.Tensors(index)
        return [int(size) for size in tensor.ShapeAsNumpy()] if tensor.ShapeLength() else []

    def halves(self, index: int) -> NDArray[np.float32]:
        """The values of a float16 tensor."""
        buffer = self.model.Buffers(self.graph.Tensors(index).Buffer())
        raw: bytes = buffer.DataAsNumpy().tobytes()
        return np.frombuffer(raw, np.float16).reshape(self.shape(index)).astype(np.float32)


def _convolution(source: _Source, graph: _Graph, operator: Any, known: dict[int, Any]) -> None:
    picture, weight, bias = (int(index) for index in operator.InputsAsNumpy())
    output = int(operator.OutputsAsNumpy()[0])
    apart = source.kind(operator) == "DEPTHWISE_CONV_2D"
    options = source.options(operator, "DepthwiseConv2DOptions" if apart else "Conv2DOptions")
    # TFLite keeps (out, height, width, in), and (1, height, width, out) where channels are apart.
    weights = known[weight].transpose((3, 0, 1, 2) if apart else (0, 3, 1, 2))
    inputs = [
        f"t{picture}",
        graph.weight(f"w{weight}", np.ascontiguousarray(weights)),
        graph.weight(f"b{bias}", known[bias]),
    ]
    relu = options.FusedActivationFunction() == _RELU6
    result = f"t{output}.linear" if relu else f"t{output}"
    graph.node(
        "Conv",
        inputs,
        result,
        strides=[options.StrideH(), options.StrideW()],
        auto_pad="SAME_UPPER",
        group=weights.shape[0] if apart else 1,
    )
    if relu:
        graph.node("Clip", [result, "zero", "six"], f"t{output}")


def _reshape(source: _Source, graph: _Graph, operator: Any) -> None:
    picture, output = int(operator.InputsAsNumpy()[0]), int(operator.OutputsAsNumpy()[0])
    name = f"t{picture}"
    if len(source.shape(picture)) == 4 and source.shape(picture)[-1] != 4:
        # ONNX keeps channels first; the flat order is that of channels last.
        name = graph.node("Transpose", [name], f"t{output}.last", perm=[0, 2, 3, 1])
    shape = np.array(source.shape(output), np.int64)
    graph.node("Reshape", [name, graph.constant(f"s{output}", shape)], f"t{output}")


def _translate(source: _Source, graph: _Graph) -> None:
    known: dict[int, Any] = {}
    for number in range(source.graph.OperatorsLength()):
        operator = source.graph.Operators(number)
        inputs = [int(index) for index in operator.InputsAsNumpy()]
        output = int(operator.OutputsAsNumpy()[0])
        match source.kind(operator):
            case "DEQUANTIZE":
                known[output] = source.halves(inputs[0])
            case "CONV_2D" | "DEPTHWISE_CONV_2D":
                _convolution(source, graph, operator, known)
            case "ADD":
                graph.node("Add", [f"t{index}" for index in inputs], f"t{output}")
            case "CONCATENATION":
                graph.node("Concat", [f"t{index}" for index in inputs], f"t{output}", axis=1)
            case "RESHAPE":
                _reshape(source, graph, operator)
            case other:
                raise ValueError(f"the model has an operator {other} that is not translated")


def convert(data: bytes) -> Any:
    """The ONNX model of a TFLite flat buffer; input (1, 3, 300, 300), -1 to 1."""
    onnx: Any = importlib.import_module("onnx")
    source, graph = _Source(data), _Graph(onnx)
    graph.constant("zero", np.array(0, np.float32))
    graph.constant("six", np.array(6, np.float32))
    _translate(source, graph)
    values, kind = onnx.helper.make_tensor_value_info, onnx.TensorProto.FLOAT
    outputs = [int(index) for index in source.graph.OutputsAsNumpy()]
    body = onnx.helper.make_graph(
        graph.nodes,
        "SSD-MobileNetV2, Open Images, 23 classes (MediaPipe Objectron, Apache-2.0)",
        [values(f"t{int(source.graph.Inputs(0))}", kind, [1, 3, 300, 300])],
        [values(f"t{index}", kind, source.shape(index)) for index in outputs],
        graph.constants,
    )
    version = [onnx.helper.make_opsetid("", 17)]
    model = onnx.helper.make_model(body, opset_imports=version, ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    return model


def difference(data: bytes, model: bytes) -> float:
    """The largest difference of class probabilities to the reference on twenty noise pictures."""
    lite: Any = importlib.import_module("ai_edge_litert.interpreter")
    runtime: Any = importlib.import_module("onnxruntime")
    reference = lite.Interpreter(model_content=data)
    reference.allocate_tensors()
    session = runtime.InferenceSession(model, providers=["CPUExecutionProvider"])
    chance, worst = np.random.default_rng(0), 0.0
    for _ in range(20):
        coarse = chance.uniform(-1, 1, (10, 10, 3)).astype(np.float32)
        picture = np.kron(coarse, np.ones((30, 30, 1), np.float32))[None]
        reference.set_tensor(reference.get_input_details()[0]["index"], picture)
        reference.invoke()
        ours = session.run(None, {session.get_inputs()[0].name: picture.transpose(0, 3, 1, 2)})
        logits = reference.get_tensor(reference.get_output_details()[1]["index"])
        theirs, mine = (1 / (1 + np.exp(-values)) for values in (logits, ours[1]))
        worst = max(worst, float(np.abs(theirs - mine).max()))
    return worst


def main(packed: Path, out: Path) -> None:
    """Convert `packed` into `out/objects.onnx` and `out/objects.txt`."""
    start_private()
    data = packed.read_bytes()
    text, flat = data[:LABEL_BYTES], data[LABEL_BYTES:]
    labels = text.decode().strip().splitlines()[1:]
    model = convert(flat).SerializeToString()
    out.mkdir(parents=True, exist_ok=True)
    (out / "objects.onnx").write_bytes(model)
    (out / "objects.txt").write_text("\n".join(labels) + "\n", encoding="utf-8")
    print(f"{len(labels)} labels, {len(model) / 1e6:.2f} MB")
    try:
        print(f"largest difference of a probability to LiteRT: {difference(flat, model):.4f}")
    except ImportError as error:
        print(f"not compared: {error}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
