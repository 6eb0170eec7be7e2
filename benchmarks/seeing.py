"""How well and how fast are pictures seen?

Text is compared with plain RapidOCR on the same files (character errors, in reading order, white
space collapsed). Scenes are asked the questions that a count, a place or a name can answer. The
files are a `gold.json` (picture: lines or must_contain) and a `qa.jsonl` (image, objects,
question, answer), beside their pictures.
"""

from __future__ import annotations

import json
import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from agent.models.store import open_store
from agent.settings import Settings
from benchmarks.parts.lines import read_lines
from desktop.cli.terminal_text import console
from perception.fusion import describe, evidence
from perception.picture import open_picture
from perception.seeing.eyes import VisionPipeline
from perception.seeing.quality import assess
from perception.types import Scene, Snapshot, UserError

Read = Callable[[Snapshot], str]
_HOW_MANY = re.compile(r"^how many ([a-z ]+?) are there", re.IGNORECASE)
_IS_THERE = re.compile(r"^is there an? ([a-z ]+?) in the picture", re.IGNORECASE)
_SMALL_WORDS = frozenset(
    ["a", "an", "the", "is", "are", "on", "in", "of", "it", "with", "and", "to"]
)
_ANIMALS = frozenset({"cat", "dog", "cattle", "bird"})


@dataclass(frozen=True, slots=True)
class Page:
    """One picture with text: character errors (or wanted texts that are missing), milliseconds."""

    image: str
    errors: float
    plain_errors: float
    ms: float
    plain_ms: float


@dataclass(frozen=True, slots=True)
class Fact:
    """One question: whether what is known of the picture answers it. `kind` says how it was told.

    `count` and `presence` are exact; `named` means that the words of the answer are there.
    """

    image: str
    question: str
    kind: str
    right: bool


def run_bench(files: Sequence[Path], as_json: bool, limit: int = 0) -> int:
    """Print the tables, or one JSON object. UserError when a file cannot be used."""
    if not files:
        raise UserError.plain(
            "The seeing bench needs a file with what is in the pictures.",
            "Example: candor bench seeing ocr/gold.json scenes/qa.jsonl --json",
        )
    store, threads = open_store(), Settings().threads or 2
    eyes = VisionPipeline(store.path("centerface"), store.path("efficientnet-lite0"), threads)
    pages: list[Page] = []
    facts: list[Fact] = []
    stages: dict[str, list[float]] = {}
    for file in files:
        if file.suffix == ".jsonl":
            facts += _facts(file, eyes, stages, limit)
        else:
            pages += _pages(file, eyes, _plain_reader(threads), limit)
    result = _summary(pages, facts, stages)
    print(json.dumps(result, ensure_ascii=False)) if as_json else _print(pages, facts, result)
    return 0


