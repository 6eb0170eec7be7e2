from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]

from perception.audio import files
from perception.audio.vad import VoiceActivity
from perception.types import UserError


def tone(seconds: float, rate: int, channels: int = 1) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:  # fmt: skip # noqa: E501
    times = np.arange(int(seconds * rate)) / rate
    wave = (0.5 * np.sin(2 * np.pi * 440 * times)).astype(np.float32)
    return np.repeat(wave[:, None], channels, axis=1)


@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg", "mp3"])
@pytest.mark.parametrize(("rate", "channels"), [(8_000, 2), (16_000, 1), (44_100, 2)])
def test_any_file_becomes_16_khz_mono(
    tmp_path: Path, suffix: str, rate: int, channels: int
) -> None:
    path = tmp_path / f"tone.{suffix}"
    soundfile.write(path, tone(1.5, rate, channels), rate)
    found = files.read(path)
    assert found.rate == 16_000
    assert found.samples.dtype == np.float32
    assert len(found.samples) == pytest.approx(24_000, abs=2_500 if suffix == "mp3" else 20)
    spectrum = np.abs(np.fft.rfft(found.samples[4_000:20_000]))
    assert int(spectrum.argmax()) == 440
    assert found.ended - found.at == pytest.approx(1.5, abs=0.2)


def test_channels_that_cancel_are_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "opposite.wav"
    soundfile.write(path, tone(1.0, 16_000, 2) * np.array([1.0, -1.0], np.float32), 16_000)
    assert np.abs(files.read(path).samples).max() > 0.4


def test_a_cut_wav_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "cut.wav"
    soundfile.write(path, tone(2.0, 16_000), 16_000)
    path.write_bytes(path.read_bytes()[:30_000])
    with pytest.raises(UserError, match="cut short or damaged"):
        files.read(path)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"no sound at all" * 99, b"\0" * 5_000])
def test_what_is_no_sound_is_said_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.wav"
    path.write_bytes(content)
    with pytest.raises(UserError):
        files.read(path)


def test_a_file_without_a_sample_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "empty.wav"
    soundfile.write(path, np.zeros(0, np.float32), 16_000)
    with pytest.raises(UserError, match="no sound"):
        files.read(path)
    with pytest.raises(UserError, match="There is no sound file"):
        files.read(tmp_path / "absent.wav")
    with pytest.raises(UserError, match="There is no sound file"):
        files.read(tmp_path)


def test_hours_of_silence_stay_small(tmp_path: Path, models: Callable[[str], Path]) -> None:
    path = tmp_path / "long.flac"
    with soundfile.SoundFile(path, "w", 8_000, 1) as sound:
        for _ in range(180):
            sound.write(np.zeros(8_000 * 60, np.float32))
    voice = VoiceActivity(models("silero-vad") / "model.onnx")
    tracemalloc.start()
    found = files.read(path, voice)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.ended - found.at == pytest.approx(3 * 3600, abs=1)
    assert len(found.samples) < 16_000 * 2
    assert peak < 60e6


def test_a_voice_within_silence_is_kept(tmp_path: Path, models: Callable[[str], Path]) -> None:
    from agent.voice.hibari import Hibari

    engine = Hibari(threads=1)
    spoken = np.concatenate(list(engine.speak("Is anybody at home this evening?")))
    quiet = np.zeros(24_000 * 50, np.float32)
    path = tmp_path / "rare.wav"
    files.write(path, np.concatenate([quiet, spoken, quiet]), 24_000)
    kept = files.read(path, VoiceActivity(models("silero-vad") / "model.onnx")).samples
    seconds = len(spoken) / 24_000
    assert seconds - 0.5 < len(kept) / 16_000 < seconds + 3.0
    assert np.abs(kept).max() == pytest.approx(np.abs(spoken).max(), rel=0.1)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    files.write(path, tone(1.0, 24_000)[:, 0] * 4, 24_000)
    assert soundfile.info(path).samplerate == 24_000
    assert files.seconds(path) == pytest.approx(1.0)
    assert [entry.name for entry in tmp_path.iterdir()] == ["answer.wav"]
    with pytest.raises(UserError, match="cannot be written"):
        files.write(path / "answer.wav", tone(0.1, 24_000)[:, 0], 24_000)
