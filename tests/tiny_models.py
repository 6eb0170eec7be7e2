"""Tiny GGUF files with random weights, of the architectures that the catalogue offers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from agent.dialogue.text.control import WELL_KNOWN

TEMPLATES = Path(__file__).parent / "data" / "templates"
# Which chat template goes with which architecture, and what ends its answers.
KINDS = {
    "qwen3": ("qwen3", "<|im_end|>"),
    "qwen35": ("qwen3_5", "<|im_end|>"),
    "gemma4": ("gemma4", "<turn|>"),
    "smollm3": ("smollm3", "<|im_end|>"),
    "granite": ("granite4", "<|end_of_text|>"),
    "granitehybrid": ("granite4", "<|end_of_text|>"),
    "mistral3": ("ministral3", "</s>"),
    "gpt-oss": ("gpt_oss", "<|return|>"),
}
UNCUTTABLE = ("qwen35", "granitehybrid")
"""Their caches hold a running state, which cannot be cut at any place."""
SPECIAL = (*sorted(WELL_KNOWN), "<|channel>", "<channel|>", "<|think|>", "[THINK]", "[/THINK]")
_WIDTH, _INNER, _HEAD, _LAYERS, _CONTEXT = 64, 64, 16, 4, 4096

Shapes = dict[str, tuple[int, ...]]


def make(file: Path, architecture: str, template: str | None = None) -> Path:
    """Write a model of that architecture, under 1 MB. An empty template writes none."""
    import gguf
    import numpy as np
    from tokenizers import pre_tokenizers

    name, end = KINDS.get(architecture, ("qwen3", "<|im_end|>"))
    tokens = [*sorted(pre_tokenizers.ByteLevel.alphabet()), *SPECIAL]
    writer: Any = gguf.GGUFWriter(str(file), architecture)
    writer.add_name(f"tiny {architecture}")
    writer.add_context_length(_CONTEXT)
    writer.add_embedding_length(_WIDTH)
    writer.add_block_count(_LAYERS)
    writer.add_feed_forward_length(_INNER)
    writer.add_head_count(_WIDTH // _HEAD)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(_HEAD)
    writer.add_key_length(_HEAD)
    writer.add_value_length(_HEAD)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types([1] * (len(tokens) - len(SPECIAL)) + [3] * len(SPECIAL))
    writer.add_token_merges(["a b"])
    writer.add_bos_token_id(tokens.index("<s>"))
    writer.add_eos_token_id(tokens.index(end))
    writer.add_add_bos_token(False)
    source = (TEMPLATES / f"{name}.jinja").read_text() if template is None else template
    if source:
        writer.add_chat_template(source)
    chance = np.random.default_rng(0)
    extra = _EXTRA.get(architecture, _attention)(writer)
    shapes = {"token_embd.weight": (len(tokens), _WIDTH), "output_norm.weight": (_WIDTH,), **extra}
    for tensor, shape in shapes.items():
        values = chance.normal(0, 0.3, shape)
        if "norm" in tensor:
            values = np.abs(values) + 0.5
        if tensor.endswith("ssm_a"):
            values = -np.abs(values) - 0.1
        writer.add_tensor(tensor, values.astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return file


def _attention(writer: Any, query: int = _WIDTH, norms: bool = False) -> Shapes:
    writer.add_head_count_kv(2)
    shapes: Shapes = {}
    for layer in range(_LAYERS):
        shapes |= _attention_layer(layer, query, norms) | _forward(layer, "ffn_norm")
    return shapes


def _attention_layer(layer: int, query: int, norms: bool) -> Shapes:
    at = f"blk.{layer}"
    shapes: Shapes = {
        f"{at}.attn_norm.weight": (_WIDTH,),
        f"{at}.attn_q.weight": (query, _WIDTH),
        f"{at}.attn_k.weight": (2 * _HEAD, _WIDTH),
        f"{at}.attn_v.weight": (2 * _HEAD, _WIDTH),
        f"{at}.attn_output.weight": (_WIDTH, _WIDTH),
    }
    if norms:
        shapes |= {f"{at}.attn_q_norm.weight": (_HEAD,), f"{at}.attn_k_norm.weight": (_HEAD,)}
    return shapes


def _forward(layer: int, norm: str) -> Shapes:
    at = f"blk.{layer}"
    return {
        f"{at}.{norm}.weight": (_WIDTH,),
        f"{at}.ffn_gate.weight": (_INNER, _WIDTH),
        f"{at}.ffn_up.weight": (_INNER, _WIDTH),
        f"{at}.ffn_down.weight": (_WIDTH, _INNER),
    }


def _ssm(writer: Any, inner: int, groups: int, heads: int) -> None:
    writer.add_ssm_conv_kernel(4)
    writer.add_ssm_inner_size(inner)
    writer.add_ssm_state_size(16)
    writer.add_ssm_time_step_rank(heads)
    writer.add_ssm_group_count(groups)


def _qwen35(writer: Any) -> Shapes:
    writer.add_head_count_kv(2)
    writer.add_rope_dimension_sections([4, 4, 0, 0])
    _ssm(writer, 64, 2, 4)
    key, value, shapes = 32, 64, Shapes()
    for layer in range(_LAYERS):
        at = f"blk.{layer}"
        if (layer + 1) % 4 == 0:
            shapes |= _attention_layer(layer, 2 * _WIDTH, norms=True)
        else:
            shapes |= {
                f"{at}.attn_norm.weight": (_WIDTH,),
                f"{at}.attn_qkv.weight": (2 * key + value, _WIDTH),
                f"{at}.attn_gate.weight": (value, _WIDTH),
                f"{at}.ssm_conv1d.weight": (2 * key + value, 4),
                f"{at}.ssm_dt.bias": (4,),
                f"{at}.ssm_a": (4,),
                f"{at}.ssm_beta.weight": (4, _WIDTH),
                f"{at}.ssm_alpha.weight": (4, _WIDTH),
                f"{at}.ssm_norm.weight": (16,),
                f"{at}.ssm_out.weight": (_WIDTH, value),
            }
        shapes |= _forward(layer, "post_attention_norm")
    return shapes


def _granite_hybrid(writer: Any) -> Shapes:
    inner, heads, groups = 2 * _WIDTH, 4, 1
    writer.add_head_count_kv([0, 0, 0, 2])
    _ssm(writer, inner, groups, heads)
    mixed, shapes = inner + 2 * groups * 16, Shapes()
    for layer in range(_LAYERS):
        at = f"blk.{layer}"
        if layer == _LAYERS - 1:
            shapes |= _attention_layer(layer, _WIDTH, norms=False)
        else:
            shapes |= {
                f"{at}.attn_norm.weight": (_WIDTH,),
                f"{at}.ssm_in.weight": (2 * inner + 2 * groups * 16 + heads, _WIDTH),
                f"{at}.ssm_conv1d.weight": (mixed, 4),
                f"{at}.ssm_conv1d.bias": (mixed,),
                f"{at}.ssm_dt.bias": (heads,),
                f"{at}.ssm_a": (heads, 1),
                f"{at}.ssm_d": (heads, 1),
                f"{at}.ssm_norm.weight": (groups, inner // groups),
                f"{at}.ssm_out.weight": (_WIDTH, inner),
            }
        shapes |= _forward(layer, "ffn_norm")
    return shapes


def _gemma4(writer: Any) -> Shapes:
    shapes = _attention(writer, norms=True)
    writer.add_sliding_window(64)
    writer.add_sliding_window_pattern([True, False, True, False])
    writer.add_embedding_length_per_layer_input(0)
    writer.add_key_length_swa(_HEAD)
    writer.add_value_length_swa(_HEAD)
    writer.add_rope_dimension_count_swa(_HEAD)
    writer.add_shared_kv_layers(0)
    for layer in range(_LAYERS):
        for norm in ("post_attention_norm", "post_ffw_norm"):
            shapes[f"blk.{layer}.{norm}.weight"] = (_WIDTH,)
    return shapes | {"rope_freqs.weight": (_HEAD // 2,)}


def _gpt_oss(writer: Any) -> Shapes:
    writer.add_head_count_kv(2)
    writer.add_sliding_window(64)
    writer.add_expert_count(2)
    writer.add_expert_used_count(1)
    writer.add_expert_feed_forward_length(_INNER)
    return dict(_experts()) | {"output.weight": (256 + len(SPECIAL), _WIDTH)}


def _experts() -> Iterator[tuple[str, tuple[int, ...]]]:
    for layer in range(_LAYERS):
        at = f"blk.{layer}"
        yield from _attention_layer(layer, _WIDTH, norms=False).items()
        for name, size in (("attn_q", _WIDTH), ("attn_k", 32), ("attn_v", 32)):
            yield f"{at}.{name}.bias", (size,)
        yield f"{at}.attn_output.bias", (_WIDTH,)
        yield f"{at}.attn_sinks.weight", (_WIDTH // _HEAD,)
        yield f"{at}.post_attention_norm.weight", (_WIDTH,)
        yield f"{at}.ffn_gate_inp.weight", (2, _WIDTH)
        yield f"{at}.ffn_gate_inp.bias", (2,)
        for name in ("ffn_gate_exps", "ffn_up_exps", "ffn_down_exps"):
            yield f"{at}.{name}.weight", (2, _INNER, _WIDTH)
            yield f"{at}.{name}.bias", (2, _WIDTH)


def _granite(writer: Any) -> Shapes:
    writer.add_logit_scale(1.0)
    return _attention(writer)


def _qwen3(writer: Any) -> Shapes:
    return _attention(writer, norms=True)


_EXTRA: dict[str, Callable[[Any], Shapes]] = {
    "qwen3": _qwen3,
    "qwen35": _qwen35,
    "gemma4": _gemma4,
    "granite": _granite,
    "granitehybrid": _granite_hybrid,
    "gpt-oss": _gpt_oss,
}
