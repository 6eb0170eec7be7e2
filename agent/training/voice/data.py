"""Recordings of a person with what was said: read, checked, split, and varied."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from agent.codes import AgentCode
from agent.training.chat.sources import DataProblem
from perception.messages import notice
from perception.types import RATE, Samples, UserError

LEAST = 6
"""Fewer recordings teach nothing that would carry over."""
_LONGEST = 28.0
_SHORTEST = 0.3
_SILENT = 1e-3
_SOUNDS = (".wav", ".flac", ".ogg", ".mp3")
_FILES = ("file", "path", "audio", "name")
_TEXTS = ("text", "sentence", "transcript", "said")


@dataclass(frozen=True, slots=True)
class Recording:
    """16 kHz mono sound and what was said in it."""

    name: str
    samples: Samples
    text: str


def read(folder: Path) -> tuple[list[Recording], list[DataProblem]]:
    """The recordings of a folder: each sound has a `.txt` beside it, or a row in a manifest.

    A manifest is one `.csv` or `.jsonl` with a file and a text column. UserError where there is
    no pair at all.
    """
    if not folder.is_dir():
        raise UserError(AgentCode.VOICE_FOLDER_MISSING, folder=folder)
    texts = dict(_texts(folder))
    problems: list[DataProblem] = []
    found: list[Recording] = []
    for file in sorted(f for f in folder.rglob("*") if f.suffix.lower() in _SOUNDS):
        text = texts.get(file.name) or texts.get(file.stem)
        if not text:
            problems.append(
                DataProblem(
                    notice(AgentCode.RECORDING_WITHOUT_TEXT, file=file.name, stem=file.stem)
                )
            )
            continue
        recording = _recording(file, text, problems)
        if recording:
            found.append(recording)
    if not found:
        raise UserError(AgentCode.VOICE_FOLDER_EMPTY, folder=folder)
    if len(found) < LEAST:
        problems.append(
            DataProblem(
                notice(AgentCode.TOO_FEW_RECORDINGS, found=len(found), least=LEAST),
                fatal=True,
            )
        )
    return found, problems


def split(
    recordings: Sequence[Recording], seed: int = 0
) -> tuple[list[Recording], list[Recording]]:
    """Train and dev parts; recordings of the same sentence are in one of them."""
    sentences = sorted({plain(recording.text) for recording in recordings})
    random.Random(seed).shuffle(sentences)
    checked = set(sentences[: max(1, round(len(sentences) * 0.2))])
    train = [r for r in recordings if plain(r.text) not in checked]
    return train, [r for r in recordings if plain(r.text) in checked]


def varied(samples: Samples, draw: random.Random) -> Samples:
    """The sound faster or slower, in a room, with noise: one of each or none."""
    chance = np.random.default_rng(draw.randrange(2**32))
    if draw.random() < 0.5:
        samples = _faster(samples, draw.uniform(0.9, 1.1))
    if draw.random() < 0.4:
        samples = _in_a_room(samples, draw.uniform(0.1, 0.4), chance)
    if draw.random() < 0.5:
        samples = _noisy(samples, draw.uniform(8.0, 25.0), chance)
    return samples


def plain(text: str) -> str:
    """Words alone, in lower case."""
    kept = (c if c.isalnum() or c == "'" else " " for c in text.casefold())
    return " ".join("".join(kept).split())


def word_errors(told: Sequence[str], heard: Sequence[str]) -> float:
    """Word error rate over all texts: wrong, missing and added words by words said."""
    errors = sum(
        _distance(plain(a).split(), plain(b).split()) for a, b in zip(told, heard, strict=True)
    )
    return errors / max(1, sum(len(plain(text).split()) for text in told))


def _distance(one: list[str], other: list[str]) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1]


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*")):
        if file.suffix.lower() == ".txt":
            yield file.stem, file.read_text("utf-8-sig", errors="replace").strip()
        elif file.suffix.lower() in (".csv", ".jsonl"):
            for row in _manifest(file):
                name = next((str(row[key]) for key in _FILES if row.get(key)), "")
                text = next((str(row[key]) for key in _TEXTS if row.get(key)), "")
                if name and text:
                    yield Path(name).name, text.strip()


def _manifest(file: Path) -> Iterator[dict[str, Any]]:
    text = file.read_text("utf-8-sig", errors="replace")
    if file.suffix.lower() == ".csv":
        yield from csv.DictReader(text.splitlines())
        return
    for number, line in enumerate(text.splitlines(), 1):
        try:
            row = json.loads(line) if line.strip() else {}
        except json.JSONDecodeError as error:
            raise UserError(
                AgentCode.NUMBERED_LINE_IS_NOT_JSON, number=number, file=file.name, reason=error.msg
            ) from error
        yield row if isinstance(row, dict) else {}


def _recording(file: Path, text: str, problems: list[DataProblem]) -> Recording | None:
    import soundfile  # type: ignore[import-untyped]
    import soxr  # type: ignore[import-untyped]

    try:
        sound, rate = soundfile.read(file, dtype="float32", always_2d=True)
    except (RuntimeError, OSError) as error:
        problems.append(
            DataProblem(notice(AgentCode.RECORDING_FILE_UNREADABLE, file=file.name, reason=error))
        )
        return None
    samples = soxr.resample(sound.mean(1), rate, RATE).astype(np.float32)
    seconds = len(samples) / RATE
    if not _SHORTEST <= seconds <= _LONGEST:
        problems.append(
            DataProblem(
                notice(
                    AgentCode.RECORDING_OF_WRONG_LENGTH,
                    file=file.name,
                    seconds=f"{seconds:.1f}",
                    shortest=_SHORTEST,
                    longest=f"{_LONGEST:.0f}",
                )
            )
        )
        return None
    if float(np.abs(samples).max(initial=0.0)) < _SILENT:
        problems.append(DataProblem(notice(AgentCode.RECORDING_SILENT, file=file.name)))
        return None
    return Recording(file.name, samples, text)


def _faster(samples: Samples, factor: float) -> Samples:
    places = np.arange(0, len(samples) - 1, factor)
    return np.asarray(np.interp(places, np.arange(len(samples)), samples), np.float32)


def _in_a_room(samples: Samples, seconds: float, chance: np.random.Generator) -> Samples:
    """Convolved with noise that decays by 60 dB in `seconds`, after the direct sound."""
    size = int(seconds * RATE)
    decay = 10.0 ** (-3.0 * np.arange(size) / size)
    response = chance.standard_normal(size) * decay * 0.05
    response[0] = 1.0
    length = 1 << (len(samples) + size).bit_length()
    wet = np.fft.irfft(np.fft.rfft(samples, length) * np.fft.rfft(response, length), length)
    return np.asarray(wet[: len(samples)] / max(1.0, float(np.abs(wet).max())), np.float32)


def _noisy(samples: Samples, decibels: float, chance: np.random.Generator) -> Samples:
    """With pink noise at this ratio."""
    spectrum = np.fft.rfft(chance.standard_normal(len(samples)))
    pink = np.fft.irfft(spectrum / np.sqrt(np.arange(len(spectrum)) + 1.0), len(samples))
    power = float(np.mean(np.square(samples)))
    scale = np.sqrt(power / 10 ** (decibels / 10) / max(1e-12, float(np.mean(np.square(pink)))))
    return np.asarray(np.clip(samples + scale * pink, -1.0, 1.0), np.float32)
