"""MiniLM with the trained adapter merged in, as ONNX: built once, without torch.

BERT as in Devlin et al. 2018; pooling by mean and maximum, then a linear head and a sigmoid.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from perception.conversion import convert_once
from perception.types import UserError
from safety.codes import SafetyCode
from safety.graph import PLAIN, HarmGraph

Tensors: TypeAlias = Mapping[str, NDArray[np.float32]]

_RECIPE = 2
"""Its version; 2 gives the meaning of a text beside its scores."""
_PARTS = {
    "attention.query": "attention.self.query",
    "attention.key": "attention.self.key",
    "attention.value": "attention.self.value",
}


@dataclass(frozen=True, slots=True)
class Adapter:
    """What training left: LoRA matrices and head, labels, and the trained thresholds."""

    tensors: Tensors
    labels: tuple[str, ...]
    thresholds: tuple[float, ...]
    scale: float


def read_adapter(file: Path) -> Adapter:
    """Read an adapter file. UserError when it is missing or is none."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(file, framework="numpy") as opened:
            about: Mapping[str, str] = opened.metadata() or {}
            tensors = {n: opened.get_tensor(n).astype(np.float32) for n in opened.keys()}  # noqa: SIM118
        labels = tuple(json.loads(about["labels"]))
        thresholds = json.loads(about["thresholds"])
        scale = float(about["scale"])
        if about["format"] != "candor-harm-1":
            raise KeyError("format")
    except (OSError, SafetensorError, KeyError, ValueError) as error:
        raise UserError(
            SafetyCode.HARM_CLASSIFIER_UNREADABLE, file=file, kind=type(error).__name__
        ) from error
    return Adapter(tensors, labels, tuple(thresholds[name] for name in labels), scale)


def merged(base: Tensors, adapter: Adapter) -> dict[str, NDArray[np.float32]]:
    """The weights of the whole model: each adapted matrix is W + scale * B A, and W beside it."""
    weights = {name.removeprefix("bert."): tensor for name, tensor in base.items()}
    for name, down in adapter.tensors.items():
        if not name.endswith(".lora_A"):
            continue
        layer, _, part = name.removeprefix("layer.").removesuffix(".lora_A").partition(".")
        target = f"encoder.layer.{layer}.{_PARTS.get(part, part)}.weight"
        up = adapter.tensors[name.removesuffix("A") + "B"]
        weights[PLAIN + target] = weights[target]
        weights[target] = weights[target] + adapter.scale * (up @ down)
    weights["head.weight"] = adapter.tensors["head.weight"]
    weights["head.bias"] = adapter.tensors["head.bias"]
    return weights


def harm_model(minilm: Path, adapter: Path) -> Path:
    """The ONNX file of this adapter in `converted/` beside the model, made where missing.

    UserError when the model is missing or broken, or the folder cannot be written.
    """
    originals = [minilm / "model.safetensors", minilm / "config.json", adapter]
    # Adapters do not take each other's place: a bench compares them.
    digest = hashlib.sha256(adapter.read_bytes()).hexdigest()[:12]
    return convert_once(write_harm_model, originals, f"harm-{digest}.onnx", version=_RECIPE)


def write_harm_model(draft: Path, base: Path, config: Path, adapter: Path) -> None:
    """The recipe of the model: the base's weights with the adapter merged in."""
    from safetensors.numpy import load_file

    about: dict[str, Any] = json.loads(config.read_text(encoding="utf-8"))
    weights = merged(load_file(base), read_adapter(adapter))
    heads, epsilon = about["num_attention_heads"], about["layer_norm_eps"]
    graph = HarmGraph(weights, about["num_hidden_layers"], heads, epsilon)
    draft.write_bytes(graph.bytes())
