"""The adapter as GGUF says the same in llama.cpp as peft's does in transformers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import gguf
import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import save_file

from agent.dialogue.transformer import weights
from agent.training.chat.gguf_adapter import write_gguf
from perception.types import UserError

pytestmark = pytest.mark.torch


def test_rows_are_ordered_as_in_the_base_file(
    models: Callable[[str], Path], tmp_path: Path
) -> None:
    """An adapter whose B is the base's own weight must come out as the base's own GGUF tensor."""
    base = models("smollm2-135m-instruct")
    converted = Path(weights.source(base))
    for name in ("config.json", "model.safetensors"):
        (tmp_path / name).symlink_to(converted / name)
    (tmp_path / "adapter_config.json").write_text(json.dumps({"lora_alpha": 4}))
    reader = gguf.GGUFReader(base / "model.gguf")
    kept = {tensor.name: tensor for tensor in reader.tensors}
    for part, theirs in (("q_proj", "attn_q"), ("k_proj", "attn_k"), ("v_proj", "attn_v")):
        key = f"model.layers.3.self_attn.{part}"
        with safe_open(converted / "model.safetensors", "pt") as file:
            weight = file.get_tensor(f"{key}.weight").float().numpy()
        save_file(
            {f"base_model.model.{key}.lora_B.weight": weight},
            tmp_path / "adapter_model.safetensors",
        )
        write_gguf(tmp_path, tmp_path, tmp_path / "out.gguf")
        written = gguf.GGUFReader(tmp_path / "out.gguf").tensors[0]
        tensor = kept[f"blk.3.{theirs}.weight"]
        truth = gguf.dequantize(tensor.data, tensor.tensor_type)
        assert written.name == f"{tensor.name}.lora_b"
        assert np.allclose(written.data, truth, atol=0.01)


def test_the_file_names_every_matrix(tmp_path: Path) -> None:
    _base(tmp_path, "llama")
    key = "base_model.model.model.layers.1.self_attn.q_proj.lora_"
    rows = np.arange(16, dtype=np.float32).reshape(8, 2)
    save_file(
        {f"{key}A.weight": np.ones((2, 8), np.float32), f"{key}B.weight": rows},
        tmp_path / "adapter_model.safetensors",
    )
    write_gguf(tmp_path, tmp_path, tmp_path / "out.gguf")
    reader = gguf.GGUFReader(tmp_path / "out.gguf")
    tensors = {tensor.name: tensor.data for tensor in reader.tensors}
    assert sorted(tensors) == ["blk.1.attn_q.weight.lora_a", "blk.1.attn_q.weight.lora_b"]
    assert tensors["blk.1.attn_q.weight.lora_b"][:, 0].tolist() == [0, 4, 2, 6, 8, 12, 10, 14]


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    _base(tmp_path, "mamba")
    with pytest.raises(UserError, match="mamba"):
        write_gguf(tmp_path, tmp_path, tmp_path / "out.gguf")


def _base(folder: Path, kind: str) -> None:
    config = {"model_type": kind, "num_hidden_layers": 2, "num_attention_heads": 2}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "adapter_config.json").write_text(json.dumps({"lora_alpha": 4}))
