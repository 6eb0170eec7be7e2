"""Whisper through CTranslate2 (MIT), int8 on a CPU and float16 on a GPU: the default engine.

The weights are the Systran conversion of openai/whisper-base (MIT). faster-whisper does the
same underneath, but imports PyAV, whose wheels bundle GPL libraries.
"""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perception.audio.vad import VoiceActivity
from perception.codes import PerceptionCode
from perception.hearing import Hearing, HearingEngine, HearingSource
from perception.hearing.transcription.listener import Care, WhisperPipeline
from perception.hearing.transcription.recogniser import Decoded, DecodingOptions, Timed
from perception.hearing.whisper_format.decoder import Decoder, EncodedSound
from perception.hearing.whisper_format.tokens import Tokens
from perception.types import UserError

_TOKEN_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class _EncodedWindow:
    """An encoded window for CTranslate2, and on a CPU for the quick decoder too."""

    view: Any
    started: EncodedSound | None


class Whisper:
    """A `Recogniser`: encoder, beams and alignment on CTranslate2, greedy on ONNX Runtime."""

    def __init__(self, folder: Path, device: str = "cpu", threads: int = 0) -> None:
        """`folder` holds model.bin, config.json and tokenizer.json; `device` is cpu or cuda.

        0 threads means one a core, four at most. UserError where files are missing or damaged.
        """
        import ctranslate2  # type: ignore[import-untyped]

        threads = threads or min(4, os.cpu_count() or 1)
        self.name, self.device = "whisper", device
        self.tokens = Tokens(folder / "tokenizer.json")
        self._view: Any = ctranslate2.StorageView
        self._quick: Decoder | None = None
        try:
            self._model: Any = ctranslate2.models.Whisper(
                str(folder),
                device=device,
                compute_type="int8" if device == "cpu" else "float16",
                intra_threads=threads,
            )
            silent = json.loads((folder / "config.json").read_bytes())["suppress_ids"]
        except (RuntimeError, ValueError, OSError, KeyError) as error:
            raise UserError(
                PerceptionCode.HEARING_MODEL_NOT_LOADED, folder=folder, reason=error
            ) from error
        if device == "cpu":
            self._quick = Decoder(folder / "model.bin", self.tokens, silent, threads)

    def encode(self, mel: NDArray[np.float32]) -> _EncodedWindow:
        """See `Recogniser.encode`."""
        features = self._view.from_array(np.ascontiguousarray(mel[None]))
        view = self._model.encode(features, to_cpu=self._quick is not None)
        return _EncodedWindow(view, self._quick.listen(np.array(view)) if self._quick else None)

    def languages(self, encoded: _EncodedWindow) -> dict[str, float]:
        """See `Recogniser.languages`."""
        if self._quick and encoded.started:
            return self._quick.languages(encoded.started)
        found = self._model.detect_language(encoded.view)[0]
        return {mark[2:-2]: chance for mark, chance in found}

    def decode(self, encoded: _EncodedWindow, language: str, effort: DecodingOptions) -> Decoded:
        """See `Recogniser.decode`."""
        if self._quick and encoded.started and effort.beams == 1 and effort.temperature <= 0:
            return self._quick.greedy(encoded.started, language, effort.most, effort.draft)
        prompt = self.tokens.prompt(language)
        sampling = effort.temperature > 0
        result = self._model.generate(
            encoded.view,
            [prompt],
            beam_size=1 if sampling else effort.beams,
            sampling_topk=0 if sampling else 1,
            sampling_temperature=effort.temperature if sampling else 1.0,
            max_length=min(448, effort.most + len(prompt)),
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        ids = tuple(result.sequences_ids[0])
        return Decoded(ids, float(result.scores[0]), float(result.no_speech_prob))

    def score(
        self, encoded: _EncodedWindow, language: str, texts: Sequence[Sequence[int]]
    ) -> list[list[float]]:
        """See `Recogniser.score`."""
        if self._quick and encoded.started:
            return self._quick.score(encoded.started, language, texts)
        return []

    def times(
        self, encoded: _EncodedWindow, language: str, tokens: Sequence[int], frames: int
    ) -> Timed:
        """See `Recogniser.times`."""
        start = self.tokens.prompt(language)
        found = self._model.align(encoded.view, start, [list(tokens)], frames)[0]
        path = np.array(found.alignments, np.int64).reshape(-1, 2)
        begins = [
            float(path[path[:, 0] == place, 1].min(initial=frames // 2)) * _TOKEN_SECONDS
            for place in range(len(tokens) + 1)
        ]
        spans = tuple(itertools.pairwise(begins))
        return Timed(tuple(found.text_token_probs[: len(tokens)]), spans)


def load(
    folder: Path,
    device: str,
    threads: int,
    *,
    languages: Sequence[str] = (),
    words: bool = False,
    care: Care | None = None,
    activity: Path | None = None,
) -> WhisperPipeline:
    """The engine `whisper` from its model folder.

    `activity` is the voice activity model's file; it lies beside the folder if left out.
    """
    voice = VoiceActivity(activity or folder.parent / "silero-vad" / "model.onnx")
    return WhisperPipeline(Whisper(folder, device, threads), voice, languages, words, care)


def _load(source: HearingSource) -> Hearing:
    activity = source.activity / "model.onnx"
    return load(source.model, source.device, source.threads, activity=activity)


ENGINE = HearingEngine("whisper", "Whisper, for a CPU", "whisper-base", _load, tunable=True)
