"""What does the policy do with labelled texts, and is it right?

    candor bench safety xstest.csv --text prompt --label label --harmful unsafe --group type --json
    candor bench safety pii.jsonl --spans spans

Any CSV, JSON lines or JSON list, with columns of any name (docs/bench.md). A text counts as
withheld where the guard blocks it; scores are those of the rules. Control-C shows what there is.
"""

from __future__ import annotations

import itertools
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from agent.settings import models_folder
from benchmarks.parts import columns, faithfulness, outcomes
from benchmarks.parts.asking import asking_model
from benchmarks.parts.columns import Labelled
from benchmarks.parts.judged_texts import (
    STAGES,
    Decide,
    Sample,
    deciding,
    decisive,
    harm_findings,
    judging,
    shown_words,
)
from benchmarks.parts.outcomes import Outcome
from benchmarks.parts.personal_spans import PersonalData
from benchmarks.parts.progress import told
from benchmarks.parts.rows import Row, rows
from benchmarks.parts.safety_table import print_tables
from perception.types import UserError
from safety.guard import Guard, load_guard
from safety.types import Action

_CANCELLED = 130
_LOOKED_AT = 200
"""Rows from which the columns are known."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for, as it stands in the JSON."""

    text: str = ""
    label: str = ""
    harmful: str = ""
    group: str = ""
    stage: str = "prompt"
    expect: str = ""
    spans: str = ""
    context: str = ""
    category: str = ""
    explanations: int = 0
    region: str = ""
    seed: int = 0
    cascade: bool = False
    model: str = ""
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """The columns of one file, and how a row's label is read."""

    columns: dict[str, Any]
    labelled: Labelled


class Counted:
    """Rows that were read and could not be used."""

    def __init__(self) -> None:
        self.skipped, self.complete = 0, True


def run_bench(
    files: Sequence[Path],
    as_json: bool,
    limit: int = 0,
    *,
    text: str = "",
    label: str = "",
    harmful: str = "",
    group: str = "",
    stage: str = "",
    expect: str = "",
    spans: str = "",
    context: str = "",
    category: str = "",
    explanations: int = 0,
    region: str = "",
    seed: int = 0,
    cascade: bool = False,
    model: str = "",
) -> int:
    """Print tables, or one JSON object (of several files a list of them under `files`)."""
    if not files:
        raise UserError.plain(
            "The safety bench needs a data file.", "Name CSV or JSON files; see docs/bench.md."
        )
    options = Options(
        text, label, harmful, group, stage or "prompt", expect, spans, context, category,
        explanations, region, seed, cascade, model, limit,
    )  # fmt: skip
    _check(options)
    results, code = list[dict[str, Any]](), 0
    with asking_model(cascade, model) as asks:
        guard = _guard(region, asks)
        for file in files:
            result = _measured(file, guard, options)
            results.append(result)
            if not result["complete"]:
                code = _CANCELLED
                break
    if as_json:
        result = results[0] if len(files) == 1 else {"files": results}
        print(json.dumps(result, ensure_ascii=False))
    else:
        print_tables(results)
    return code


def _check(options: Options) -> None:
    if options.stage not in STAGES:
        raise UserError.plain(
            f"There is no stage {options.stage}.", f"Choose one of: {', '.join(STAGES)}."
        )
    if options.expect not in ("", "harmful", "harmless"):
        raise UserError.plain(
            f"Texts cannot be expected to be {options.expect}.", "Say harmful or harmless."
        )
    if not (options.label or options.expect or options.spans):
        raise UserError.plain(
            "It is not said which texts are harmful.",
            "Add --label COLUMN --harmful VALUE, or --expect harmful or harmless.",
        )


def _guard(region: str, cascade: dict[str, Any]) -> Guard:
    minilm = models_folder() / "minilm"
    if not minilm.is_dir():
        raise UserError.plain("The model minilm is missing.", "Run `candor models get minilm`.")
    return load_guard(None, minilm, region=region, **cascade)


def _measured(file: Path, guard: Guard, options: Options) -> dict[str, Any]:
    stream = rows(file)
    first = list(itertools.islice(stream, _LOOKED_AT))
    if not first:
        raise UserError.plain(f"{file} holds no rows.", "Check the file.")
    known = _known(file, first, options)
    held = _drawn(itertools.chain(first, stream), options)
    about = {"file": file.name, "columns": known.columns, "options": asdict(options)}
    measure = _spans if options.spans else _harm
    return about | measure(held, known, guard, options)


