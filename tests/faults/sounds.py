"""Hostile sound files, made by rule: the same ones each time."""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile  # type: ignore[import-untyped]

RATE = 16_000
_ENCODINGS = (("wav", "WAV", "PCM_16"), ("flac", "FLAC", "PCM_16"), ("ogg", "OGG", "VORBIS"))


def tone(seconds: float = 0.5, rate: int = RATE, channels: int = 1) -> np.ndarray:
    """A quiet tone."""
    line = 0.3 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)
    return np.repeat(line[:, None], channels, axis=1).astype(np.float32)


def encoded(samples: np.ndarray, rate: int, kind: str, coding: str) -> bytes:
    """A whole sound file."""
    out = io.BytesIO()
    soundfile.write(out, samples, rate, coding, format=kind)
    return out.getvalue()


def wav(rate: int, channels: int, bits: int, code: int, data: bytes, *, claimed: int = -1) -> bytes:
    """A WAV whose header says what it likes."""
    align = channels * bits // 8
    form = struct.pack("<HHIIHH", code, channels, rate, rate * align % 2**32, align % 65536, bits)
    size = len(data) if claimed < 0 else claimed
    head = b"RIFF" + struct.pack("<I", (36 + size) % 2**32) + b"WAVEfmt " + struct.pack("<I", 16)
    return head + form + b"data" + struct.pack("<I", size) + data


def files() -> Iterator[tuple[str, bytes]]:
    """Name and content, the telling ones first."""
    yield from _headers()
    yield from _floats()
    yield from _chained()
    whole = {
        name: encoded(tone(), RATE, kind, coding)
        for name, kind, coding in (*_ENCODINGS, ("mp3", "MP3", "MPEG_LAYER_III"))
    }
    yield from ((f"other-name-{name}.mp3", data) for name, data in whole.items())
    yield from ((f"text-in.{name}", b"hello " * 300) for name in whole)
    yield from ((f"nothing.{name}", b"") for name in whole)
    yield from ((f"one-byte.{name}", data[:1]) for name, data in whole.items())
    for seed in range(1000):
        dice = np.random.default_rng(seed)
        for name, data in whole.items():
            cut = int(dice.integers(1, len(data)))
            yield f"cut-{seed}.{name}", data[:cut]
            yield f"flipped-{seed}.{name}", _flipped(data, dice)
            yield f"garbage-{seed}.{name}", data[:64] + dice.bytes(3000)


def special(folder: Path) -> list[Path]:
    """What is no file: pipes, devices, folders, links."""
    (folder / "folder.wav").mkdir()
    os.mkfifo(folder / "fifo.wav")
    links = {
        "to-zero.wav": "/dev/zero",
        "to-itself.wav": "to-itself.wav",
        "to-nothing.wav": "none.wav",
        "to-fifo.wav": "fifo.wav",
        "to-random.flac": "/dev/urandom",
    }
    for name, target in links.items():
        (folder / name).symlink_to(target)
    named = [folder / "folder.wav", folder / "fifo.wav", *(folder / name for name in links)]
    devices = [Path("/dev/zero"), Path("/dev/null"), Path("/dev/tty"), Path("/proc/self/mem")]
    return [*named, *devices, folder / "none.wav", folder / f"{'x' * 300}.wav"]


def _headers() -> Iterator[tuple[str, bytes]]:
    pcm = (tone()[:, 0] * 32767).astype("<i2").tobytes()
    for rate in (0, 1, 999, 1_000_000, 768_000, 2**31, 2**32 - 1):
        yield f"rate-{rate}.wav", wav(rate, 1, 16, 1, pcm)
    for channels in (0, 2, 64, 1024, 65535):
        yield f"channels-{channels}.wav", wav(RATE, channels, 16, 1, pcm * 8)
    yield "fast-and-wide.wav", wav(768_000, 64, 16, 1, bytes(64 * 2 * 200_000))
    for bits in (0, 1, 7, 8, 24, 32, 64, 65535):
        yield f"bits-{bits}.wav", wav(RATE, 1, bits, 1, pcm)
    for code in (0, 2, 3, 6, 7, 17, 0x55, 0xFFFE, 0xFFFF):
        yield f"code-{code}.wav", wav(RATE, 1, 16, code, pcm)
    hours = 10 * 3600 * RATE * 2
    for claimed in (hours, 2**32 - 2, 2**31, 2**32 - 1, 0, 1):
        yield f"claims-{claimed}.wav", wav(RATE, 1, 16, 1, pcm, claimed=claimed)
    yield "no-samples.wav", wav(RATE, 1, 16, 1, b"")
    yield "no-data-chunk.wav", wav(RATE, 1, 16, 1, pcm)[:36]
    yield "chunk-of-4-GB.wav", b"RIFF\xff\xff\xff\xffWAVEJUNK\xff\xff\xff\xff" + bytes(100)
    yield "chunks-of-nothing.wav", b"RIFF\xff\xff\xff\xffWAVE" + b"JUNK\0\0\0\0" * 20_000
    silence = encoded(np.zeros((11 * 3600 * 1000, 1), np.int16), 1000, "FLAC", "PCM_16")
    yield "eleven-hours.flac", silence


def _floats() -> Iterator[tuple[str, bytes]]:
    for name, value in (("nan", np.nan), ("inf", np.inf), ("huge", 3e38), ("tiny", 1e-45)):
        samples = tone()
        samples[::3] = value
        yield f"{name}.wav", wav(RATE, 1, 32, 3, samples.astype("<f4").tobytes())
        yield f"all-{name}.wav", wav(RATE, 1, 64, 3, np.full(8000, value, "<f8").tobytes())


def _chained() -> Iterator[tuple[str, bytes]]:
    for other in (RATE, 22_050, 48_000):
        first, second = (encoded(tone(rate=r), r, "OGG", "VORBIS") for r in (RATE, other))
        yield f"chained-{other}.ogg", first + second
        yield f"chained-cut-{other}.ogg", first + second[: len(second) // 2]
    yield "ogg-then-wav.ogg", first + wav(RATE, 1, 16, 1, bytes(3000))


def _flipped(data: bytes, dice: np.random.Generator) -> bytes:
    harmed = bytearray(data)
    for place in dice.integers(0, min(len(data), 400), 12):
        harmed[place] = int(dice.integers(0, 256))
    return bytes(harmed)
