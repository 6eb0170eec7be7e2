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
from safety.characters import SIZE
from safety.codes import SafetyCode
from safety.graph import PLAIN, HarmGraph

Tensors: TypeAlias = Mapping[str, NDArray[np.float32]]

FORMAT = "candor-harm-2"
CHARACTERS = "characters.weight"
CHARACTERS_BIAS = "characters.bias"
_RECIPE = 2
"""Its version; 2 gives the meaning of a text beside its scores."""
_PARTS = {
    "attention.query": "attention.self.query",
    "attention.key": "attention.self.key",
    "attention.value": "attention.self.value",
}


@dataclass(frozen=True, slots=True)
class Adapter:
    """What training left: LoRA matrices and head, the table of characters, labels, points.

    A label's points are the probabilities from which it is in doubt and from which it is clear,
    for words and for Chinese characters; `asked` are the categories of what one may ask for.
    """

    tensors: Tensors
    labels: tuple[str, ...]
    asked: tuple[str, ...]
    points: tuple[tuple[float, float], ...]
    character_points: tuple[tuple[float, float], ...]
    scale: float


def read_adapter(file: Path) -> Adapter:
    """Read an adapter file. UserError when it is missing or is none."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(file, framework="numpy") as opened:
            about: Mapping[str, str] = opened.metadata() or {}
            tensors = {n: opened.get_tensor(n).astype(np.float32) for n in opened.keys()}  # noqa: SIM118
        if about["format"] != FORMAT:
            raise KeyError("format")
        labels, asked = (tuple(json.loads(about[name])) for name in ("labels", "asked"))
        points, of_characters = (
            tuple((float(told[label][0]), float(told[label][1])) for label in labels)
            for told in (json.loads(about["points"]), json.loads(about["character_points"]))
        )
        scale = float(about["scale"])
        _check_characters(tensors, len(labels))
    except (OSError, SafetensorError, LookupError, TypeError, ValueError) as error:
        raise UserError(
            SafetyCode.HARM_CLASSIFIER_UNREADABLE, file=file, kind=type(error).__name__
        ) from error
    return Adapter(tensors, labels, asked, points, of_characters, scale)


def _check_characters(tensors: Tensors, labels: int) -> None:
    """KeyError where the table of characters is missing, ValueError where it has another shape."""
    if tensors[CHARACTERS].shape != (SIZE, labels) or tensors[CHARACTERS_BIAS].shape != (labels,):
        raise ValueError("characters")


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
