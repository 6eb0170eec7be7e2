"""Whisper through CTranslate2 (MIT), int8 on a CPU and float16 on a GPU: the default engine.

The weights are the Systran conversion of openai/whisper-base (MIT). faster-whisper does the
same underneath, but imports PyAV, whose wheels bundle GPL libraries.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perception.audio.vad import VoiceActivity
from perception.hearing.listener import Care, Listener
from perception.hearing.recogniser import Decoded, Effort, Timed
from perception.hearing.tokens import Tokens
from perception.types import UserError

_TOKEN_SECONDS = 0.02


class Whisper:
    """A `Recogniser` on CTranslate2."""

    def __init__(self, folder: Path, device: str = "cpu", threads: int = 0) -> None:
        """`folder` holds model.bin, config.json and tokenizer.json; `device` is cpu or cuda.

        0 threads lets CTranslate2 choose. UserError where the files are missing or damaged.
        """
        import ctranslate2

        self.name, self.device = "whisper", device
        self.tokens = Tokens(folder / "tokenizer.json")
        self._view: Any = ctranslate2.StorageView
        try:
            self._model: Any = ctranslate2.models.Whisper(
                str(folder),
                device=device,
                compute_type="int8" if device == "cpu" else "float16",
                intra_threads=threads,
            )
        except (RuntimeError, ValueError) as error:
            raise UserError(
                f"The hearing model in {folder} cannot be loaded: {error}.",
                "Fetch it again with: candor models get whisper-base",
            ) from error

    def encode(self, mel: NDArray[np.float32]) -> Any:
        """See `Recogniser.encode`."""
        return self._model.encode(self._view.from_array(np.ascontiguousarray(mel[None])))

    def languages(self, encoded: Any) -> dict[str, float]:
        """See `Recogniser.languages`."""
        return {mark[2:-2]: chance for mark, chance in self._model.detect_language(encoded)[0]}

    def decode(self, encoded: Any, language: str, effort: Effort) -> Decoded:
        """See `Recogniser.decode`."""
        prompt = self.tokens.prompt(language)
        sampling = effort.temperature > 0
        result = self._model.generate(
            encoded,
            [prompt],
            beam_size=1 if sampling else effort.beams,
            num_hypotheses=effort.beams if sampling else 1,
            sampling_topk=0 if sampling else 1,
            sampling_temperature=effort.temperature if sampling else 1.0,
            max_length=min(448, effort.most + len(prompt)),
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        ids = tuple(result.sequences_ids[0])
        return Decoded(ids, float(result.scores[0]), float(result.no_speech_prob))

    def times(self, encoded: Any, language: str, tokens: Sequence[int], frames: int) -> Timed:
        """See `Recogniser.times`."""
        start = self.tokens.prompt(language)
        found = self._model.align(encoded, start, [list(tokens)], frames)[0]
        path = np.array(found.alignments, np.int64).reshape(-1, 2)
        begins = [
            float(path[path[:, 0] == place, 1].min(initial=frames // 2)) * _TOKEN_SECONDS
            for place in range(len(tokens) + 1)
        ]
        spans = zip(begins[:-1], begins[1:], strict=True)
        return Timed(tuple(found.text_token_probs[: len(tokens)]), tuple(spans))


def load(
    folder: Path,
    device: str,
    threads: int,
    *,
    languages: Sequence[str] = (),
    words: bool = False,
    care: Care | None = None,
) -> Listener:
    """The engine `whisper` from its model folder; the voice activity model lies beside it."""
    voice = VoiceActivity(folder.parent / "silero-vad" / "model.onnx")
    return Listener(Whisper(folder, device, threads), voice, languages, words, care)
