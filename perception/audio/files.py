"""Sound files: any rate and number of channels in, 16 kHz mono out, a block at a time."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perception.audio.file_checks import (
    check_whole,
    damaged,
    for_soundfile,
    unreadable,
)
from perception.audio.vad import VoiceActivity, VoiceActivityStream
from perception.codes import PerceptionCode
from perception.messages import Notice, notice
from perception.replaced import replaced
from perception.types import RATE, Samples, UserError, Utterance

_BLOCK_SECONDS = 20
_LONGEST_WHOLE = 60.0
_LONGEST = 4 * 3600.0
_BLOCK_VALUES = 16_000_000
"""Over all channels: what one block may hold, whatever rate a header claims."""
_KEPT_PAUSE = 1.0
_LOWEST_RATE, _HIGHEST_RATE = 1_000, 768_000
_KINDS = "WAV, FLAC, OGG or MP3"


def seconds(path: Path) -> float:
    """How long a sound file plays; UserError where it is none."""
    with _open(path) as sound:
        return float(sound.frames) / float(sound.samplerate)


def blocks(path: Path) -> Iterator[Samples]:
    """The file as 16 kHz mono blocks of about 20 s; UserError where it is damaged or no sound."""
    import soxr  # type: ignore[import-untyped]

    _check_file(path)
    check_whole(path)
    with _open(path) as sound:
        rate, missing = int(sound.samplerate), int(sound.frames)
        if not _LOWEST_RATE <= rate <= _HIGHEST_RATE or missing < 1:
            raise UserError(PerceptionCode.SOUND_FILE_EMPTY, path=path, kinds=_KINDS)
        if missing > _LONGEST * rate:
            raise UserError(
                PerceptionCode.SOUND_FILE_TOO_LONG, path=path, longest=f"{_LONGEST / 3600:.0f}"
            )
        block = min(rate * _BLOCK_SECONDS, _BLOCK_VALUES // sound.channels)
        resampler = soxr.ResampleStream(rate, RATE, 1, dtype="float32")
        while missing > 0:
            piece = _read_block(sound, path, block)
            missing -= len(piece)
            if not len(piece) and missing > 0:
                raise damaged(path)
            yield resampler.resample_chunk(_to_mono(piece), last=missing <= 0)


def samples(path: Path) -> Samples:
    """All of a short sound file as 16 kHz mono; UserError where it is damaged or no sound."""
    return np.concatenate([np.zeros(0, np.float32), *blocks(path)])


def read(path: Path, voice: VoiceActivity | None = None) -> Utterance:
    """A sound file as one utterance that ended now, 16 kHz mono.

    Files of more than a minute are shortened where `voice` is given: pauses keep one second.
    `ended - at` is the length of the file itself, so that a caller can say what was left out.
    """
    length = seconds(path)
    pieces = blocks(path)
    if voice is not None and length > _LONGEST_WHOLE:
        pieces = _without_pauses(pieces, voice.stream())
    samples = np.concatenate([np.zeros(0, np.float32), *pieces])
    now = time.monotonic()
    return Utterance(uuid.uuid4().hex, samples, RATE, now - length, now)


def shortened(utterance: Utterance) -> Notice | None:
    """Which pauses of a long sound were left out, or None."""
    whole = utterance.ended - utterance.at
    kept = len(utterance.samples) / utterance.rate
    if whole <= _LONGEST_WHOLE or whole - kept <= _KEPT_PAUSE:
        return None
    return notice(PerceptionCode.PAUSES_LEFT_OUT, clock=_clock(whole), clock_2=_clock(whole - kept))


def _clock(length: float) -> str:
    minutes, second = divmod(round(length), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def check_place(path: Path) -> None:
    """UserError where `write` would fail, before time goes into what it is to write."""
    draft = path.with_name(path.name + ".part")
    try:
        if path.is_dir():
            raise UserError(PerceptionCode.SOUND_FILE_IS_FOLDER, path=path)
        draft.write_bytes(b"")
        draft.unlink()
    except OSError as error:
        raise _not_written(path, error) from error


def write(path: Path, samples: Samples, rate: int) -> None:
    """Write mono samples as a 16-bit WAV, whole or not at all; UserError where that fails."""
    import soundfile  # type: ignore[import-untyped]

    try:
        with replaced(path) as draft:
            soundfile.write(
                for_soundfile(draft), np.clip(samples, -1.0, 1.0), rate, "PCM_16", format="WAV"
            )
    except (OSError, AssertionError, soundfile.LibsndfileError) as error:
        # soundfile asserts that all of it was written, which a full disk prevents.
        raise _not_written(path, error) from error


def _not_written(path: Path, error: Exception) -> UserError:
    reason = f": {error.strerror}" if isinstance(error, OSError) and error.strerror else ""
    return UserError(PerceptionCode.SOUND_NOT_WRITTEN, path=path, reason=reason)


def _open(path: Path) -> Any:
    import soundfile

    _check_file(path)
    try:
        return soundfile.SoundFile(for_soundfile(path))
    except (OSError, soundfile.LibsndfileError) as error:
        raise UserError(PerceptionCode.NOT_A_SOUND_FILE, path=path, kinds=_KINDS) from error


def _check_file(path: Path) -> None:
    """A pipe would be waited for, and a device never ends."""
    try:
        there = path.is_file()
    except OSError as error:
        raise unreadable(path, error) from error
    if not there:
        raise UserError(PerceptionCode.SOUND_FILE_MISSING, path=path)


def _read_block(sound: Any, path: Path, frames: int) -> NDArray[np.float32]:
    import soundfile

    try:
        piece: NDArray[np.float32] = sound.read(frames, dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise damaged(path) from error
    return piece


def _to_mono(piece: NDArray[np.float32]) -> Samples:
    """The mean of the channels, or the loudest one where they cancel each other."""
    piece = np.nan_to_num(piece, nan=0.0, posinf=1.0, neginf=-1.0)
    mono: Samples = piece.mean(axis=1, dtype=np.float32)
    if piece.shape[1] > 1:
        power = np.square(piece).mean(axis=0)
        if np.square(mono).mean() < 0.05 * power.max(initial=0.0):
            mono = np.ascontiguousarray(piece[:, int(power.argmax())])
    return mono


def _without_pauses(pieces: Iterator[Samples], stream: VoiceActivityStream) -> Iterator[Samples]:
    """Leave out what is more than a second away from any voice."""
    reach = int(_KEPT_PAUSE / 2 * RATE / 512)
    kernel = np.ones(2 * reach + 1)
    for piece in pieces:
        voiced = stream.probabilities(piece) >= 0.35
        near = np.convolve(voiced, kernel, "full")[reach : reach + len(voiced)] > 0
        yield piece[np.repeat(near, 512)[: len(piece)]]
