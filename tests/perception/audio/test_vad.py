from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from perception.audio.vad import (
    CHUNK,
    Limits,
    VoiceActivity,
    find_speech,
    stretches,
)
from perception.types import UserError


@pytest.fixture(scope="module")
def voice(models: Callable[[str], Path]) -> VoiceActivity:
    return VoiceActivity(models("silero-vad") / "model.onnx")


def spoken() -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Two seconds of silence, a sentence, two of silence."""
    from agent.voice.hibari import Hibari
    from perception.hearing.transcription.listener import to_rate

    engine = Hibari(threads=1)
    sound = to_rate(np.concatenate(list(engine.speak("Is anybody at home this evening?"))), 24_000)
    quiet = np.zeros(32_000, np.float32)
    return np.concatenate([quiet, sound, quiet])


def test_finds_where_somebody_speaks(voice: VoiceActivity) -> None:
    sound = spoken()
    found = find_speech(voice, sound)
    assert 1.5 <= found[0].start <= 2.3
    assert len(sound) / 16_000 - 2.5 <= found[-1].end <= len(sound) / 16_000 - 1.5
    assert 0.5 < sum(stretch.voiced for stretch in found) < 4.0


def test_quiet_speech_is_found_too(voice: VoiceActivity) -> None:
    assert find_speech(voice, (spoken() * 0.005).astype(np.float32))


def test_noise_is_no_voice(voice: VoiceActivity) -> None:
    noise = np.random.default_rng(0).standard_normal(80_000).astype(np.float32) * 0.1
    assert find_speech(voice, noise) == []
    assert find_speech(voice, np.zeros(80_000, np.float32)) == []
    assert find_speech(voice, np.zeros(0, np.float32)) == []


def test_a_stream_says_the_same_as_the_whole(voice: VoiceActivity) -> None:
    sound = spoken()[32_000:64_000]
    stream = voice.stream()
    chunks = sound[: len(sound) // CHUNK * CHUNK].reshape(-1, CHUNK)
    one_by_one = [stream.push(chunk) for chunk in chunks]
    at_once = voice.stream().probabilities(chunks.reshape(-1))
    np.testing.assert_allclose(one_by_one, at_once, atol=1e-5)
    assert max(one_by_one) > 0.9


def test_stretches_need_two_thresholds_and_a_pause() -> None:
    limits = Limits(begin=0.5, end=0.3, shortest_voice=0.06, shortest_pause=0.1, margin=0.0)
    chances = [0.1] * 4 + [0.9] * 4 + [0.4] * 2 + [0.1] * 2 + [0.9] * 4 + [0.1] * 10 + [0.6]
    found = stretches(chances, len(chances) * 0.032, limits)
    assert [(round(s.start, 3), round(s.end, 3)) for s in found] == [(0.128, 0.512)]
    assert found[0].voiced == pytest.approx(8 * 0.032)


def test_margins_never_overlap() -> None:
    chances = ([0.9] * 10 + [0.0] * 12) * 3
    found = stretches(chances, len(chances) * 0.032, Limits(margin=0.3))
    assert len(found) == 1
    assert found[0].start == 0.0


def test_a_damaged_model_is_said_so(tmp_path: Path) -> None:
    damaged = tmp_path / "model.onnx"
    damaged.write_bytes(b"nothing of the kind")
    for path in (damaged, tmp_path / "absent.onnx"):
        with pytest.raises(UserError, match=r"cannot be read|is missing"):
            VoiceActivity(path)
