"""From any device's format to 16 kHz mono."""

from __future__ import annotations

import numpy as np
import pytest

from perception.audio.devices.capture import Converter, Mono
from perception.audio.devices.ports import Port, find, unique
from perception.types import RATE, AudioChunk


def wave(rate: int, seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """A tone of 440 Hz."""
    return np.sin(2 * np.pi * 440 * np.arange(int(rate * seconds)) / rate).astype(np.float32)


@pytest.mark.parametrize(("rate", "channels"), [(44_100, 1), (48_000, 2), (48_000, 8), (16_000, 1)])
def test_every_format_becomes_the_same_sound(rate: int, channels: int) -> None:
    converter = Converter(rate, channels)
    frames = np.repeat(wave(rate, 2.0)[:, None], channels, axis=1)
    chunks: list[AudioChunk] = []
    block = rate // 50
    for index in range(100):
        chunk = converter.convert(frames[index * block : (index + 1) * block], index * 0.02)
        if chunk is not None:
            chunks.append(chunk)
    samples = np.concatenate([chunk.samples for chunk in chunks])
    assert samples.size > 1.9 * RATE
    spectrum = np.abs(np.fft.rfft(samples[:RATE]))
    assert np.argmax(spectrum) == 440
    assert np.max(np.abs(samples)) == pytest.approx(1.0, abs=0.05)
    position = 0
    for chunk in chunks:
        assert chunk.at == pytest.approx(position / RATE, abs=0.002)
        position += chunk.samples.size


def test_one_live_channel_of_eight_is_not_drowned() -> None:
    frames = np.zeros((960, 8), np.float32)
    frames[:, 5] = wave(48_000, 0.02)
    assert np.max(np.abs(Mono(8).mix(frames))) == pytest.approx(1.0, abs=0.01)


def test_silence_on_all_channels_stays_silence() -> None:
    assert not Mono(2).mix(np.zeros((960, 2), np.float32)).any()


def test_devices_of_one_name_are_told_apart_and_found() -> None:
    ports = unique([Port("Camera", "a", 48_000, 2, True), Port("Camera", "b", 48_000, 2, True)])
    assert [port.name for port in ports] == ["Camera", "Camera (2)"]
    found = find(ports, ports[0], "Camera (2)")
    assert found is not None
    assert found.target == "b"
    assert find(ports, ports[0], "Gone") == ports[0]
    assert find((), None, "Gone") is None
