"""How fast does the dialogue engine answer, and how much does a warm prompt save?

Each question is asked twice in one run: with an empty cache (the whole prompt is read), and as in
a conversation, where everything before the question was read while nobody waited. Ratios hold
better than times. A file of further questions has a JSON object a line: `question`, `expect`
(any of these words makes the answer right), and `scene`, lines of what is in view, or nothing.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from agent.assembly import assemble
from agent.dialogue import Dialogue, Sampling
from agent.profiles import profile
from agent.prompting.prompt import question, system
from agent.settings import Settings
from agent.types import Message
from benchmarks.parts.lines import read_lines
from desktop.cli.terminal_text import console
from perception.types import UserError

_LONG = "The quick brown fox jumps over the lazy dog. " * 60
_MOST = 64


@dataclass(frozen=True, slots=True)
class DialogueQuestion:
    """A question with the words of which one must be in the answer."""

    question: str
    expect: tuple[str, ...]
    scene: str = ""


OWN = (
    DialogueQuestion("What is the capital of France?", ("Paris",)),
    DialogueQuestion("What is 12 times 12?", ("144",)),
    DialogueQuestion("Is a whale a fish?", ("mammal", "not a fish", "No")),
    DialogueQuestion("How do you say thank you in Spanish?", ("racias",)),
    DialogueQuestion("How many minutes are in two hours?", ("120",)),
    DialogueQuestion("What does a thermometer measure?", ("temperature",)),
    DialogueQuestion("What is the opposite of hot?", ("old",)),
    DialogueQuestion("Wie heißt die Hauptstadt von Italien?", ("Rom",)),
    DialogueQuestion(
        "What does the sign say?", ("closed", "Closed"), '[1] text: "Closed on Mondays"'
    ),
    DialogueQuestion(
        "How many people are there?", ("two", "Two", "2"), "[1] 2 people: left, right"
    ),
    DialogueQuestion("What is on the left?", ("cup", "Cup"), "[1] a cup, left\n[2] a chair, right"),
    DialogueQuestion("How strong are these tablets?", ("400",), '[1] text: "Ibuprofen 400 mg"'),
    DialogueQuestion("What colour is the car?", ("cannot", "can't", "not"), "[1] a cup, left"),
    DialogueQuestion(
        "When does the train leave?", ("14:35", "2:35"), '[1] text: "Zürich 14:35 platform 7"'
    ),
)


@dataclass(frozen=True, slots=True)
class DialogueRow:
    """One question: seconds to the first word, cold and warm, and the answer's speed."""

    question: str
    answer: str
    right: bool
    cold_s: float
    warm_s: float
    tokens_s: float


def run_bench(files: Sequence[Path], as_json: bool, limit: int = 0) -> int:
    """Print the table, or one JSON object."""
    asked = ([*_read(files)] or [*OWN])[: limit or None]
    engines = assemble(Settings())
    try:
        begun = time.perf_counter()
        dialogue = engines.dialogue()
        loaded = time.perf_counter() - begun
        rows = list(_rows(dialogue, asked))
        result = _summary(dialogue, rows) | {"load_s": loaded} | _stopping(dialogue)
    finally:
        engines.close()
    if as_json:
        print(json.dumps(result | {"rows": [asdict(row) for row in rows]}, ensure_ascii=False))
    else:
        _print(rows, result)
    return 0


def _read(files: Sequence[Path]) -> Iterator[DialogueQuestion]:
    for file in files:
        try:
            for item in read_lines(file):
                yield DialogueQuestion(
                    item["question"], tuple(item["expect"]), item.get("scene", "")
                )
        except (KeyError, TypeError) as error:
            raise UserError.plain(
                f"{file} cannot be read as questions: {error}.",
                'A line looks like {"question": "What is 2+2?", "expect": ["4"]}.',
            ) from error


def _rows(dialogue: Dialogue, asked: Iterable[DialogueQuestion]) -> Iterator[DialogueRow]:
    beginning = system(profile.load("everyday"))
    for item in asked:
        now = question(item.question, item.scene)
        # Words of its own at the very beginning make sure that nothing of it is in the cache.
        strange = Message("system", f"({time.time_ns()}) {beginning.text}")
        cold, _, _ = _ask(dialogue, [strange, now])
        for _ in dialogue.prefill([beginning]):
            pass
        warm, speed, answer = _ask(dialogue, [beginning, now])
        right = any(word in answer for word in item.expect)
        yield DialogueRow(item.question, answer, right, cold, warm, speed)


def _ask(dialogue: Dialogue, messages: Sequence[Message]) -> tuple[float, float, str]:
    """Seconds to the first word, tokens a second after it, and the answer."""
    begun, first, count, text = time.perf_counter(), 0.0, 0, ""
    for token in dialogue.generate(messages, Sampling(most_tokens=_MOST)):
        if token.text:
            first = first or time.perf_counter()
            count, text = count + 1, text + token.text
    rest = time.perf_counter() - first
    return first - begun, (count - 1) / rest if count > 1 else 0.0, text


def _stopping(dialogue: Dialogue) -> dict[str, float]:
    """Seconds that closing waits in the middle of a prompt, the median and the worst of ten."""
    waits = []
    for number in range(10):
        reading = dialogue.prefill([Message("user", f"{number} {_LONG}")])
        for _ in zip(range(2), reading, strict=False):
            pass
        time.sleep(0.05 * number)
        begun = time.perf_counter()
        reading.close()
        waits.append(time.perf_counter() - begun)
    return {"stop_median_s": statistics.median(waits), "stop_worst_s": max(waits)}


def _summary(dialogue: Dialogue, rows: Sequence[DialogueRow]) -> dict[str, Any]:
    cold, warm = (statistics.median(getattr(row, name) for row in rows) for name in _FIRSTS)
    return {
        "model": dialogue.name,
        "device": dialogue.device,
        "reason": dialogue.reason,
        "first_word_cold_s": cold,
        "first_word_warm_s": warm,
        "ratio_cold_to_warm": cold / warm,
        "tokens_s": statistics.median(row.tokens_s for row in rows if row.tokens_s),
        "right": sum(row.right for row in rows),
        "asked": len(rows),
    }


_FIRSTS = ("cold_s", "warm_s")


def _print(rows: Sequence[DialogueRow], result: dict[str, Any]) -> None:
    table = Table("question", "answer", "right", "cold s", "warm s", "tokens/s")
    for row in rows:
        figures = (f"{row.cold_s:.2f}", f"{row.warm_s:.2f}", f"{row.tokens_s:.1f}")
        table.add_row(row.question, row.answer[:60], "yes" if row.right else "no", *figures)
    screen = console()
    screen.print(table)
    for name, value in result.items():
        shown = f"{value:.2f}" if isinstance(value, float) else str(value)
        screen.print(f"{name}: {shown}", highlight=False)
