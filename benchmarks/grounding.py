"""Does the agent answer from what it is given, and say so when that does not hold the answer?

Paragraphs come from files in the format of SQuAD 2.0's paragraphs, one JSON object a line:
`title`, `context`, and `qas` with `question`, `answers` (texts) and `is_impossible`. Scenes are
composed by the project and kept apart from its training data. Base model and adapter get the same
prompts, greedily; `agent.training.chat.grading` says how they are judged.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.table import Table

from agent.dialogue import Dialogue, Sampling
from agent.profiles import profile
from agent.prompting.prompt import question, system
from agent.tools.grammar import words_only
from agent.training.chat.grading import (
    ABSTAINED,
    RIGHT,
    WRONG,
    judge,
)
from benchmarks.parts.intervals import paired_bootstrap
from benchmarks.parts.lines import read_lines
from benchmarks.parts.tuned import Answerer, pair
from desktop.cli.terminal_text import console
from perception.fusion import describe, evidence
from perception.types import Reading, UserError

MOST_TOKENS = 96
_LIMIT = 300
_PAGE = 2000


@dataclass(frozen=True, slots=True)
class GroundingQuestion:
    """A question about data; nothing accepted means that the data does not hold the answer."""

    part: str
    data: str
    question: str
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroundingRow:
    """One question with the answers of base and adapter, and what they were judged to be."""

    part: str
    data: str
    question: str
    accepted: tuple[str, ...]
    answers: tuple[str, ...]
    judged: tuple[str, ...]


def run_bench(
    files: Sequence[Path], as_json: bool, limit: int = 0, model: str = "", adapter: str = ""
) -> int:
    """Print the table, or one JSON object. `limit` questions of each part."""
    asked = [*paragraphs(files, limit or _LIMIT), *scenes(limit or _LIMIT)]
    with pair(model, adapter) as answerers:
        rows = answered(answerers, asked)
        result = summary(rows, [answerer.name for answerer in answerers])
    if as_json:
        print(json.dumps(result | {"rows": [asdict(row) for row in rows]}, ensure_ascii=False))
    else:
        _print(result)
    return 0


def paragraphs(files: Sequence[Path], limit: int) -> list[GroundingQuestion]:
    """Questions about paragraphs, whole paragraphs at a time so that their prefix is read once."""
    groups = list[list[GroundingQuestion]]()
    for file in files:
        try:
            groups += [list(_paragraph(item)) for item in read_lines(file)]
        except (KeyError, TypeError) as error:
            raise UserError.plain(
                f"{file} cannot be read as paragraphs: {error}.",
                "A line has title, context and qas, as in SQuAD 2.0.",
            ) from error
    random.Random(0).shuffle(groups)
    return [asked for group in groups for asked in group][:limit]


def _paragraph(item: dict[str, Any]) -> Iterator[GroundingQuestion]:
    reading = Reading(item.get("title", "document"), (item["context"],), 0.0)
    data = describe(evidence(None, None, (reading,)), most_tokens=_PAGE)
    for qa in item["qas"]:
        accepted = () if qa.get("is_impossible") else tuple(qa["answers"])
        yield GroundingQuestion("paragraphs", data, qa["question"], accepted)


def scenes(limit: int) -> list[GroundingQuestion]:
    """Questions about composed scenes that training never saw."""
    from agent.training.shipped.held_out import scene_questions

    return [GroundingQuestion("scenes", *item) for item in scene_questions(limit)]


def answered(
    answerers: Sequence[Answerer], asked: Sequence[GroundingQuestion]
) -> list[GroundingRow]:
    """Each question, answered by each."""
    columns = [list(_answers(answerer, asked)) for answerer in answerers]
    return [
        GroundingRow(
            item.part,
            item.data,
            item.question,
            item.accepted,
            tuple(answers),
            tuple(judge(answer, item.accepted) for answer in answers),
        )
        for item, *answers in zip(asked, *columns, strict=True)
    ]


def _answers(answerer: Answerer, asked: Iterable[GroundingQuestion]) -> Iterator[str]:
    beginning = system(profile.load("everyday"))
    sampling = Sampling(MOST_TOKENS, grammar=words_only())
    for item in asked:
        messages = (beginning, question(item.question, item.data))
        yield _text(answerer.dialogue, messages, sampling)


def _text(dialogue: Dialogue, messages: Sequence[Any], sampling: Sampling) -> str:
    return "".join(token.text for token in dialogue.generate(messages, sampling)).strip()


def summary(rows: Sequence[GroundingRow], names: Sequence[str]) -> dict[str, Any]:
    """Shares of right, wrong and abstained for each part and model, and how they compare."""
    result: dict[str, Any] = {"models": list(names)}
    for part in dict.fromkeys(row.part for row in rows):
        of_part = [row for row in rows if row.part == part]
        result[part] = {
            name: {
                kind: _shares([row.judged[place] for row in of_part if bool(row.accepted) == able])
                for kind, able in (("answerable", True), ("unanswerable", False))
            }
            for place, name in enumerate(names)
        }
        if len(names) > 1:
            result[part]["wrong_of_base"] = _ratio(of_part)
    return result


def _shares(judged: Sequence[str]) -> dict[str, Any]:
    shares: dict[str, Any] = {"questions": len(judged)}
    for kind in (RIGHT, WRONG, ABSTAINED):
        hits = [[float(one == kind)] for one in judged]
        shares[kind] = _interval(hits, lambda table: float(table[:, 0].mean()))
    return shares


def _ratio(rows: Sequence[GroundingRow]) -> dict[str, float] | None:
    """Wrong answers of the adapter as a share of the base's, on the same questions."""
    hits = [[float(judged == WRONG) for judged in row.judged] for row in rows]
    return _interval(hits, lambda t: float(t[:, 1].sum() / max(1.0, t[:, 0].sum())))


def _interval(
    hits: Sequence[Sequence[float]], statistic: Callable[[NDArray[np.float64]], float]
) -> dict[str, float] | None:
    found = paired_bootstrap(hits, statistic)
    return None if found is None else asdict(found)


def _print(result: dict[str, Any]) -> None:
    table = Table("part", "model", "questions", "right", "wrong", "abstained")
    for part, found in result.items():
        for name, kinds in found.items() if isinstance(found, dict) else ():
            for kind, shares in kinds.items() if name != "wrong_of_base" else ():
                cells = [_shown(shares[key]) for key in (RIGHT, WRONG, ABSTAINED)]
                table.add_row(f"{part}, {kind}", name, str(shares["questions"]), *cells)
    screen = console()
    screen.print(table)
    for part, found in result.items():
        if isinstance(found, dict) and "wrong_of_base" in found:
            shown = _shown(found["wrong_of_base"])
            screen.print(f"{part}: wrong answers of the base's: {shown}", highlight=False)


def _shown(interval: dict[str, float] | None) -> str:
    if interval is None:
        return ""
    return f"{interval['value']:.0%} ({interval['low']:.0%} to {interval['high']:.0%})"
