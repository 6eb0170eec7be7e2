"""The plain spoken turn that every bench compares with: the same parts, one after another.

Half a second of silence ends the turn, faster-whisper hears it with its defaults, the model reads
a cold prompt and writes an answer of fixed length (or to its end, where that comes first), and
the voice makes the whole of it before any of it is played.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from agent.dialogue import Dialogue, Sampling
from agent.prompting.prompt import question
from agent.types import Message
from agent.voice import Voice
from perception.types import Samples, Utterance

SILENCE_S = 0.5
ANSWER_TOKENS = 48

Transcribe = Callable[[Samples], str]


@dataclass(frozen=True, slots=True)
class PlainTurn:
    """Seconds of each stage, from the end of the user's voice."""

    silence: float
    hearing: float
    writing: float
    speaking: float

    @property
    def total(self) -> float:
        """To the first sample of the answer."""
        return self.silence + self.hearing + self.writing + self.speaking


def faster_whisper(folder: Path, threads: int) -> Transcribe:
    """faster-whisper with its defaults; ImportError where the bench extra is missing."""
    from faster_whisper import WhisperModel  # type: ignore[import-untyped]

    model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads)

    def transcribe(samples: Samples) -> str:
        segments, _ = model.transcribe(samples)
        return " ".join(segment.text.strip() for segment in segments)

    return transcribe


def plain_turn(
    utterance: Utterance, transcribe: Transcribe, dialogue: Dialogue, system: Message, voice: Voice
) -> PlainTurn:
    """Run one turn, one stage after another."""
    start = time.monotonic()
    text = transcribe(utterance.samples)
    heard = time.monotonic()
    # A new first line each time keeps any earlier prompt from being reused.
    cold = Message(system.role, f"{uuid.uuid4().hex}\n{system.text}")
    tokens = dialogue.generate((cold, question(text, "")), Sampling(ANSWER_TOKENS))
    answer = "".join(token.text for token in tokens)
    written = time.monotonic()
    for _ in voice.speak(answer):
        pass
    return PlainTurn(SILENCE_S, heard - start, written - heard, time.monotonic() - written)
