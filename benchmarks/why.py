"""Does the causal "Why?" name the line that an answer rests on, and what needed none?

Each scene is composed from a seed: a true line, three decoys and one contradiction, and a question
that the true line answers; or five lines and a question that any model can answer. The model
writes its own answer, greedily, and every sentence is measured as for a user. The right cause of a
sentence that tells a value is the line that holds this value. An answer that tells none of the
values is counted apart, and so is one that tells a line where none was asked for. With `--out`
each scene is written to a file; the same command goes on after the last of them. Control-C shows
what there is.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from rich.table import Table

from agent.assembly import assemble
from agent.causes.measuring import CauseMeasurement
from agent.dialogue import Dialogue, ForcedScoring, Sampling
from agent.profiles import profile
from agent.prompting.prompt import TurnMoment, question, system
from agent.settings import Settings
from agent.training.everyday.counts import interval
from benchmarks.parts.why_scenes import CauseScene, scenes
from desktop.cli.terminal_text import console
from perception.fusion import describe
from perception.types import UserError
from safety.types import Cause, CauseKind, GivenSentence

_LIMIT = 300
_MOST_TOKENS = 48
_CANCELLED = 130
_NOW = datetime(2027, 3, 16, 14, 5)
_SENTENCE = re.compile(r"[^.!?。！？\n]*(?:[.!?。！？\n]+(?=\s|$|[^\d])|$)")
_NUMBER = re.compile(r"\d+(?::\d+)?")
SEED = 18


@dataclass(frozen=True, slots=True)
class CauseRow:
    """One scene: its answer, the line that holds its value (0: none), and what was measured."""

    question: str
    answer: str
    needed: bool
    """Whether the question needs a line."""
    right: int
    contradiction: int
    causes: tuple[Cause, ...]
    told: int
    """The place of the sentence that tells the value; -1 for none."""
    seconds: float
    cpu_seconds: float
    """Of both cores together: on a machine that does other work too, it tells more."""
    strayed: bool = False
    """The question needs no line, and yet the answer tells a number of one."""


def run_bench(
    files: Sequence[Path],
    as_json: bool,
    limit: int = 0,
    *,
    model: str = "",
    seed: int = SEED,
    out: str = "",
) -> int:
    """Print the table, or one JSON object. `limit` scenes, of which a third needs no line."""
    engines = assemble(Settings(dialogue_model=model, speak_answers=False))
    rows, code = list[CauseRow](), 0
    try:
        dialogue = engines.dialogue()
        try:
            for row in measured(dialogue, seed, limit or _LIMIT, Path(out) if out else None):
                rows.append(row)
        except KeyboardInterrupt:
            code = _CANCELLED
    finally:
        engines.close()
    result = {"model": dialogue.name, "seed": seed} | summary(rows)
    if as_json:
        told = result | {"rows": [asdict(row) for row in rows]}
        print(json.dumps(told, ensure_ascii=False))
    else:
        _print(result)
    return code


def measured(dialogue: Dialogue, seed: int, limit: int, out: Path | None) -> Iterator[CauseRow]:
    """A row a scene; those that stand in `out` already are not measured again."""
    if not isinstance(dialogue, ForcedScoring):
        raise UserError.plain("This engine cannot tell how probable words are.", "Use llama.cpp.")
    kept = out.read_bytes().splitlines() if out and out.is_file() else []
    rows = [msgspec.json.decode(line, type=CauseRow) for line in kept]
    for place, scene in enumerate(islice(scenes(seed), limit)):
        if place < len(rows):
            yield rows[place]
            continue
        row = _measure(dialogue, dialogue, scene)
        if out:
            with out.open("ab") as file:
                file.write(msgspec.json.encode(row) + b"\n")
        yield row


def _measure(dialogue: Dialogue, scoring: ForcedScoring, scene: CauseScene) -> CauseRow:
    asked = question(scene.question, describe(scene.evidence), TurnMoment(_NOW))
    beginning = system(profile.load("everyday"))
    tokens = [*dialogue.generate((beginning, asked), Sampling(_MOST_TOKENS))]
    answer = "".join(token.text for token in tokens)
    given = [GivenSentence(text, 0.9, ()) for text in _SENTENCE.findall(answer) if text]
    began, worked = time.perf_counter(), time.process_time()
    measuring = CauseMeasurement(
        scoring, asked.text, scene.question, given, lambda message: (beginning, message)
    )
    causes = _result(measuring)
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    told, right = _told(given, scene)
    return CauseRow(
        scene.question,
        answer,
        bool(scene.values),
        right,
        scene.contradiction,
        causes,
        told,
        round(seconds, 2),
        round(cpu, 2),
        not scene.values and _strayed(answer, scene),
    )


def _result(measuring: CauseMeasurement) -> tuple[Cause, ...]:
    steps = measuring.steps()
    while True:
        try:
            next(steps)
        except StopIteration as end:
            causes: tuple[Cause, ...] = end.value
            return causes


def _told(given: Sequence[GivenSentence], scene: CauseScene) -> tuple[int, int]:
    """The first sentence that tells one value and no other, and the line that holds it."""
    for place, sentence in enumerate(given):
        said = [
            line
            for value, line in scene.values.items()
            if re.search(rf"(?<!\d){re.escape(value.rstrip(' 元'))}(?!\d)", sentence.text)
        ]
        if len(said) == 1:
            return place, said[0]
    return -1, 0


def _strayed(answer: str, scene: CauseScene) -> bool:
    """Whether it tells a number of a line that the question does not hold."""
    shown = {number for item in scene.evidence for number in _NUMBER.findall(item.text)}
    return bool(shown.intersection(_NUMBER.findall(answer)) - {*_NUMBER.findall(scene.question)})


def summary(rows: Sequence[CauseRow]) -> dict[str, Any]:
    """Shares with their 95% intervals, and how long it took."""
    needed = [row for row in rows if row.needed and row.right]
    own = [row for row in rows if not row.needed and not row.strayed]
    causes = [_cause(row) for row in needed]
    right = [
        cause is not None and [e.evidence for e in cause.resting][:1] == [row.right]
        for row, cause in zip(needed, causes, strict=True)
    ]
    times = {"seconds": [r.seconds for r in rows], "cpu_seconds": [r.cpu_seconds for r in rows]}
    return {
        "scenes": len(rows),
        "answered_from_a_line": sum(row.strayed for row in rows),
        "without_a_value": sum(row.needed and not row.right for row in rows),
        "top_cause_right": _share(right),
        "flagged_own_knowledge": _share([_is_own(row.causes) for row in own]),
        "false_flags": _share([c is not None and c.kind is CauseKind.ANYWAY for c in causes]),
        **{f"{name}_p50": _percentile(found, 50) for name, found in times.items()},
        **{f"{name}_p95": _percentile(found, 95) for name, found in times.items()},
    }


def _percentile(values: Sequence[float], at: float) -> float:
    return round(float(np.percentile(values, at)), 2) if values else 0.0


def _cause(row: CauseRow) -> Cause | None:
    return next((cause for cause in row.causes if cause.sentence == row.told), None)


def _is_own(causes: Sequence[Cause]) -> bool:
    """Whether an answer is said to rest on nothing that was shown."""
    kinds = {cause.kind for cause in causes}
    return CauseKind.ANYWAY in kinds and CauseKind.RESTS not in kinds


def _share(hits: Sequence[bool]) -> dict[str, Any]:
    low, high = interval(sum(hits), len(hits)) if hits else (0.0, 1.0)
    return {"n": len(hits), "hits": sum(hits), "ci": [round(low, 3), round(high, 3)]}


def _print(result: dict[str, Any]) -> None:
    table = Table("", "share", "95%", "of", title=f"Causes of {result['model']}'s answers")
    for name in ("top_cause_right", "flagged_own_knowledge", "false_flags"):
        share = result[name]
        part = f"{share['hits'] / share['n']:.1%}" if share["n"] else "none"
        low, high = share["ci"]
        table.add_row(name.replace("_", " "), part, f"{low:.1%} to {high:.1%}", str(share["n"]))
    console().print(table)
    print(
        f"{result['scenes']} scenes, {result['without_a_value']} answers told no value,"
        f" {result['answered_from_a_line']} told a line that was not asked for; seconds an"
        f" answer: half within {result['seconds_p50']}, 95% within {result['seconds_p95']};"
        f" of both cores {result['cpu_seconds_p50']} and {result['cpu_seconds_p95']}"
    )
