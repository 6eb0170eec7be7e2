"""Turn-taking: how often is a speaker cut off, how late is an end noticed, what does noise begin?

Recorded utterances, as they are and with a pause of 0.3 to 0.8 s of room noise put in between two
words, run through voice activity, smart-turn, Whisper and the machine. The manifest is that of
the hearing bench; its noise and music are looped to ten minutes.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from agent.settings import models_folder
from benchmarks.hearing import Clip, read_clips
from benchmarks.parts.turn_simulation import (
    FRAME,
    Delays,
    Done,
    Judge,
    Models,
    probabilities,
    room,
    simulate,
    with_pause,
)
from perception.audio.turns.end_of_turn import TurnEndpoint
from perception.audio.turns.events import EndTurn, StartTurn
from perception.audio.turns.machine import Rules
from perception.audio.vad import VoiceActivity
from perception.hearing import Hearing
from perception.hearing.whisper import load
from perception.types import RATE, Samples, UserError, Utterance

LONGEST_PAUSE = 0.8
NOISE_SECONDS = 600.0
_PAUSES = (0.5, 0.8, 0.3, 0.7, 0.4, 0.6)
_BEFORE, _AFTER = 0.5, 3.5
_VOICED = 0.5
_LEAST_FRAMES = 3
_WAITS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Case:
    """One sound to be heard: its voice probabilities, and who judges it."""

    name: str
    chances: list[float]
    judge: Judge

    @property
    def voiced(self) -> list[float]:
        """The end of each 32 ms of a voice, in seconds; a lone sound or two are breath."""
        runs = itertools.groupby(enumerate(self.chances), lambda pair: pair[1] >= _VOICED)
        frames = [[number for number, _ in run] for voiced, run in runs if voiced]
        return [(i + 1) * FRAME for run in frames if len(run) >= _LEAST_FRAMES for i in run]


@dataclass(frozen=True, slots=True)
class Score:
    """One utterance. `early` ended within a pause of at most 0.8 s, `cut` was answered there.

    `delay` is the end of the turn after the end of the voice, None where it was not answered.
    """

    name: str
    early: bool
    cut: bool
    delay: float | None


def run_bench(files: Sequence[Path], as_json: bool, limit: int = 0) -> int:
    """Print the table, or one JSON object; UserError without a manifest."""
    clips = [clip for manifest in files for clip in read_clips(manifest, False)]
    spoken = [clip for clip in clips if clip.kind in ("speech", "command")][: limit or None]
    noises = [clip for clip in clips if clip.kind in ("noise", "music")]
    if not spoken:
        raise UserError.plain(
            "The turns bench needs a manifest of sound files with speech.",
            "Example: candor bench turns speech/manifest.jsonl --json",
        )
    folder = models_folder()
    voice = VoiceActivity(folder / "silero-vad" / "model.onnx")
    endpoint = TurnEndpoint(folder / "smart-turn" / "model.onnx")
    hearing = load(folder / "whisper-base", "cpu", 0, words=True)
    cases = list(_cases(spoken, voice, endpoint, hearing))
    summary = {
        "bench": "turns",
        "utterances": len(cases),
        "longest_pause": LONGEST_PAUSE,
        "rows": [asdict(row) for row in _rows(cases)],
        "noise": [_noise(clip, len(noises), voice, endpoint, hearing) for clip in noises],
    }
    if as_json:
        print(json.dumps(summary, ensure_ascii=False))
    else:
        _print_tables(summary)
    return 0


@dataclass(frozen=True, slots=True)
class TurnTakingRow:
    """One setting over all utterances; shares are of utterances, delays seconds."""

    setting: str
    ended_early: float
    cut_off: float
    not_answered: float
    delay_p50: float | None
    delay_p95: float | None
    early: tuple[str, ...]


def _cases(
    clips: Sequence[Clip], voice: VoiceActivity, endpoint: TurnEndpoint, hearing: Hearing
) -> Iterator[Case]:
    for number, clip in enumerate(clips):
        sounds = [(clip.name, clip.samples)]
        gaps = _gaps(clip.samples, hearing)
        if gaps:
            place = gaps[number * 7 % len(gaps)]
            seconds = _PAUSES[number % len(_PAUSES)]
            paused = with_pause(clip.samples, place, seconds, number)
            sounds.append((f"{clip.name} + {seconds} s at {place:.2f}", paused))
        for name, samples in sounds:
            around = [room(samples, seconds, number) for seconds in (_BEFORE, _AFTER)]
            sound = np.concatenate([around[0], samples, around[1]])
            chances = probabilities(sound, voice)
            case = Case(name, chances, Models(sound, endpoint, hearing))
            if case.voiced:
                yield case


def _gaps(samples: Samples, hearing: Hearing) -> list[float]:
    """The quietest moments between words, in seconds."""
    length = len(samples) / RATE
    *_, heard = hearing.hear(Utterance("", samples, RATE, 0.0, length))
    between = [
        (before.end + after.start) / 2
        for before, after in zip(heard.words, heard.words[1:], strict=False)
    ]
    return [_quietest(samples, at) for at in between if 0.4 < at < length - 0.4]


def _quietest(samples: Samples, near: float) -> float:
    moments = [near + offset for offset in np.arange(-0.08, 0.081, 0.01)]

    def power(at: float) -> float:
        middle = round(at * RATE)
        return float(np.mean(np.square(samples[max(0, middle - 80) : middle + 80])))

    return min(moments, key=power)


def _rows(cases: Sequence[Case]) -> Iterator[TurnTakingRow]:
    rules = Rules()
    yield _row("default", cases, rules, True)
    yield _row("default, no words from the mind", cases, rules, False)
    yield _row("default, 1 s of patience", cases, replace(rules, patience=1.0), True)
    for wait in _WAITS:
        setting = f"{wait:.1f} s when smart-turn and words are sure"
        yield _row(setting, cases, replace(rules, finished=(wait, max(wait, 0.9))), True)
    for wait in _WAITS:
        alone = (wait, wait)
        silent = replace(rules, finished=alone, unknown=alone, open=alone)
        yield _row(f"{wait:.1f} s of silence alone", cases, silent, False)


def _row(setting: str, cases: Sequence[Case], rules: Rules, hears: bool) -> TurnTakingRow:
    scores = [_score(case, rules, hears) for case in cases]
    delays = [score.delay for score in scores if score.delay is not None]
    p50, p95 = np.quantile(delays, [0.5, 0.95]).tolist() if delays else (None, None)
    return TurnTakingRow(
        setting,
        float(np.mean([score.early for score in scores])),
        float(np.mean([score.cut for score in scores])),
        1 - len(delays) / len(scores),
        p50,
        p95,
        tuple(score.name for score in scores if score.early),
    )


def _score(case: Case, rules: Rules, hears: bool) -> Score:
    delays = Delays()
    done = simulate(case.chances, case.judge, rules, delays, hears)
    voiced = case.voiced
    over = voiced[-1]
    early = cut = False
    delay = None
    for item in done:
        if not isinstance(item.action, EndTurn):
            continue
        ended = item.action.ended
        back = next((at - FRAME for at in voiced if at - FRAME >= ended), None)
        if back is None:
            delay = item.at - over
        elif back - ended <= LONGEST_PAUSE + FRAME:
            early = True
            cut = cut or max(item.at + FRAME, ended + delays.answer) < back
    return Score(case.name, early, cut, delay)


def _noise(
    clip: Clip, shares: int, voice: VoiceActivity, endpoint: TurnEndpoint, hearing: Hearing
) -> dict[str, Any]:
    """What a sound without speech begins, in its share of ten minutes."""
    seconds = NOISE_SECONDS / shares
    sound = np.resize(clip.samples, round(seconds * RATE)).astype(np.float32)
    sound = np.concatenate([sound, room(sound, _AFTER, 0)])
    models = Models(sound, endpoint, hearing)
    chances = probabilities(sound, voice)
    found: dict[str, Any] = {"name": clip.name, "seconds": seconds}
    for key, hears in (("", True), ("_without_words", False)):
        done = simulate(chances, models, Rules(), Delays(), hears)
        found[f"begun{key}"] = _count(done, StartTurn)
        found[f"utterances{key}"] = _count(done, EndTurn)
    return found


def _count(done: Sequence[Done], kind: type) -> int:
    return sum(isinstance(item.action, kind) for item in done)


def _print_tables(summary: dict[str, Any]) -> None:
    from rich.table import Table

    from desktop.cli.terminal_text import console

    table = Table(title=f"Turns, {summary['utterances']} utterances, one run")
    for column in ("setting", "ended early", "cut off", "not answered", "delay p50", "p95"):
        table.add_column(column)
    for row in summary["rows"]:
        shares = [f"{row[key]:.1%}" for key in ("ended_early", "cut_off", "not_answered")]
        delays = [
            "" if row[key] is None else f"{row[key]:.2f} s" for key in ("delay_p50", "delay_p95")
        ]
        table.add_row(row["setting"], *shares, *delays)
    noise = Table(title="Noise and music, ten minutes")
    for column in ("sound", "seconds", "turns begun", "utterances", "utterances without words"):
        noise.add_column(column)
    for row in summary["noise"]:
        noise.add_row(
            row["name"],
            f"{row['seconds']:.0f}",
            *(str(row[key]) for key in ("begun", "utterances", "utterances_without_words")),
        )
    console().print(table)
    console().print(noise)