def _known(file: Path, first: Sequence[Row], options: Options) -> Known:
    used = {"text": options.text}
    if not options.text:
        used["text"] = columns.guessed_text(first, options.stage == "reply")
        print(f"{file.name}: the texts are taken from {used['text']}", file=sys.stderr)
    used |= {name: getattr(options, name) for name in ("group", "context", "spans")}
    columns.check(first, [column for column in used.values() if column])
    if options.expect or not options.label:
        harmful = options.expect == "harmful"
        return Known(used | {"label": ""}, lambda row: harmful)
    labelled, named = columns.labels(options.label, first, options.harmful)
    return Known(used | {"label": named if len(named) > 1 else named[0]}, labelled)


def _drawn(stream: Iterator[Row], options: Options) -> Iterator[Row]:
    """All rows, or as many as wanted, drawn evenly from the whole file (Vitter's algorithm R)."""
    if not options.limit:
        return stream
    draw, kept = random.Random(options.seed), list[tuple[int, Row]]()
    for number, row in enumerate(stream):
        if number < options.limit:
            kept.append((number, row))
        elif (place := draw.randint(0, number)) < options.limit:
            kept[place] = (number, row)
    return iter([row for _, row in sorted(kept, key=lambda pair: pair[0])])


def _samples(held: Iterator[Row], known: Known, stage: str, counted: Counted) -> Iterator[Sample]:
    at = known.columns
    for row in held:
        text = columns.text_of(row, at["text"], stage == "reply")
        harmful = known.labelled(row)
        if not text.strip() or harmful is None:
            counted.skipped += 1
            continue
        group = str(columns.value_at(row, at["group"])) if at["group"] else ""
        context = columns.text_of(row, at["context"]) if at["context"] else ""
        yield Sample(text, harmful, group, context)


def _harm(held: Iterator[Row], known: Known, guard: Guard, options: Options) -> dict[str, Any]:
    decide, counted = deciding(guard, options.stage), Counted()
    categories = frozenset(filter(None, map(str.strip, options.category.split(","))))
    found, blocks = list[Outcome](), list[Sample]()
    draw = random.Random(options.seed)
    samples = _samples(held, known, options.stage, counted)
    try:
        for sample in told(samples):
            found.append(_outcome(sample, decide, options.stage, categories))
            if found[-1].action is Action.BLOCK:
                _keep(sample, blocks, draw, options.explanations, found)
    except KeyboardInterrupt:
        counted.complete = False
    if not found:
        _nothing(counted)
    explained = None
    if options.explanations and counted.complete:
        explained = _explained(blocks, guard, decide, options.stage, draw)
    return {
        **outcomes.summary(found, bool(options.group)),
        "explanations": explained,
        "skipped": counted.skipped,
        "complete": counted.complete,
    }


def _nothing(counted: Counted) -> None:
    if counted.complete:
        raise UserError.plain(
            f"None of the {counted.skipped} rows has both a text and a label.",
            "Name other columns with --text and --label.",
        )


def _keep(
    sample: Sample, blocks: list[Sample], draw: random.Random, most: int, found: Sequence[Outcome]
) -> None:
    """Keep a block to be explained: as many as wanted, drawn evenly."""
    if len(blocks) < most:
        blocks.append(sample)
    elif most:
        seen = sum(each.action is Action.BLOCK for each in found)
        if (place := draw.randrange(seen)) < most:
            blocks[place] = sample


def _outcome(sample: Sample, decide: Decide, stage: str, categories: frozenset[str]) -> Outcome:
    decision = decide(sample.text, sample.context)
    findings = harm_findings(decision.verdicts, stage, categories)
    strongest = [v for v in decision.verdicts if v.action is decision.action]
    decided = decisive(strongest[0]) if strongest and decision.action is not Action.ALLOW else None
    return Outcome(
        sample.harmful,
        decision.action,
        max((finding.score for finding in findings), default=0.0),
        any(finding.fired for finding in findings),
        decided.category if decided else "",
        sample.group,
        sum(decision.times),
        decision.times if stage == "reply" else (),
    )


def _explained(
    blocks: Sequence[Sample], guard: Guard, decide: Decide, stage: str, draw: random.Random
) -> dict[str, Any] | None:
    """Deletion and sufficiency of the words that are shown for each block."""
    measured, unexplained, whole = list[faithfulness.Faithfulness](), 0, 0
    for sample in told(iter(blocks)):
        shown = shown_words(guard, sample, stage)
        if not shown:
            unexplained += 1
            continue
        judge = judging(decide, stage, sample.context)
        one = faithfulness.measure(sample.text, shown, judge, draw)
        if one is None:
            whole += 1
        else:
            measured.append(one)
    return faithfulness.summary(measured, unexplained, whole) if measured else None


def _spans(held: Iterator[Row], known: Known, guard: Guard, options: Options) -> dict[str, Any]:
    read = PersonalData(guard)
    try:
        for row in told(held):
            read.add(columns.text_of(row, known.columns["text"]), row, options.spans)
    except KeyboardInterrupt:
        return read.measures() | {"complete": False}
    return read.measures() | {"complete": True}
