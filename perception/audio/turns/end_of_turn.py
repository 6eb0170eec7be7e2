"""The end-of-turn model: smart-turn v3.2 (Daily, BSD-2-Clause) through ONNX Runtime.

https://huggingface.co/pipecat-ai/smart-turn-v3: a Whisper tiny encoder that judges intonation and
pace in 23 languages. It is wrong often enough in the middle of a sentence to need the words too.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from perception.audio.turns.backchannel import Completeness, standing
from perception.audio.turns.state import Rules, Speech
from perception.hearing.whisper_format.mel import HOP, log_mel
from perception.inference import open_session
from perception.types import RATE, Samples

SECONDS = 8
_FRAMES = SECONDS * RATE // HOP


class TurnEndpoint:
    """The loaded model, on one thread; calls from several threads are safe."""

    def __init__(self, file: Path) -> None:
        """Load the ONNX file; UserError where it is missing or damaged."""
        self._session: Any = open_session(file, 1, arena=True)

    def complete(self, samples: Samples) -> float:
        """The probability, 0 to 1, that a turn is complete: 16 kHz mono up to its last pause.

        The last 8 s count; shorter sound has silence put before it. The whole window is brought
        to zero mean and unit variance, as in training.
        """
        window = np.zeros(SECONDS * RATE, np.float32)
        kept = samples[-SECONDS * RATE :]
        window[len(window) - len(kept) :] = kept
        window = (window - window.mean()) / np.sqrt(window.var() + np.float32(1e-7))
        mel = log_mel(window.astype(np.float32), _FRAMES)
        (found,) = self._session.run(None, {"input_features": mel[None]})
        return float(np.ravel(found)[0])


def silence_needed(speech: Speech, rules: Rules) -> float:
    """Seconds of silence after which this turn is over.

    Words that stop before the pause say nothing about it. Without an answer of smart-turn the
    turn counts as one that goes on.
    """
    stands = standing(speech.text or "") if speech.heard else Completeness.UNKNOWN
    quick, slow = {
        Completeness.ASKED: rules.asked,
        Completeness.FINISHED: rules.finished,
        Completeness.UNKNOWN: rules.unknown,
        Completeness.OPEN: rules.open,
    }[stands]
    doubt, proof = rules.sure
    sure = 0.0 if speech.complete is None else (speech.complete - doubt) / (proof - doubt)
    wait = slow + (quick - slow) * min(1.0, max(0.0, sure))
    return min(wait, rules.longest) + rules.patience
