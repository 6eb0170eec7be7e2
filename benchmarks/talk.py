"""How long after the end of the voice does the answer sound, with an open microphone?

The real processes run in a room of their own: a private sound server whose microphone is spoken
into with recorded voices, and whose speaker an outside recorder hears. Between two turns the plain
sequence (`benchmarks/parts/baseline.py`) answers the same recording on the same machine.
"""

from __future__ import annotations

import json
import os
import queue
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import psutil  # type: ignore[import-untyped]
from rich.table import Table

from agent.assembly import assemble
from agent.commands import Interrupt, OpenChat
from agent.events import Asked, Failed, Reply, Sentence
from agent.models.store import open_store
from agent.profiles import profile
from agent.prompting.prompt import system
from agent.settings import Settings, models_folder, save
from benchmarks.parts.baseline import PlainTurn, faster_whisper, plain_turn
from benchmarks.parts.chart import bars
from benchmarks.parts.lines import read_lines
from benchmarks.parts.sound_room import MICROPHONE, RATE, SoundRoom
from desktop.cli.terminal_text import console
from desktop.processes.headless import Headless
from perception.audio import files as sound_file
from perception.audio.ipc.messages import Mode
from perception.leftovers import owned_prefix
from perception.types import Samples, UserError, Utterance

STAGES = ("decided", "heard", "first_token", "guard", "first_sentence", "first_sound")
_LONGEST_ANSWER_S = 90.0
_ENOUGH_S = 10.0
"""What follows after so much of an answer tells nothing about its beginning."""
_AUDIBLE = 0.003
_VOICE = 0.056
"""Of the loudest 20 ms: a voice that fell under it (-25 dB) has ended."""
_NOISE = 0.0005
_QUIET_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Turn:
    """One recording. `total` is seconds from the end of the voice to the first sample."""

    file: str
    heard: str
    answer: str
    total: float
    stages: Mapping[str, float] = field(default_factory=dict)
    plain: PlainTurn | None = None


def run_bench(files: Sequence[Path], as_json: bool, limit: int = 0, model: str = "") -> int:
    """Print the table, or one JSON object; draws `talk.svg` in the current folder."""
    sounds = list(_sounds(files))[: limit or None]
    if not sounds:
        raise UserError.plain(
            "There is no recorded voice.", "Name sound files, or a manifest.jsonl."
        )
    screen = console(stderr=True)
    turns = list[Turn]()
    with tempfile.TemporaryDirectory(prefix=owned_prefix()) as folder:
        for turn in _turns(sounds, Settings(dialogue_model=model), Path(folder)):
            turns.append(turn)
            screen.print(f"{turn.file}: {turn.total:.2f} s: {turn.heard}", highlight=False)
    result = _summary(turns)
    picture = Path("talk.svg")
    picture.write_text(_picture(turns), encoding="utf-8")
    print(json.dumps(result, ensure_ascii=False)) if as_json else _print(turns, result, picture)
    return 0


def _sounds(files: Sequence[Path]) -> Iterator[Path]:
    for file in files:
        if file.suffix != ".jsonl":
            yield file
            continue
        for entry in read_lines(file):
            if entry.get("kind", "speech") == "speech":
                yield file.parent / entry["file"]


def _turns(sounds: Sequence[Path], settings: Settings, folder: Path) -> Iterator[Turn]:
    settings = replace(settings, talk_mode="open", spoken_languages=("en",))
    save(settings, folder / "settings.toml")
    home = {"CANDOR_HOME": str(folder), "CANDOR_MODELS": str(models_folder())}
    with ExitStack() as stack:
        room = stack.enter_context(SoundRoom(folder))
        children = stack.enter_context(
            Headless(folder / "logs", {**os.environ, **home, **room.environment})
        )
        live = _Live(room, children)
        stack.enter_context(room.noise(_NOISE))
        children.listen(settings, Mode.OPEN)
        live.rest()
        plain = _Plain(settings, stack)
        for sound in sounds:
            utterance = sound_file.read(sound)
            yield replace(live.turn(sound, utterance), plain=plain.turn(utterance))


class _Plain:
    """The plain sequence, beside the children, who rest while it runs."""

    def __init__(self, settings: Settings, stack: ExitStack) -> None:
        engines = assemble(settings)
        stack.callback(engines.close)
        self._dialogue, self._voice = engines.dialogue(), engines.voice()
        self._start = system(profile.load(settings.profile))
        try:
            threads = settings.threads or 2
            self._transcribe = faster_whisper(open_store().path("whisper-base"), threads)
        except ImportError as error:
            raise UserError.plain(
                "The plain baseline needs faster-whisper.", "Run ./candor bench, which installs it."
            ) from error

    def turn(self, utterance: Utterance) -> PlainTurn:
        """Answer this recording plainly."""
        return plain_turn(utterance, self._transcribe, self._dialogue, self._start, self._voice)


