"""openai-whisper, the reference implementation (MIT), as an optional engine and yardstick.

Its own checkpoints are pickles; here it is built from our weights and never loads one.
"""

from __future__ import annotations

import importlib
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from perception.hearing.transcription.listener import to_rate
from perception.hearing.whisper_format.conversion import settings_of, state_of
from perception.hearing.whisper_format.weights import read_weights
from perception.types import Transcript, UserError, Utterance

_NAMES = (
    (r"^model\.", ""),
    (r"\.layers\.", ".blocks."),
    (r"self_attn_layer_norm", "attn_ln"),
    (r"encoder_attn_layer_norm", "cross_attn_ln"),
    (r"final_layer_norm", "mlp_ln"),
    (r"self_attn\.", "attn."),
    (r"encoder_attn\.", "cross_attn."),
    (r"q_proj", "query"),
    (r"k_proj", "key"),
    (r"v_proj", "value"),
    (r"out_proj", "out"),
    (r"fc1", "mlp.0"),
    (r"fc2", "mlp.2"),
    (r"embed_positions\.weight", "positional_embedding"),
    (r"embed_tokens", "token_embedding"),
    (r"^encoder\.layer_norm", "encoder.ln_post"),
    (r"^decoder\.layer_norm", "decoder.ln"),
)


def _reference_name(name: str) -> str:
    for pattern, replacement in _NAMES:
        name = re.sub(pattern, replacement, name)
    return name


def build(folder: Path, device: str) -> Any:
    """openai-whisper's model with our weights; UserError where the package is not installed."""
    try:
        reference: Any = importlib.import_module("whisper.model")
    except ImportError as error:
        raise UserError.plain(
            "openai-whisper is not installed.", "pip install 'candor-desktop[bench]'"
        ) from error
    import torch

    weights = read_weights(folder / "model.bin")
    shape = settings_of(weights, json.loads((folder / "config.json").read_bytes()))
    dims = reference.ModelDimensions(
        n_mels=shape["num_mel_bins"], n_audio_ctx=1500, n_audio_state=shape["d_model"],
        n_audio_head=weights.heads, n_audio_layer=shape["encoder_layers"],
        n_vocab=shape["vocab_size"], n_text_ctx=448, n_text_state=shape["d_model"],
        n_text_head=weights.heads, n_text_layer=shape["decoder_layers"],
    )  # fmt: skip
    model: Any = reference.Whisper(dims)
    state = {_reference_name(name): torch.from_numpy(a) for name, a in state_of(weights).items()}
    model.load_state_dict(state, strict=True)
    return model.to(device).eval()


class ReferenceHearing:
    """A `Hearing` that calls openai-whisper's `transcribe` as it is."""

    def __init__(self, folder: Path, device: str) -> None:
        """UserError where the package is not installed or the weights cannot be read."""
        self.name, self.device = "whisper_reference", device
        self._model = build(folder, device)

    def hear(self, utterance: Utterance, language: str = "") -> Iterator[Transcript]:
        """One final result; see the Protocol."""
        samples = to_rate(utterance.samples, utterance.rate)
        result = self._model.transcribe(samples, language=language or None, fp16=False)
        segments = result["segments"]
        average = sum(part["avg_logprob"] for part in segments) / max(1, len(segments))
        text = str(result["text"]).strip()
        sure = math.exp(min(0.0, average)) if text else 0.0
        yield Transcript(text, str(result["language"]), sure, (), True)


def load(folder: Path, device: str, threads: int) -> ReferenceHearing:
    """The engine `whisper_reference` from the folder of `whisper`."""
    if threads and device == "cpu":
        import torch

        torch.set_num_threads(threads)
    return ReferenceHearing(folder, device)
