"""How much harm the guard sees, how often it is wrong, and how long it takes.

    candor bench safety toxic.csv injections.jsonl pii.jsonl --json

Files are CSV or JSON lines; what they hold is told by their columns (docs/training.md). A text
counts as flagged when any of the classifier's labels reaches its trained point, or a pattern of
acute danger fires. Personal data is measured by kind, as overlap of places.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from agent.settings import models_folder
from agent.training.core.metrics import false_positive_rate, precision_recall_f1, roc_auc
from agent.training.harm.data import rows
from perception.types import UserError
from safety.guard import Guard, load_guard
from safety.rules.privacy import THRESHOLD, Privacy
from safety.types import Action, Circumstance

_TEXTS = (
    "text", "prompt", "prompt_text", "mutated_prompt", "comment", "comment_text", "tweet", "phrase",
    "Behavior", "behavior", "Goal", "goal", "user_input", "prompt_injections", "question",
)  # fmt: skip
_FLAGS = (
    "toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate", "toxicity", "label",
    "is_malicious", "jailbreaking", "unsafe", "S", "H", "V", "HR", "SH", "S3", "H2", "V2",
)  # fmt: skip
_HARMFUL_COLUMNS = frozenset(
    {"Behavior", "behavior", "Goal", "goal", "hazard", "prompt_injections"}
)
_NO = frozenset({"", "0", "0.0", "false", "safe", "benign", "nontoxic", "none", "neutral", "no"})
_KINDS = {
    "EMAIL_ADDRESS": "email", "PHONE_NUMBER": "phone", "CREDIT_CARD": "card", "IP_ADDRESS": "ip",
    "STREET_ADDRESS": "address", "DATE_OF_BIRTH": "birth_date", "IBAN_CODE": "iban",
    "PASSPORT": "national_id", "US_SSN": "national_id", "US_DRIVER_LICENSE": "national_id",
}  # fmt: skip
_RULES = frozenset({"classifier", "patterns"})


@dataclass(frozen=True, slots=True)
class Measured:
    """One file. Rates are None where they mean nothing; the last three are of all texts."""

    file: str
    texts: int
    harmful: int
    precision: float | None
    recall: float | None
    f1: float | None
    false_positives: float | None
    auc: float | None
    blocked: float
    advised: float
    ms: float


@dataclass(frozen=True, slots=True)
class Found:
    """One kind of personal data in one file."""

    file: str
    kind: str
    held: int
    precision: float | None
    recall: float | None


def run_bench(files: Sequence[Path], as_json: bool, limit: int = 0) -> int:
    """Print one table a kind of file, or one JSON object; 0 when every file was measured."""
    if not files:
        raise UserError.plain(
            "The safety bench needs a data file.",
            "Name CSV or JSON lines files; see docs/training.md.",
        )
    minilm = models_folder() / "minilm"
    if not minilm.is_dir():
        raise UserError.plain("The model minilm is missing.", "Run `candor models get minilm`.")
    guard = load_guard(None, minilm)
    harm: list[Measured] = []
    personal: list[Found] = []
    for file in files:
        print(file.name, file=sys.stderr)
        held = list(itertools.islice(_read(file), limit or None))
        if not held:
            raise UserError.plain(f"{file} holds no rows.", "Check the file.")
        if "full_text" in held[0]:
            personal += _personal(file.name, held)
        else:
            harm.append(_harm(file.name, held, guard))
    if as_json:
        print(
            json.dumps(
                {"harm": [asdict(m) for m in harm], "personal": [asdict(f) for f in personal]}
            )
        )
        return 0
    _print(harm, personal)
    return 0


def _read(file: Path) -> Iterator[dict[str, Any]]:
    try:
        yield from rows(file)
    except (ValueError, OSError) as error:
        raise UserError.plain(
            f"{file} cannot be read: {error}.", "Use CSV or JSON lines in UTF-8."
        ) from error


def _harm(name: str, held: Sequence[Mapping[str, Any]], guard: Guard) -> Measured:
    texts = [_text(name, row) for row in held]
    truth = np.array([_harmful(row) for row in held])
    scores = np.zeros(len(texts))
    actions: Counter[Action] = Counter()
    began = time.perf_counter()
    for number, text in enumerate(texts):
        verdict = guard.judge(text, Circumstance("in", (), "everyday"))
        actions[verdict.action] += 1
        found = [f.score for f in verdict.why.findings if f.rule in _RULES]
        scores[number] = max(found, default=0.0)
    ms = (time.perf_counter() - began) / len(texts) * 1e3
    flagged = scores >= 0.5
    precision, recall, f1 = precision_recall_f1(flagged, truth)
    return Measured(
        file=name,
        texts=len(texts),
        harmful=int(truth.sum()),
        precision=precision if truth.any() else None,
        recall=recall if truth.any() else None,
        f1=f1 if truth.any() else None,
        false_positives=_known(false_positive_rate(flagged, truth)),
        auc=_known(roc_auc(scores, truth)),
        blocked=actions[Action.BLOCK] / len(texts),
        advised=actions[Action.ADVISE] / len(texts),
        ms=ms,
    )


def _text(name: str, row: Mapping[str, Any]) -> str:
    for column in _TEXTS:
        value = row.get(column)
        if isinstance(value, list) and value and isinstance(value[-1], dict):
            return str(value[-1].get("content", ""))
        if isinstance(value, str):
            return value
    raise UserError.plain(
        f"{name} has no column with text.", f"Name it one of: {', '.join(_TEXTS)}."
    )


def _harmful(row: Mapping[str, Any]) -> bool:
    if "spans" in row:
        return bool(json.loads(row["spans"]) if isinstance(row["spans"], str) else row["spans"])
    if "class" in row:
        return str(row["class"]) != "2"
    if "is_safe" in row:
        return str(row["is_safe"]).lower() in _NO
    flags = [row[column] for column in _FLAGS if column in row]
    if flags:
        return any(str(flag if flag is not None else "").lower() not in _NO for flag in flags)
    return bool(_HARMFUL_COLUMNS & row.keys())


def _personal(name: str, held: Sequence[Mapping[str, Any]]) -> list[Found]:
    privacy = Privacy()
    hits, missed, wrong = Counter[str](), Counter[str](), Counter[str]()
    for row in held:
        spans = [s for s in row["spans"] if s["entity_type"] in _KINDS]
        found = [f for f in privacy.find(row["full_text"]) if f.score >= THRESHOLD]
        for span in spans:
            kind = _KINDS[span["entity_type"]]
            place = (span["start_position"], span["end_position"])
            there = any(
                f.category == kind and f.start < place[1] and f.end > place[0] for f in found
            )
            (hits if there else missed)[kind] += 1
        for f in found:
            places = [
                s for s in spans if f.start < s["end_position"] and f.end > s["start_position"]
            ]
            wrong[f.category] += not places
    kinds = sorted(hits.keys() | missed.keys() | {k for k, n in wrong.items() if n})
    return [
        Found(
            name,
            kind,
            hits[kind] + missed[kind],
            hits[kind] / (hits[kind] + wrong[kind]) if hits[kind] + wrong[kind] else None,
            hits[kind] / (hits[kind] + missed[kind]) if hits[kind] + missed[kind] else None,
        )
        for kind in kinds
    ]


def _print(harm: Sequence[Measured], personal: Sequence[Found]) -> None:
    from rich.table import Table

    from desktop.cli.terminal_text import console

    screen = console(width=None if sys.stdout.isatty() else 160)
    for title, measured in (("Harm", harm), ("Personal data", personal)):
        if measured:
            names = list(asdict(measured[0]))
            table = Table(*names, title=title)
            for row in measured:
                table.add_row(*(_cell(value) for value in asdict(row).values()))
            screen.print(table)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.3f}" if isinstance(value, float) else str(value)
