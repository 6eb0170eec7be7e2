"""Trains the router: `python -m agent.training.router FILES`, talks and ordinary questions.

The labels come from the talks themselves: their group, whether something was shown, a tool was
called, or the written answer abstains. Each kind is told from all the rest by a regression of its
own, and measured on talks held out in turn. The weights are written beside `agent.turn.routing`.
"""

from __future__ import annotations

import json
import random
import re
import sys
import tomllib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from agent.codes import AgentCode
from agent.training.everyday.judge import abstains
from agent.turn.routing import BUCKETS, HINTS, WEIGHTS, buckets
from perception.startup import start_private
from perception.types import UserError

LEAST = {"unknowable": 0.5, "nothing": 0.5, "feelings": 0.8, "told": 0.8}
"""From which score a kind holds. By the labels too few claims are right to set it by them: they
count a turn as ordinary that comes later in its talk, and most of the claims that are wrong by
them are right when read ("I feel so dumb." in a talk on spelling). The report names them."""

KINDS = tuple(HINTS)
_SEEDS = Path(__file__).with_name("router_seeds.toml")
_CHOICE = re.compile(r"\{([^{}]*)\}")
_OF_A_PATTERN = 12
_ROUNDS = 12
_SHOWN = 25
_FOLDS = 5
_GROUPS = {
    "unknowable": ("unknowable",),
    "nothing": ("nothing", "nothing-shown"),
    "feelings": ("feelings",),
    "told": ("memory", "recall"),
}
"""The groups of talks whose first turn is of a kind."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text; `kind` is empty for an ordinary one, and `unsure` are kinds that it may also be.

    All of one talk have its `fold`; -1 is a seed, on which nothing is measured.
    """

    text: str
    kind: str
    fold: int = -1
    unsure: tuple[str, ...] = ()


def talks(file: Path) -> Iterator[Labelled]:
    """The turns of a file in which nothing is shown. UserError where it cannot be read."""
    try:
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise UserError(AgentCode.TALKS_UNREADABLE, file=file, reason=error) from error
    for row in rows:
        if "turns" in row:
            yield from _of_talk(row)
        else:
            asked = str(row["messages"][0]["content"])
            yield Labelled(asked, "", zlib.crc32(asked.encode()) % _FOLDS, ("feelings",))


def _of_talk(row: dict[str, Any]) -> Iterator[Labelled]:
    fold = zlib.crc32(str(row["id"]).encode()) % _FOLDS
    for place, turn in enumerate(row["turns"]):
        if turn.get("data"):
            continue
        own = [kind for kind, groups in _GROUPS.items() if row["group"] in groups]
        kind = _kind(own, turn, place)
        # Later turns of such a talk may go on with it: they teach neither way.
        unsure = ("unknowable", "nothing") if abstains(turn["assistant"]) else tuple(own)
        yield Labelled(turn["user"], kind, fold, unsure)


def _kind(own: Sequence[str], turn: dict[str, Any], place: int) -> str:
    asks = re.search("[?？吗呢]", turn["user"]) is not None
    if not own or turn.get("call") or place > 0 or (own == ["told"] and asks):
        return ""
    return own[0]


def seeds() -> Iterator[Labelled]:
    """What the patterns of the seeds make, the same each time."""
    rng = random.Random(3)
    for kind, patterns in tomllib.loads(_SEEDS.read_text("utf-8")).items():
        for pattern in patterns:
            made = sorted({_filled(pattern, rng) for _ in range(4 * _OF_A_PATTERN)})
            for text in rng.sample(made, min(_OF_A_PATTERN, len(made))):
                for form in {text, text.lower().rstrip("?.!？。")}:
                    yield Labelled(form, "" if kind == "ordinary" else kind)


def _filled(pattern: str, rng: random.Random) -> str:
    while _CHOICE.search(pattern):
        pattern = _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), pattern, count=1)
    return pattern


def learn(rows: Sequence[Labelled], kind: str) -> tuple[npt.NDArray[np.float32], float]:
    """Weights and bias of one kind against all the rest: logistic regression with AdaGrad."""
    weights, bias = np.zeros(BUCKETS, np.float32), 0.0
    seen, seen_bias = np.full(BUCKETS, 1e-6, np.float32), 1e-6
    chosen = [row for row in rows if row.kind == kind or kind not in row.unsure]
    known = [(buckets(row.text), row.kind == kind) for row in chosen]
    positive = sum(is_kind for _, is_kind in known)
    heavier = min(8.0, (len(known) - positive) / max(1, positive)) ** 0.5
    rng = random.Random(5)
    for _ in range(_ROUNDS):
        rng.shuffle(known)
        for own, is_kind in known:
            scale = 1 / max(1, len(own)) ** 0.5
            score = float(weights[own].sum()) * scale + bias
            error = (1 / (1 + np.exp(-score)) - is_kind) * (heavier if is_kind else 1.0)
            step = np.float32(error * scale) + np.float32(2e-5) * weights[own]
            seen[own] += step * step
            weights[own] -= 0.2 * step / np.sqrt(seen[own])
            seen_bias += error * error
            bias -= 0.1 * error / seen_bias**0.5
    return weights, bias


@dataclass(frozen=True, slots=True)
class Kind:
    """What was learned of one kind from all rows; `report` is measured on talks held out."""

    weights: npt.NDArray[np.float32]
    bias: float
    least: float
    report: dict[str, float]
    wrong: tuple[str, ...]


def train(rows: Sequence[Labelled], kind: str) -> Kind:
    """Learn one kind, and measure it on talks that the weights had not seen."""
    found = list[tuple[float, bool, str]]()
    for fold in range(_FOLDS):
        weights, bias = learn([row for row in rows if row.fold != fold], kind)
        for row in rows:
            if row.fold == fold and (row.kind == kind or kind not in row.unsure):
                own = buckets(row.text)
                score = float(weights[own].sum()) / max(1, len(own)) ** 0.5 + bias
                found.append((score, row.kind == kind, row.text))
    right = [is_right for _, is_right, _ in found]
    least = LEAST[kind]
    claimed = [is_right for score, is_right, _ in found if score >= least]
    report = {
        "precision": round(sum(claimed) / max(1, len(claimed)), 3),
        "recall": round(sum(claimed) / max(1, sum(right)), 3),
        "claimed": len(claimed),
        "turns": len(found),
    }
    wrong = [row for row in sorted(found, reverse=True) if not row[1] and row[0] >= least]
    told = tuple(f"{score - least:+.2f} {text}" for score, _, text in wrong[:_SHOWN])
    return Kind(*learn(rows, kind), least, report, told)


def main(files: Iterable[str]) -> int:
    """Train on these files, write the weights, print the report."""
    from safetensors.numpy import save_file

    rows = [row for file in files for row in talks(Path(file))] + list(seeds())
    learned = {kind: train(rows, kind) for kind in KINDS}
    tensors: dict[str, npt.NDArray[Any]] = {
        "weights": np.stack([each.weights for each in learned.values()]).astype(np.float16),
        "bias": np.array([each.bias for each in learned.values()], np.float32),
        "least": np.array([each.least for each in learned.values()], np.float32),
    }
    report = {kind: each.report for kind, each in learned.items()}
    save_file(tensors, WEIGHTS, {"kinds": json.dumps(KINDS), "report": json.dumps(report)})
    for kind, each in learned.items():
        print(kind, each.report, *each.wrong, sep="\n  ")
    return 0


if __name__ == "__main__":
    start_private()
    sys.exit(main(sys.argv[1:]))
