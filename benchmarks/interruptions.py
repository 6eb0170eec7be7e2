"""Barge-in: does our own voice interrupt itself, and is a person heard who talks over it?

Our own voice goes through a loudspeaker that distorts (soft clipping), a room, and a microphone
with noise; then through the echo canceller, voice activity and turn-taking, faster than real time.
What turn-taking decides is done: a hold silences the loudspeaker, an interruption goes on to the
next answer. Files: the hearing bench's manifest (speech, noise, music) and room responses (kind
"rir" in it, or sound files of their own); without responses three simple rooms are made up.
Keyboard, doors and coughs are made up too. No words are given to turn-taking: with the mind's
words it can only reject more.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import soxr  # type: ignore[import-untyped]
from rich.table import Table

from agent.settings import models_folder
from agent.voice.hibari import Hibari
from benchmarks.parts.bumps import bumps
from benchmarks.parts.interruption_room import (
    Heard,
    Overlay,
    Room,
    Talk,
    rooms,
)
from benchmarks.parts.lines import read_lines
from desktop.cli.terminal_text import console
from perception.audio import files as sound_file
from perception.audio.turns.end_of_turn import TurnEndpoint
from perception.audio.vad import VoiceActivity
from perception.types import RATE, Samples, UserError

_SENTENCES = (
    "The moon pulls on the oceans, and the water rises on the side that faces it.",
    "You can boil an egg for seven minutes if you like the yolk a little soft.",
    "I see one person in the picture, and a cup on the table in front of them.",
    "It says ibuprofen, four hundred milligrams, one tablet up to three times a day.",
    "Paris is the capital of France, and it lies on the river Seine.",
    "Of course. First, preheat the oven to two hundred degrees, then butter the tin.",
    "The train leaves at a quarter past nine from platform four.",
    "Yes, that is right, and there is one more thing that you should know about it.",
)
_ECHO_DB = (-6.0, -3.0, 0.0)
_MINUTES = 20.0
_NOISE_MINUTES = 10.0
_LEVELS_DB = (-3.0, 0.0, 3.0, 6.0)
_EVERY = 12.0
_AFTER = 2.0
_TALK = -26.0  # dB of full scale: a person half a metre from a laptop


@dataclass(frozen=True, slots=True)
class InterruptionRow:
    """One condition. Levels are decibels: the echo against speech at -26 dB of full scale."""

    condition: str
    minutes: float
    ducks: int
    holds: int
    false_interruptions: int
    interruptions: int = 0
    missed: int = 0
    silence_p50: float | None = None
    silence_p95: float | None = None


def run_bench(files: Sequence[Path], as_json: bool, limit: int = 0) -> int:
    """Print the table, or one JSON object; UserError without a manifest. `limit` is in minutes."""
    sounds = _read(files)
    folder = models_folder()
    voice = VoiceActivity(folder / "silero-vad" / "model.onnx")
    endpoint = TurnEndpoint(folder / "smart-turn" / "model.onnx")

    def talk(
        room: Room, overlays: Sequence[Overlay], seconds: float, echo_db: float
    ) -> list[Heard]:
        return list(Talk(_answers(), voice, endpoint).run_talk(room, overlays, seconds, echo_db))

    rows = list(_rows(sounds, talk, float(limit or _MINUTES)))
    if as_json:
        named = {"bench": "interruptions", "rows": [asdict(row) for row in rows]}
        print(json.dumps(named))
    else:
        _print(rows)
    return 0


_Talk = Callable[[Room, Sequence[Overlay], float, float], list[Heard]]


def _rows(
    sounds: dict[str, list[Samples]], talk: _Talk, minutes: float
) -> Iterator[InterruptionRow]:
    spaces = rooms(sounds["rir"])
    share = 60 * minutes / (len(spaces) * len(_ECHO_DB))
    for room, echo_db in itertools.product(spaces, _ECHO_DB):
        heard = talk(room, (), share, echo_db)
        yield _row(f"alone, {room.name}, {echo_db:+.0f} dB", share, heard, ())
    for number, (room, echo_db) in enumerate(itertools.product(spaces, _ECHO_DB)):
        overlays = tuple(_people(sounds["speech"], share, number))
        heard = talk(room, overlays, share, echo_db)
        yield _row(f"person, {room.name}, {echo_db:+.0f} dB", share, heard, overlays)
    length = min(minutes, _NOISE_MINUTES) * 60
    made = {name: [sound] for name, sound in bumps().items()}
    for name, clips in {"noise": sounds["noise"], "music": sounds["music"], **made}.items():
        overlays = tuple(_noises(clips, length / 4 if name in made else length / 2))
        seconds = overlays[-1].at + overlays[-1].samples.size / RATE if overlays else 0.0
        if overlays:
            heard = talk(spaces[0], overlays, seconds, -6.0)
            yield _row(f"{name}, {spaces[0].name}, -6 dB", seconds, heard, ())


def _row(
    name: str, seconds: float, heard: Sequence[Heard], people: Sequence[Overlay]
) -> InterruptionRow:
    taken = [item.at for item in heard if item.kind == "interrupt"]
    silent = [item.at for item in heard if item.kind in ("hold", "interrupt")]
    delays, missed, met = [], 0, set()
    for person in people:
        over = person.at + person.samples.size / RATE + _AFTER
        mine = [at for at in taken if person.at < at < over]
        met.update(mine)
        if not mine:
            missed += 1
            continue
        delays.append(min(at for at in silent if person.at < at <= mine[0]) - person.at)
    p50, p95 = np.quantile(delays, [0.5, 0.95]).tolist() if delays else (None, None)
    return InterruptionRow(
        name,
        seconds / 60,
        sum(item.kind == "duck" for item in heard),
        sum(item.kind == "hold" for item in heard),
        len(set(taken) - met),
        len(people),
        missed,
        p50,
        p95,
    )


def _people(speech: Sequence[Samples], seconds: float, seed: int) -> Iterator[Overlay]:
    """Recorded voices from the moment that they begin, one every `_EVERY` seconds."""
    at, number = 4.0, seed
    while at + 8 < seconds:
        level = _LEVELS_DB[number % len(_LEVELS_DB)]
        samples = _begun(speech[number % len(speech)])[: 5 * RATE]
        yield Overlay(at, _at_level(samples, _TALK + level))
        at, number = at + max(_EVERY, samples.size / RATE + 5), number + 1


def _noises(noises: Sequence[Samples], seconds: float) -> Iterator[Overlay]:
    at, number = 1.0, 0
    while noises and at < seconds:
        samples = noises[number % len(noises)][: 30 * RATE]
        yield Overlay(at, _at_level(samples, _TALK))
        at, number = at + samples.size / RATE + 0.5, number + 1


def _begun(samples: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(samples) > 0.05 * np.max(np.abs(samples)))
    return samples[loud[0] :]


def _at_level(samples: Samples, db: float) -> Samples:
    frames = samples[: samples.size // 320 * 320].reshape(-1, 320)
    power = np.mean(np.square(frames), axis=1)
    loud = power[power > 0.01 * power.max()]
    gain = 10 ** (db / 20) / np.sqrt(loud.mean())
    return np.asarray(np.clip(samples * np.float32(gain), -1, 1), np.float32)


def _answers() -> Iterator[Samples]:
    """Our own voice at 16 kHz, two sentences an answer, for ever."""
    voice = Hibari(1)
    said = [np.concatenate(list(voice.speak(sentence))) for sentence in _SENTENCES]
    spoken = [soxr.resample(sound, voice.rate, RATE).astype(np.float32) for sound in said]
    while True:
        for first, second in zip(spoken[::2], spoken[1::2], strict=True):
            yield np.concatenate([first, second])


def _read(files: Sequence[Path]) -> dict[str, list[Samples]]:
    sounds: dict[str, list[Samples]] = {kind: [] for kind in ("speech", "noise", "music", "rir")}
    for file in files:
        if file.suffix != ".jsonl":
            sounds["rir"].append(sound_file.read(file).samples)
            continue
        for line in read_lines(file):
            kind = str(line.get("kind", "speech"))
            if kind in sounds:
                sounds[kind].append(sound_file.read(file.parent / str(line["file"])).samples)
    if not sounds["speech"]:
        raise UserError.plain(
            "The interruptions bench needs a manifest of sound files with speech.",
            "Example: candor bench interruptions speech/manifest.jsonl --json",
        )
    return sounds


def _print(rows: Sequence[InterruptionRow]) -> None:
    table = Table(title="Interruptions")
    heads = (
        "condition",
        "minutes",
        "ducks",
        "holds",
        "false",
        "people",
        "missed",
        "p50 s",
        "p95 s",
    )
    for head in heads:
        table.add_column(head, justify="left" if head == "condition" else "right")
    for row in rows:
        times = [f"{x:.2f}" if x is not None else "" for x in (row.silence_p50, row.silence_p95)]
        counts = (row.ducks, row.holds, row.false_interruptions, row.interruptions, row.missed)
        table.add_row(row.condition, f"{row.minutes:.1f}", *map(str, counts), *times)
    console().print(table)
