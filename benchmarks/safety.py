"""What does the policy do with labelled texts, and is it right?

    candor bench safety xstest.csv --text prompt --label label --harmful unsafe --group type --json
    candor bench safety pii.jsonl --spans spans

Any CSV, JSON lines or JSON list, with columns of any name (docs/bench.md). A text counts as
withheld where the guard blocks it, which asks the dialogue model where it is in doubt, as it does
for a user; what it decides alone stands apart. Control-C shows what there is.
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
from benchmarks.parts import columns, outcomes
from benchmarks.parts.asking import AskingCascade, Model, asking_model
from benchmarks.parts.columns import Labelled
from benchmarks.parts.drawing import Drawn
from benchmarks.parts.judged_texts import (
    STAGES,
    Decide,
    Sample,
    deciding,
    harm_findings,
    score,
)
from benchmarks.parts.outcomes import Outcome
from benchmarks.parts.personal_spans import PersonalData
from benchmarks.parts.progress import told
from benchmarks.parts.reasons import explanations
from benchmarks.parts.refusals import own_refusals
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
    no_cascade: bool = False
    answers: int = 0
    model: str = ""
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """The columns of one file, and how a row's label is read."""

    columns: dict[str, Any]
    labelled: Labelled


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured: the guard, and the model that it asks or that answers."""

    guard: Guard
    cascade: AskingCascade | None
    model: Model | None


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
    no_cascade: bool = False,
    answers: int = 0,
    model: str = "",
) -> int:
    """Print tables, or one JSON object (of several files a list of them under `files`)."""
    if not files:
        raise UserError.plain(
            "The safety bench needs a data file.", "Name CSV or JSON files; see docs/bench.md."
        )
    options = Options(
        text, label, harmful, group, stage or "prompt", expect, spans, context, category,
        explanations, region, seed, no_cascade, answers, model, limit,
    )  # fmt: skip
    _check(options)
    results, code = list[dict[str, Any]](), 0
    asks = options.stage == "prompt" and not (no_cascade or spans)
    with asking_model(asks or answers > 0, model) as loaded:
        cascade = loaded.cascade if loaded and asks else None
        measured = Measured(_guard(region, cascade), cascade, loaded)
        for file in files:
            result = _measured(file, measured, options)
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


def _guard(region: str, cascade: AskingCascade | None) -> Guard:
    minilm = models_folder() / "minilm"
    if not minilm.is_dir():
        raise UserError.plain("The model minilm is missing.", "Run `candor models get minilm`.")
    return load_guard(None, minilm, region=region, cascade=cascade)


def _measured(file: Path, measured: Measured, options: Options) -> dict[str, Any]:
    stream = rows(file)
    first = list(itertools.islice(stream, _LOOKED_AT))
    if not first:
        raise UserError.plain(f"{file} holds no rows.", "Check the file.")
    known = _known(file, first, options)
    held = _drawn(itertools.chain(first, stream), options)
    about = {"file": file.name, "columns": known.columns, "options": asdict(options)}
    measure = _spans if options.spans else _harm
    return about | measure(held, known, measured, options)


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
    """All rows, or as many as wanted, drawn evenly from the whole file."""
    if not options.limit:
        return stream
    kept = Drawn[tuple[int, Row]](options.limit, options.seed)
    for pair in enumerate(stream):
        kept.add(pair)
    return iter([row for _, row in sorted(kept.kept, key=lambda pair: pair[0])])


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


def _harm(held: Iterator[Row], known: Known, of: Measured, options: Options) -> dict[str, Any]:
    decide, counted = deciding(of.guard, options.stage, of.cascade), Counted()
    categories = frozenset(filter(None, map(str.strip, options.category.split(","))))
    found = list[Outcome]()
    blocks, passed = (
        Drawn[Sample](options.explanations, options.seed),
        Drawn[Sample](options.answers, options.seed),
    )
    samples = _samples(held, known, options.stage, counted)
    try:
        for sample in told(samples):
            found.append(_outcome(sample, decide, options.stage, categories))
            kept = {Action.BLOCK: blocks, Action.ALLOW: passed}.get(found[-1].action)
            if kept:
                kept.add(sample)
    except KeyboardInterrupt:
        counted.complete = False
    if not found:
        _nothing(counted)
    more = _more(blocks, passed, of, options) if counted.complete else _NOTHING_MORE
    return {
        **outcomes.summary(found, bool(options.group), options.stage == "data"),
        "cascade": outcomes.cascade(found) if of.cascade else None,
        **more,
        "skipped": counted.skipped,
        "complete": counted.complete,
    }


_NOTHING_MORE = {"explanations": None, "own_refusals": None}


def _more(
    blocks: Drawn[Sample], passed: Drawn[Sample], of: Measured, options: Options
) -> dict[str, Any]:
    """What takes longer, of drawn texts; null where it is not wanted."""
    found = dict[str, Any](_NOTHING_MORE)
    if options.explanations:
        draw = random.Random(options.seed)
        found["explanations"] = explanations(blocks.kept, of.guard, of.cascade, options.stage, draw)
    if options.answers and of.model:
        found["own_refusals"] = own_refusals(passed.kept, of.model.dialogue)
    return found


def _nothing(counted: Counted) -> None:
    if counted.complete:
        raise UserError.plain(
            f"None of the {counted.skipped} rows has both a text and a label.",
            "Name other columns with --text and --label.",
        )


def _outcome(sample: Sample, decide: Decide, stage: str, categories: frozenset[str]) -> Outcome:
    decision = decide(sample.text, sample.context)
    findings = harm_findings(decision.verdicts, stage, categories)
    strongest = [v for v in decision.verdicts if v.action is decision.action]
    decided = strongest[0].why.decided[1] if decision.action is not Action.ALLOW else ""
    return Outcome(
        sample.harmful,
        decision.action,
        decision.alone.action if decision.alone else decision.action,
        score(findings),
        any(finding.fired for finding in findings),
        decided,
        sample.group,
        sum(decision.times),
        decision.waited,
        decision.unanswered,
        decision.times if stage == "reply" else (),
    )


def _spans(held: Iterator[Row], known: Known, of: Measured, options: Options) -> dict[str, Any]:
    read = PersonalData(of.guard)
    try:
        for row in told(held):
            read.add(columns.text_of(row, known.columns["text"]), row, options.spans)
    except KeyboardInterrupt:
        return read.measures() | {"complete": False}
    return read.measures() | {"complete": True}
