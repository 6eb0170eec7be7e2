"""Whisper's weights as a safetensors folder for transformers, made once from `model.bin`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perception.conversion import convert_once
from perception.hearing.whisper_format.weights import Weights, read_weights

_FUSED = {"self_attention": ("qkv", "o"), "attention": ("q", "kv", "o")}
_NORMS = {"self_attention": "self_attn_layer_norm", "attention": "encoder_attn_layer_norm"}
_MODULES = {"self_attention": "self_attn", "attention": "encoder_attn"}

Arrays = dict[str, NDArray[np.float32]]


def state_of(weights: Weights) -> Arrays:
    """The parameters by the names of transformers' `WhisperForConditionalGeneration`.

    CTranslate2 keeps query, key and value in one matrix; here they are apart. Keys have no bias.
    """
    state: Arrays = {}
    for part in ("encoder", "decoder"):
        state[f"model.{part}.embed_positions.weight"] = weights[
            f"{part}/position_encodings/encodings"
        ]
        _copy_norm(state, weights, f"{part}/layer_norm", f"model.{part}.layer_norm")
        for layer in range(weights.layers(part)):
            _copy_layer(state, weights, f"{part}/layer_{layer}", f"model.{part}.layers.{layer}")
    for name in ("conv1", "conv2"):
        for kind in ("weight", "bias"):
            state[f"model.encoder.{name}.{kind}"] = weights[f"encoder/{name}/{kind}"]
    state["model.decoder.embed_tokens.weight"] = weights["decoder/embeddings/weight"]
    return state


def _copy_norm(state: Arrays, weights: Weights, name: str, to: str) -> None:
    state[f"{to}.weight"] = weights[f"{name}/gamma"]
    state[f"{to}.bias"] = weights[f"{name}/beta"]


def _copy_layer(state: Arrays, weights: Weights, name: str, to: str) -> None:
    for number, linear in enumerate(("fc1", "fc2")):
        for kind in ("weight", "bias"):
            state[f"{to}.{linear}.{kind}"] = weights[f"{name}/ffn/linear_{number}/{kind}"]
    _copy_norm(state, weights, f"{name}/ffn/layer_norm", f"{to}.final_layer_norm")
    for kind in _FUSED:
        if f"{name}/{kind}/linear_0/weight" in weights.plain:
            _copy_attention(state, weights, name, to, kind)


def _copy_attention(state: Arrays, weights: Weights, name: str, to: str, kind: str) -> None:
    _copy_norm(state, weights, f"{name}/{kind}/layer_norm", f"{to}.{_NORMS[kind]}")
    for number, letters in enumerate(_FUSED[kind]):
        source, target = f"{name}/{kind}/linear_{number}", f"{to}.{_MODULES[kind]}"
        for field in ("weight", "bias"):
            parts = np.split(weights[f"{source}/{field}"], len(letters))
            for letter, part in zip(letters, parts, strict=True):
                linear = "out_proj" if letter == "o" else f"{letter}_proj"
                if (letter, field) != ("k", "bias"):
                    state[f"{target}.{linear}.{field}"] = part


def settings_of(weights: Weights, config: dict[str, Any]) -> dict[str, Any]:
    """The arguments of transformers' `WhisperConfig` that fit these weights."""
    vocabulary, width = weights["decoder/embeddings/weight"].shape
    hidden = weights["encoder/layer_0/ffn/linear_0/weight"].shape[0]
    return {
        "vocab_size": vocabulary,
        "d_model": width,
        "num_mel_bins": weights["encoder/conv1/weight"].shape[1],
        "encoder_layers": weights.layers("encoder"),
        "decoder_layers": weights.layers("decoder"),
        "encoder_attention_heads": weights.heads,
        "decoder_attention_heads": weights.heads,
        "encoder_ffn_dim": hidden,
        "decoder_ffn_dim": hidden,
        "suppress_tokens": config["suppress_ids"],
        "begin_suppress_tokens": config["suppress_ids_begin"],
        "alignment_heads": config.get("alignment_heads", []),
    }


def transformers_folder(folder: Path) -> Path:
    """The folder for transformers made from a CTranslate2 one; made now where it is not there.

    UserError where it is damaged, or cannot be written: some 150 MB.
    """
    originals = [folder / name for name in ("model.bin", "config.json", "tokenizer.json")]
    return convert_once(write_transformers, originals, "transformers")


def write_transformers(draft: Path, model: Path, config: Path, tokenizer: Path) -> None:
    """The recipe of that folder. bfloat16 would lose bits that float16 has, so float16 is kept."""
    import torch
    from safetensors.torch import save_file
    from transformers import WhisperConfig

    weights = read_weights(model)
    draft.mkdir()
    state = {
        name: torch.from_numpy(np.ascontiguousarray(array)).half()
        for name, array in state_of(weights).items()
    }
    save_file(state, draft / "model.safetensors", metadata={"format": "pt"})
    about = json.loads(config.read_bytes())
    WhisperConfig(**settings_of(weights, about)).save_pretrained(draft)
    shutil.copy(tokenizer, draft / "tokenizer.json")
