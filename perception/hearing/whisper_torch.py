"""The same Whisper through transformers: bfloat16, for a GPU and for fine-tuned weights."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perception.audio.vad import VoiceActivity
from perception.hearing import Hearing, HearingEngine, HearingSource
from perception.hearing.transcription.alignment import begins
from perception.hearing.transcription.listener import Care, WhisperPipeline
from perception.hearing.transcription.recogniser import Decoded, DecodingOptions, Timed
from perception.hearing.whisper_format.conversion import transformers_folder
from perception.hearing.whisper_format.tokens import Tokens

_TOKEN_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class _EncodedTensor:
    """The encoder's output, a tensor (1, frames, width), and what the first mark predicts."""

    states: Any
    chances: Any


class TorchWhisper:
    """A `Recogniser` on transformers. It knows no beams: harder search is sampling only."""

    def __init__(self, folder: Path, device: str = "cpu", threads: int = 0) -> None:
        """`folder` as for `whisper.Whisper`, or a fine-tuned transformers folder.

        UserError where the files are missing or damaged, or cannot be converted.
        """
        import torch
        from transformers import WhisperForConditionalGeneration

        self._torch: Any = torch
        if threads and device == "cpu":
            torch.set_num_threads(threads)
        source = transformers_folder(folder) if (folder / "model.bin").exists() else folder
        self.name, self.device = "whisper_torch", device
        self.tokens = Tokens(source / "tokenizer.json")
        model: Any = WhisperForConditionalGeneration.from_pretrained(
            source, dtype=torch.bfloat16, attn_implementation="eager", local_files_only=True
        )
        self.model: Any = model.to(device).eval()
        self._silent = [*model.config.suppress_tokens, *range(self.tokens.end + 1, self._size())]
        self._blank = [self.tokens.blank, self.tokens.end]

    def _size(self) -> int:
        return int(self.model.config.vocab_size)

    def encode(self, mel: NDArray[np.float32]) -> _EncodedTensor:
        """See `Recogniser.encode`. The encoder's own forward insists on 3,000 frames."""
        torch = self._torch
        encoder, act = self.model.model.encoder, torch.nn.functional.gelu
        with torch.inference_mode():
            features = torch.from_numpy(mel[None]).to(self.device, torch.bfloat16)
            states = act(encoder.conv2(act(encoder.conv1(features)))).transpose(1, 2)
            states = states + encoder.embed_positions.weight[: states.shape[1]]
            for layer in encoder.layers:
                states = layer(states, None)
            states = encoder.layer_norm(states)
            logits, _ = self._forward(states, [self.tokens.start], None)
            return _EncodedTensor(states, logits.softmax(-1))

    def languages(self, encoded: _EncodedTensor) -> dict[str, float]:
        """See `Recogniser.languages`."""
        codes = self.tokens.languages
        chances = encoded.chances[list(codes.values())]
        shares = (chances / chances.sum()).tolist()
        return dict(zip(codes, shares, strict=True))

    def decode(self, encoded: _EncodedTensor, language: str, effort: DecodingOptions) -> Decoded:
        """See `Recogniser.decode`; `effort.beams` changes nothing here."""
        torch = self._torch
        found: list[int] = []
        chances: list[float] = []
        fed, past = self.tokens.prompt(language), None
        with torch.inference_mode():
            while len(found) < effort.most:
                logits, past = self._forward(encoded.states, fed, past)
                logits[self._silent] = -torch.inf
                if not found:
                    logits[self._blank] = -torch.inf
                token = self._pick(logits, effort.temperature)
                chances.append(float(logits.softmax(-1)[token]))
                if token == self.tokens.end:
                    break
                found.append(token)
                fed = [token]
        average = float(np.log(np.maximum(chances, 1e-12)).mean())
        no_speech = float(encoded.chances[self.tokens.no_speech])
        return Decoded(tuple(found), average, no_speech, tuple(chances[: len(found)]))

    def score(
        self, encoded: _EncodedTensor, language: str, texts: Sequence[Sequence[int]]
    ) -> list[list[float]]:
        """See `Recogniser.score`."""
        found = []
        prompt = self.tokens.prompt(language)
        for text in texts:
            fed = self._torch.tensor([[*prompt, *text]], device=self.device)
            with self._torch.inference_mode():
                out = self.model.model.decoder(
                    input_ids=fed, encoder_hidden_states=encoded.states
                ).last_hidden_state[0, len(prompt) - 1 :]
                logs = self.model.proj_out(out).float().log_softmax(-1)
            wanted = [*text, self.tokens.end]
            found.append(logs[range(len(wanted)), wanted].tolist())
        return found

    def times(
        self, encoded: _EncodedTensor, language: str, tokens: Sequence[int], frames: int
    ) -> Timed:
        """See `Recogniser.times`."""
        torch = self._torch
        fed = [*self.tokens.prompt(language), *tokens, self.tokens.end]
        marks = len(fed) - len(tokens) - 2
        with torch.inference_mode():
            out = self.model.model.decoder(
                input_ids=torch.tensor([fed], device=self.device),
                encoder_hidden_states=encoded.states,
                output_attentions=True,
            )
            heads = self.model.config.alignment_heads
            picked = [out.cross_attentions[layer][0, head] for layer, head in heads]
            attention = torch.stack(picked)[:, marks:-1, : max(1, frames // 2)].float()
            logits = self.model.proj_out(out.last_hidden_state[0, marks:-2]).float()
        chances = logits.softmax(-1)[range(len(tokens)), list(tokens)].tolist()
        firsts = [frame * _TOKEN_SECONDS for frame in begins(attention.cpu().numpy())]
        return Timed(tuple(chances), tuple(itertools.pairwise(firsts)))

    def _forward(self, states: Any, tokens: Sequence[int], past: Any) -> tuple[Any, Any]:
        """Logits after the last token, shape (vocabulary,) in float32, and the cache."""
        out = self.model.model.decoder(
            input_ids=self._torch.tensor([list(tokens)], device=self.device),
            encoder_hidden_states=states,
            past_key_values=past,
            use_cache=True,
        )
        return self.model.proj_out(out.last_hidden_state[0, -1]).float(), out.past_key_values

    def _pick(self, logits: Any, temperature: float) -> int:
        if temperature <= 0:
            return int(logits.argmax())
        return int(self._torch.multinomial((logits / temperature).softmax(-1), 1))


def load(
    folder: Path,
    device: str,
    threads: int,
    *,
    languages: Sequence[str] = (),
    words: bool = False,
    care: Care | None = None,
) -> WhisperPipeline:
    """The engine `whisper_torch` from the folder of `whisper`."""
    voice = VoiceActivity(folder.parent / "silero-vad" / "model.onnx")
    return WhisperPipeline(TorchWhisper(folder, device, threads), voice, languages, words, care)


def _load(source: HearingSource) -> Hearing:
    return load(source.model, source.device, source.threads)


ENGINE = HearingEngine("whisper_torch", "Whisper, for a graphics card", "whisper-base", _load)
