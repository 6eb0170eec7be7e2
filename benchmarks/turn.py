"""How long from the end of the user's voice to the first sample of the answer?

Each recorded question is asked of Candor's conversation (models loaded, prompt warm, as at any
turn after the first) and of the plain sequence in `baseline`, in turn, in one run.
"""

from __future__ import annotations

import json
import queue
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.table import Table

from agent.assembly import assemble
from agent.commands import Close
from agent.conversation import Conversation
from agent.engines.loaded import Engines
from agent.events import Asked, AssistantState, Event, Failed, Reply
from agent.memory.history import History
from agent.models.store import open_store
from agent.profiles import profile
from agent.prompting.prompt import system
from agent.settings import Settings
from agent.types import Phase, new_turn
from benchmarks.parts.baseline import (
    PlainTurn,
    Transcribe,
    faster_whisper,
    plain_turn,
)
from benchmarks.parts.lines import read_lines
from desktop.cli.terminal_text import console
from perception.audio import files as sound_file
from perception.audio.ipc.messages import Played
from perception.leftovers import owned_prefix
from perception.types import Samples, UserError, Utterance

STAGES = ("heard", "first_token", "first_sentence", "first_sound")


@dataclass(frozen=True, slots=True)
class ResponseTimeRow:
    """One question; seconds from the end of the voice."""

    file: str
    heard: str
    answer: str
    stages: dict[str, float]
    plain: PlainTurn | None


class _Muted:
    """A sink that plays at once, so that a turn ends when its sound is made."""

    def __init__(self) -> None:
        self.report = list[Conversation]()

    def play(self, turn: str, sentence: int, samples: Samples, rate: int) -> None:
        self.report[0].played(Played(turn, sentence, len(samples) / rate, False))

    def finish(self, turn: str) -> None:
        self.report[0].played(Played(turn, 0, 0.0, True))

    def flush(self, turn: str = "") -> None:
        return


def run_bench(files: Sequence[Path], as_json: bool, limit: int = 0) -> int:
    """Print the table, or one JSON object."""
    sounds = list(_sounds(files))[: limit or None]
    if not sounds:
        raise UserError.plain(
            "There is no recorded question.", "Name sound files, or a manifest.jsonl."
        )
    settings = Settings()
    engines = assemble(settings)
    screen = console(stderr=True)
    try:
        transcribe, missing = _yardstick(settings)
        with tempfile.TemporaryDirectory(prefix=owned_prefix()) as folder:
            rows = []
            for row in _rows(sounds, engines, settings, Path(folder), transcribe):
                rows.append(row)
                screen.print(f"{row.file}: {row.stages['first_sound']:.2f} s", highlight=False)
    finally:
        engines.close()
    result = _summary(rows, missing)
    print(json.dumps(result, ensure_ascii=False)) if as_json else _print(rows, result)
    return 0


def _sounds(files: Sequence[Path]) -> Iterator[Path]:
    for file in files:
        if file.suffix != ".jsonl":
            yield file
            continue
        for entry in read_lines(file):
            if entry.get("kind", "speech") == "speech":
                yield file.parent / entry["file"]


def _yardstick(settings: Settings) -> tuple[Transcribe | None, str]:
    try:
        return faster_whisper(open_store().path("whisper-base"), settings.threads or 2), ""
    except ImportError:
        return None, "faster-whisper is not installed; ./candor bench installs it"


def _rows(
    sounds: Sequence[Path],
    engines: Engines,
    settings: Settings,
    folder: Path,
    transcribe: Transcribe | None,
) -> Iterator[ResponseTimeRow]:
    dialogue, voice = engines.dialogue(), engines.voice()
    engines.hearing()
    kept = replace(engines, close=lambda: None)
    start = system(profile.load(settings.profile))
    for sound in sounds:
        # As at any turn but the first of a new chat: its beginning has been read.
        for _ in dialogue.prefill((start,)):
            pass
        utterance = sound_file.read(sound)
        history = History(folder / f"{utterance.turn}.db")
        events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        muted = _Muted()
        conversation = Conversation(lambda _: kept, history, lambda: settings, events.put, muted)
        muted.report.append(conversation)
        row = _ours(conversation, events, sound, utterance)
        conversation.send(Close())
        conversation.join()
        history.close()
        if transcribe:
            plain = plain_turn(utterance, transcribe, dialogue, start, voice)
            row = replace(row, plain=plain)
        yield row


def _ours(
    conversation: Conversation,
    events: queue.SimpleQueue[Event],
    sound: Path,
    utterance: Utterance,
) -> ResponseTimeRow:
    while not isinstance(event := events.get(), AssistantState) or event.phase is not Phase.IDLE:
        pass
    conversation.hear(replace(utterance, turn=new_turn(), ended=time.monotonic()))
    heard = ""
    while not isinstance(event := events.get(), Reply):
        if isinstance(event, Asked):
            heard = event.text
        if isinstance(event, Failed):
            raise UserError.plain(f"{sound.name}: {event.message}", event.hint)
    stages = {name: event.timings_ms.get(name, 0.0) / 1000 for name in STAGES}
    return ResponseTimeRow(sound.name, heard, event.text, stages, None)


def _summary(rows: Sequence[ResponseTimeRow], missing: str) -> dict[str, object]:
    totals = sorted(row.stages["first_sound"] for row in rows)
    plain = [row.plain.total for row in rows if row.plain]
    ratios = [row.stages["first_sound"] / row.plain.total for row in rows if row.plain]
    return {
        "p50_s": statistics.median(totals),
        "p95_s": totals[min(len(totals) - 1, int(0.95 * len(totals)))],
        "stages_p50_s": {
            name: statistics.median(row.stages[name] for row in rows) for name in STAGES
        },
        "baseline_p50_s": statistics.median(plain) if plain else None,
        "ratio": statistics.median(ratios) if ratios else None,
        "missing": missing,
        "turns": [
            {"file": row.file, "heard": row.heard, "answer": row.answer, **row.stages}
            | ({"baseline": row.plain.total} if row.plain else {})
            for row in rows
        ],
    }


def _print(rows: Sequence[ResponseTimeRow], result: dict[str, object]) -> None:
    table = Table("question", *STAGES, "plain", "ratio", title="Seconds from the end of the voice")
    for row in rows:
        plain = f"{row.plain.total:.2f}" if row.plain else "-"
        ratio = f"{row.stages['first_sound'] / row.plain.total:.2f}" if row.plain else "-"
        table.add_row(row.file, *(f"{row.stages[name]:.2f}" for name in STAGES), plain, ratio)
    screen = console()
    screen.print(table)
    screen.print(
        f"median {result['p50_s']:.2f} s, plain {result['baseline_p50_s']}, ratio {result['ratio']}"
    )
