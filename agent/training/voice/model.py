"""Whisper while it learns a voice: LoRA in all attention, or the whole encoder."""

from __future__ import annotations

import random
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray

from agent.dialogue.transformer import weights
from agent.training.core.progress import Score
from agent.training.voice.data import Recording, varied
from perception.hearing.whisper_format.conversion import transformers_folder
from perception.hearing.whisper_format.mel import HOP, log_mel
from perception.hearing.whisper_format.tokens import Tokens
from perception.types import RATE

Kind = Literal["lora", "encoder"]
_LEAST_FRAMES = 1000
_MARGIN = 50
_MOST_TOKENS = 224
_PREFIX = "base_model.model."


class VoiceModel:
    """`folder` is a Whisper in CTranslate2's format, or of transformers with tokenizer.json."""

    def __init__(self, folder: Path, kind: Kind, language: str, rank: int = 16) -> None:
        from transformers import WhisperForConditionalGeneration

        source = transformers_folder(folder) if (folder / "model.bin").exists() else folder
        self.tokens = Tokens(source / "tokenizer.json")
        self._prompt = self.tokens.prompt(language)
        weights.silence()
        self._model: Any = WhisperForConditionalGeneration.from_pretrained(
            source, dtype=torch.float32, attn_implementation="sdpa", local_files_only=True
        ).requires_grad_(False)
        self._bands = int(self._model.config.num_mel_bins)
        self._silent = list(self._model.config.suppress_tokens or [])
        self._peft: Any = _with_lora(self._model, rank) if kind == "lora" else None
        if kind == "encoder":
            self._model.model.encoder.layers.requires_grad_(True)

    def parameters(self) -> dict[str, torch.nn.Parameter]:
        """What learns."""
        return {n: p for n, p in self._model.named_parameters() if p.requires_grad}

    def training(self, on: bool) -> None:
        """Switch dropout on or off."""
        self._model.train(on)

    def scores(self, samples: NDArray[np.float32], text: str) -> tuple[Any, Any]:
        """Scores of each token of the text and its end, (tokens, vocabulary), and these tokens."""
        words = self.tokens.ids(f" {text}")[:_MOST_TOKENS]
        ids = torch.tensor([[*self._prompt, *words]])
        targets = torch.tensor([*words, self.tokens.end])
        hidden = self._model.model.decoder(
            input_ids=ids, encoder_hidden_states=self._encode(samples), use_cache=False
        ).last_hidden_state
        return self._model.proj_out(hidden[0, len(self._prompt) - 1 :]), targets

    @torch.no_grad()
    def hear(self, samples: NDArray[np.float32]) -> str:
        """The likeliest words, token by token."""
        states = self._encode(samples)
        found: list[int] = []
        fed, past = list(self._prompt), None
        most = min(_MOST_TOKENS, 20 + 8 * len(samples) // RATE)
        while len(found) < most:
            out = self._model.model.decoder(
                input_ids=torch.tensor([fed]),
                encoder_hidden_states=states,
                past_key_values=past,
                use_cache=True,
            )
            logits, past = self._model.proj_out(out.last_hidden_state[0, -1]), out.past_key_values
            logits[[*self._silent, *range(self.tokens.end + 1, len(logits))]] = -torch.inf
            token = int(logits.argmax())
            if token == self.tokens.end:
                break
            found.append(token)
            fed = [token]
        return self.tokens.text(found)

    def state(self) -> dict[str, NDArray[np.float32]]:
        """All parameters by transformers' names, LoRA merged in; the model is of no more use."""
        if self._peft is not None:
            self._model = self._peft.merge_and_unload()
        return {
            name: tensor.detach().float().numpy()
            for name, tensor in self._model.state_dict().items()
            if name.startswith("model.")
        }

    def _encode(self, samples: NDArray[np.float32]) -> Any:
        frames = min(3000, max(_LEAST_FRAMES, len(samples) // HOP + _MARGIN))
        features = torch.from_numpy(log_mel(samples, frames + frames % 2, self._bands)[None])
        encoder, act = self._model.model.encoder, torch.nn.functional.gelu
        states = act(encoder.conv2(act(encoder.conv1(features)))).transpose(1, 2)
        states = states + encoder.embed_positions.weight[: states.shape[1]]
        for layer in encoder.layers:
            states = layer(states, None)
        return encoder.layer_norm(states)


class VoiceLearner:
    """A voice and its recordings, ready for the loop; each epoch hears them varied anew."""

    def __init__(
        self,
        model: VoiceModel,
        train: Sequence[Recording],
        dev: Sequence[Recording],
        vary: bool = True,
        seed: int = 0,
    ) -> None:
        self.model, self._train, self._dev = model, train, dev
        self._vary, self._seed = vary, seed

    def parameters(self) -> dict[str, torch.nn.Parameter]:
        """What learns."""
        return self.model.parameters()

    def length(self) -> int:
        """Recordings in an epoch."""
        return len(self._train)

    def batches(self, epoch: int) -> Iterator[tuple[Recording, str]]:
        """A recording at a time, in random order, with the seed of its variation."""
        order = list(range(len(self._train)))
        random.Random(f"{self._seed} {epoch}").shuffle(order)
        for number in order:
            yield self._train[number], f"{self._seed} {epoch} {number}"

    def loss(self, batch: tuple[Recording, str]) -> torch.Tensor:
        """Mean cross-entropy of the words."""
        recording, seed = batch
        self.model.training(True)
        draw = random.Random(seed)
        samples = varied(recording.samples, draw) if self._vary else recording.samples
        scores, targets = self.model.scores(samples, recording.text)
        return torch.nn.functional.cross_entropy(scores.float(), targets)

    @torch.no_grad()
    def score(self) -> Score:
        """Loss and share of right tokens on the recordings that are not learned from."""
        self.model.training(False)
        loss = right = count = 0.0
        for recording in self._dev:
            scores, targets = self.model.scores(recording.samples, recording.text)
            loss += float(torch.nn.functional.cross_entropy(scores, targets, reduction="sum"))
            right += float((scores.argmax(-1) == targets).sum())
            count += len(targets)
        return Score(loss / max(1.0, count), right / max(1.0, count))


def _with_lora(model: Any, rank: int) -> Any:
    from peft import LoraConfig, get_peft_model

    config = LoraConfig(
        r=rank, lora_alpha=2 * rank, target_modules=["q_proj", "k_proj", "v_proj", "out_proj"]
    )
    with warnings.catch_warnings():  # peft calls what transformers has renamed.
        warnings.simplefilter("ignore")
        return get_peft_model(model, config)
