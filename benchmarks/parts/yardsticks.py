"""The speech recognisers that are compared: ours, faster-whisper and openai-whisper."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from perception.hearing import whisper
from perception.types import RATE, Samples, UserError, Utterance

Listen: TypeAlias = Callable[[Samples, str], str]
"""Text of 16 kHz samples; the clip's language is told to those that do not detect it."""


def ours(folder: Path, threads: int) -> Listen:
    """Candor's default engine; it detects the language."""
    engine = whisper.load(folder, "cpu", threads)

    def listen(samples: Samples, _language: str) -> str:
        now = time.monotonic()
        utterance = Utterance("bench", samples, RATE, now, now)
        return list(engine.hear(utterance))[-1].text

    return listen


def faster_whisper(folder: Path, threads: int) -> dict[str, Listen]:
    """The same weights in int8: its defaults, and greedy with the language told (its fastest).

    UserError where the package is not installed.
    """
    try:
        from faster_whisper import WhisperModel  # type: ignore[import-untyped]
    except ImportError as error:
        raise UserError.plain(
            "faster-whisper is not installed.", "pip install 'candor-desktop[bench]'"
        ) from error
    model: Any = WhisperModel(
        str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
    )

    def defaults(samples: Samples, _language: str) -> str:
        segments, _ = model.transcribe(samples)
        return " ".join(segment.text.strip() for segment in segments)

    def greedy(samples: Samples, language: str) -> str:
        segments, _ = model.transcribe(
            samples, language=language or "en", beam_size=1, best_of=1, temperature=0.0
        )
        return " ".join(segment.text.strip() for segment in segments)

    return {"faster-whisper defaults": defaults, "faster-whisper greedy": greedy}


def reference(folder: Path, threads: int) -> Listen:
    """openai-whisper's `transcribe` with its defaults; UserError where it is not installed."""
    from benchmarks.parts import whisper_reference

    model = whisper_reference.build(folder, "cpu")
    del threads

    def listen(samples: Samples, _language: str) -> str:
        result = model.transcribe(samples, fp16=False)
        return str(result["text"]).strip()

    return listen
