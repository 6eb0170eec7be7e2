"""A LoRA adapter as llama.cpp reads it: peft's safetensors in, one GGUF file out."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agent.codes import AgentCode
from perception.replaced import replaced
from perception.types import UserError

_ARCHITECTURES = {"llama": "llama", "mistral": "llama", "qwen2": "qwen2", "qwen3": "qwen3"}
"""Kinds of transformers' models whose linear parts llama.cpp keeps one by one, by their names."""
_PERMUTED = {"llama", "mistral"}
"""Kinds whose query and key rows llama.cpp keeps in another order."""
_PART = re.compile(r"base_model\.model\.(?P<name>.+)\.lora_(?P<which>[AB])(?:\.default)?\.weight")


def write_gguf(adapter: Path, base: Path, file: Path) -> None:
    """Write the adapter folder `adapter` for the transformers folder `base` as `file`, float16.

    UserError where the base is of a kind that cannot be written so. Format: llama.cpp's
    convert_lora_to_gguf.py.
    """
    import gguf
    from safetensors.numpy import load_file

    config = json.loads((base / "config.json").read_bytes())
    kind = config["model_type"]
    if kind not in _ARCHITECTURES:
        raise UserError(AgentCode.NO_GGUF_FOR_KIND, kind=kind)
    settings = json.loads((adapter / "adapter_config.json").read_bytes())
    architecture = _ARCHITECTURES[kind]
    writer: Any = gguf.GGUFWriter(None, architecture)
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
    writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, float(settings["lora_alpha"]))
    names = gguf.get_tensor_name_map(_arch(gguf, architecture), config["num_hidden_layers"])
    for key, tensor in load_file(adapter / "adapter_model.safetensors").items():
        found = _PART.fullmatch(key)
        name = names.get_name(found["name"]) if found else None
        if not found or not name:
            raise UserError(AgentCode.ADAPTER_PART_UNKNOWN, key=key)
        turned = kind in _PERMUTED and found["which"] == "B"
        values = _permuted(tensor, found["name"], config) if turned else tensor
        which = found["which"].lower()
        writer.add_tensor(f"{name}.weight.lora_{which}", values.astype(np.float16))
    with replaced(file) as draft:
        writer.write_header_to_file(draft)
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()


def _arch(gguf: Any, architecture: str) -> Any:
    return next(key for key, name in gguf.MODEL_ARCH_NAMES.items() if name == architecture)


def _permuted(tensor: NDArray[Any], name: str, config: dict[str, Any]) -> NDArray[Any]:
    """Rows of a head: from halves to pairs, as the base's rows in a GGUF file are."""
    heads = {
        "q_proj": config["num_attention_heads"],
        "k_proj": config.get("num_key_value_heads") or config["num_attention_heads"],
    }.get(name.rsplit(".", 1)[-1])
    if heads is None:
        return tensor
    rows, rank = tensor.shape
    halves = tensor.reshape(heads, 2, rows // heads // 2, rank)
    return np.ascontiguousarray(halves.swapaxes(1, 2)).reshape(rows, rank)