class _Live:
    """Speaks into the room and listens to it from outside."""

    def __init__(self, room: SoundRoom, children: Headless) -> None:
        self._room, self._children = room, children

    def rest(self) -> None:
        """Until both processes have nothing more to do: loaded, and the prompt read ahead."""
        processes = [psutil.Process(pid) for pid in self._children.pids().values()]
        quiet = 0
        while quiet < 3:
            before = sum(sum(process.cpu_times()[:2]) for process in processes)
            time.sleep(1.0)
            spent = sum(sum(process.cpu_times()[:2]) for process in processes) - before
            quiet = quiet + 1 if spent < _QUIET_SHARE else 0
            self._drain()

    def turn(self, sound: Path, utterance: Utterance) -> Turn:
        """Say it, and wait for the answer's first sample and its reply."""
        self._children.tell_mind(OpenChat(None))
        self.rest()
        began = time.monotonic()
        self._room.speak(utterance.samples, utterance.rate)
        asked, reply = self._answer(sound)
        end = self._end_of_voice(utterance, began)
        total = self._first_sample(end) - end
        stages = {name: reply.timings_ms.get(name, 0.0) / 1000 for name in STAGES}
        return Turn(sound.name, asked.text, reply.text, total, stages)

    def _answer(self, sound: Path) -> tuple[Asked, Reply]:
        """The last turn that was asked: one that was ended too early is replaced by a longer."""
        asked: dict[str, Asked] = {}
        enough = float("inf")
        until = time.monotonic() + _LONGEST_ANSWER_S
        while True:
            try:
                event = self._children.next(until - time.monotonic())
            except (queue.Empty, ValueError) as error:
                raise UserError.plain(
                    f"{sound.name}: nothing was answered.", "See its recording."
                ) from error
            if time.monotonic() > enough:
                self._children.tell_mind(Interrupt(list(asked)[-1]))
                enough = float("inf")
            match event:
                case Asked(turn=turn):
                    asked[turn] = event
                case Sentence():
                    enough = min(enough, time.monotonic() + _ENOUGH_S)
                case Reply(turn=turn) if turn in asked and turn == list(asked)[-1]:
                    return asked[turn], event
                case Failed():
                    raise UserError.plain(f"{sound.name}: {event.message}", event.hint)

    def _end_of_voice(self, utterance: Utterance, began: float) -> float:
        """When the voice ended at the microphone: its place is found by correlation."""
        import soxr  # type: ignore[import-untyped]

        said = soxr.resample(utterance.samples, utterance.rate, RATE)
        recorded, at = self._room.hear(began, MICROPHONE)
        step = RATE // 500
        place = int(np.argmax(np.correlate(_loudness(recorded, step), _loudness(said, step))))
        loud = _loudness(said, RATE // 50)
        last = int(np.flatnonzero(loud > _VOICE * loud.max())[-1]) + 1
        return at + place * step / RATE + last / 50

    def _first_sample(self, since: float) -> float:
        heard, at = self._room.hear(since)
        audible = np.flatnonzero(np.abs(heard) > _AUDIBLE)
        if not audible.size:
            raise UserError.plain(
                "The answer did not sound.", "Its turn may have failed; see the log."
            )
        return at + float(audible[0]) / RATE

    def _drain(self) -> None:
        while not self._children.events.empty():
            self._children.next()


def _loudness(samples: Samples, step: int) -> Samples:
    whole = samples[: len(samples) // step * step].reshape(-1, step)
    return np.asarray(np.sqrt(np.mean(np.square(whole), axis=1)), np.float32)


def _summary(turns: Sequence[Turn]) -> dict[str, object]:
    totals = sorted(turn.total for turn in turns)
    plain = [turn.plain.total for turn in turns if turn.plain]
    ratios = [turn.total / turn.plain.total for turn in turns if turn.plain]
    return {
        "p50_s": statistics.median(totals),
        "p95_s": totals[min(len(totals) - 1, int(0.95 * len(totals)))],
        "baseline_p50_s": statistics.median(plain),
        "ratio": statistics.median(ratios),
        "stages_p50_s": {
            name: statistics.median(turn.stages[name] for turn in turns) for name in STAGES
        },
        "turns": [
            {
                "file": turn.file,
                "heard": turn.heard,
                "answer": turn.answer,
                "stages_s": {**turn.stages, "first_sample": turn.total},
                "baseline": turn.plain.total if turn.plain else None,
            }
            for turn in turns
        ],
    }


def _print(turns: Sequence[Turn], result: dict[str, object], picture: Path) -> None:
    title = "Seconds from the end of the voice; the last as the outside recorder heard it"
    table = Table("recording", *STAGES, "first sample", "plain", title=title)
    for turn in turns:
        stages = (f"{turn.stages[name]:.2f}" for name in STAGES)
        plain = f"{turn.plain.total:.2f}" if turn.plain else "-"
        table.add_row(turn.file, *stages, f"{turn.total:.2f}", plain)
    screen = console()
    screen.print(table)
    for turn in turns:
        screen.print(
            f"{turn.file}\n  heard: {turn.heard}\n  answer: {turn.answer}", highlight=False
        )
    screen.print(
        f"median {result['p50_s']:.2f} s, 95% {result['p95_s']:.2f} s, plain "
        f"{result['baseline_p50_s']:.2f} s, ratio {result['ratio']:.2f}; picture: {picture}"
    )


def _picture(turns: Sequence[Turn]) -> str:
    rows = {
        turn.file: {**turn.stages, "first sample": turn.total}
        | ({"plain": turn.plain.total} if turn.plain else {})
        for turn in turns
    }
    return bars("Seconds from the end of the voice", rows)