def _load(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError.plain(
            f"{file} cannot be read as JSON.", "Check its name and form."
        ) from error


def _plain_reader(threads: int) -> Read:
    """RapidOCR as it comes, with its own order of lines."""
    from rapidocr import RapidOCR

    settings = {
        "Global.log_level": "critical",
        "EngineConfig.onnxruntime.intra_op_num_threads": threads,
    }
    engine: Any = RapidOCR(params=settings)

    def read(snapshot: Snapshot) -> str:
        return " ".join(engine(snapshot.pixels[:, :, ::-1].copy()).txts or ())

    return read


def _pages(gold: Path, eyes: VisionPipeline, plain: Read, limit: int) -> Iterator[Page]:
    def ours(snapshot: Snapshot) -> str:
        return " ".join(item.label for item in eyes.reader.find(snapshot))

    rows = list(_load(gold).items())[: limit or None]
    warm = open_picture(gold.parent / rows[0][0], 0.0)
    plain(warm), ours(warm)
    for image, wanted in rows:
        snapshot = open_picture(gold.parent / image, time.monotonic())
        found = [_timed(read, snapshot) for read in (ours, plain)]
        errors = [_errors(text, wanted) for text, _ in found]
        yield Page(image, errors[0], errors[1], found[0][1], found[1][1])


def _timed(read: Read, snapshot: Snapshot) -> tuple[str, float]:
    begun = time.perf_counter()
    text = read(snapshot)
    return text, (time.perf_counter() - begun) * 1000


def _errors(text: str, wanted: dict[str, Any]) -> float:
    """Character errors, or the share of wanted texts that are missing."""
    import jiwer

    if "lines" in wanted:
        reference = " ".join(" ".join(wanted["lines"]).split())
        return float(jiwer.cer(reference, " ".join(text.split())))
    plain = "".join(text.lower().split())
    missing = ["".join(part.lower().split()) not in plain for part in wanted["must_contain"]]
    return sum(missing) / max(1, len(missing))


def _facts(
    file: Path, eyes: VisionPipeline, stages: dict[str, list[float]], limit: int
) -> Iterator[Fact]:
    scenes: dict[str, Scene] = {}
    for row in read_lines(file)[: limit or None]:
        image = row["image"]
        if image not in scenes:
            snapshot = open_picture(file.parent / image, time.monotonic())
            for stage, taken in _stage_times(eyes, snapshot):
                stages.setdefault(stage, []).append(taken)
            scenes[image] = list(eyes.look(snapshot))[-1]
        kind, right = _judge(row["question"], row["answer"], scenes[image])
        yield Fact(image, row["question"], kind, right)


def _stage_times(eyes: VisionPipeline, snapshot: Snapshot) -> Iterator[tuple[str, float]]:
    parts: dict[str, Callable[[Snapshot], object]] = {
        "quality": assess,
        "codes": eyes.codes.find,
        "objects": eyes.objects.find,
        "tags": eyes.tags.find,
        "faces": eyes.faces.find,
        "reading": eyes.reader.find,
    }
    for name, part in parts.items():
        begun = time.perf_counter()
        part(snapshot)
        yield name, (time.perf_counter() - begun) * 1000


def _judge(question: str, answer: str, scene: Scene) -> tuple[str, bool]:
    """How a question is answered from a scene alone, and whether that is right."""
    if match := _HOW_MANY.match(question):
        return "count", str(_number(match[1], scene)) == answer.strip()
    if match := _IS_THERE.match(question):
        return "presence", (_number(match[1], scene) > 0) == answer.lower().startswith("yes")
    if answer.lower().strip() in ("yes", "no"):
        return "named", False  # a guess would be right half of the time
    told = describe(evidence(None, scene), 1000).lower()
    words = [word for word in re.findall(r"[a-z]+", answer.lower()) if word not in _SMALL_WORDS]
    return "named", bool(words) and all(word in told for word in words)


def _number(noun: str, scene: Scene) -> int:
    noun = noun.strip().lower()
    if noun in ("people", "person", "persons"):
        return len(scene.people)
    single = noun[:-1] if noun.endswith("s") else noun
    wanted = _ANIMALS if single == "animal" else {single}
    number = sum(bool(wanted & set(item.label.split())) for item in scene.things)
    # A tag says that something is there, not how often.
    return number or int(any(single in re.findall(r"[a-z]+", tag.label) for tag in scene.tags))


def _summary(
    pages: Sequence[Page], facts: Sequence[Fact], stages: dict[str, list[float]]
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "pages": [asdict(page) for page in pages],
        "facts": [asdict(fact) for fact in facts],
        "stage_ms": {name: round(statistics.median(taken), 1) for name, taken in stages.items()},
    }
    if pages:
        result["errors"] = round(statistics.mean(page.errors for page in pages), 4)
        result["plain_errors"] = round(statistics.mean(page.plain_errors for page in pages), 4)
        ratio = sum(page.ms for page in pages) / sum(page.plain_ms for page in pages)
        result["time_ratio"] = round(ratio, 2)
    for kind in ("count", "presence", "named"):
        of_kind = [fact.right for fact in facts if fact.kind == kind]
        if of_kind:
            result[kind] = f"{sum(of_kind)}/{len(of_kind)}"
    return result


def _print(pages: Sequence[Page], facts: Sequence[Fact], result: dict[str, Any]) -> None:
    screen = console()
    if pages:
        table = Table("picture", "errors", "RapidOCR's", "ms", "RapidOCR's")
        for page in pages:
            errors = (f"{page.errors:.3f}", f"{page.plain_errors:.3f}")
            table.add_row(page.image, *errors, f"{page.ms:.0f}", f"{page.plain_ms:.0f}")
        means = (f"{result['errors']:.3f}", f"{result['plain_errors']:.3f}")
        table.add_row("mean", *means, f"× {result['time_ratio']}", "1")
        screen.print(table)
    for fact in facts:
        mark = "right" if fact.right else "not known"
        screen.print(f"{fact.image}: {fact.question} ({fact.kind}) {mark}", highlight=False)
    for name in ("count", "presence", "named", "stage_ms"):
        if result.get(name):
            screen.print(f"{name}: {result[name]}", highlight=False)
