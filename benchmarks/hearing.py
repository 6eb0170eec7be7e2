"""Hearing: time and word errors against faster-whisper, clip by clip in one run.

The manifest has one JSON object a line: file (relative to it), kind (speech, command, noise,
music or rir), lang, text (null where unknown).
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from agent.settings import models_folder
from benchmarks.parts import yardsticks
from benchmarks.parts.intervals import Interval, paired_bootstrap
from benchmarks.parts.lines import read_lines
from benchmarks.parts.mixing import mixtures
from benchmarks.parts.yardsticks import Listen
from perception.audio import files as file
from perception.types import RATE, Samples, UserError

OURS = "candor"
DEFAULTS, GREEDY = "faster-whisper defaults", "faster-whisper greedy"
REFERENCE = "openai-whisper"
_SHORT = 10.0


@dataclass(frozen=True, slots=True)
class Clip:
    """One sound; `text` is None where nobody wrote down what is said."""

    name: str
    samples: Samples
    kind: str
    language: str
    text: str | None

    @property
    def seconds(self) -> float:
        """The length of the sound."""
        return len(self.samples) / RATE


@dataclass(frozen=True, slots=True)
class Result:
    """What one engine made of one clip."""

    clip: str
    engine: str
    kind: str
    short: bool
    seconds: float
    text: str
    words: int
    errors: int


def run_bench(
    files: Sequence[Path],
    as_json: bool,
    limit: int = 0,
    mix: bool = False,
    reference: bool = False,
) -> int:
    """Compare the engines on the manifests and print one table, or one JSON object.

    `mix` adds the manifest's noises and rooms to its speech; `reference` also asks openai-whisper.
    UserError without a manifest.
    """
    clips = [clip for manifest in files for clip in read_clips(manifest, mix)][: limit or None]
    if not clips:
        raise UserError.plain(
            "The hearing bench needs a manifest of sound files.",
            "Example: candor bench hearing speech/manifest.jsonl --json",
        )
    engines, missing = _engines(models_folder() / "whisper-base", 0, reference)
    results = list(compare(clips, engines))
    summary = summarise(results, list(engines), missing)
    if as_json:
        print(json.dumps(summary, ensure_ascii=False))
    else:
        _print_table(summary)
    return 0


def read_clips(manifest: Path, mix: bool) -> Iterator[Clip]:
    """The manifest's sounds, and harder versions of its transcribed speech when `mix`."""
    rows = read_lines(manifest)
    sounds = [file.read(manifest.parent / row["file"]).samples for row in rows]
    by_kind = {
        kind: [sound for row, sound in zip(rows, sounds, strict=True) if row["kind"] == kind]
        for kind in ("noise", "rir")
    }
    for number, (row, sound) in enumerate(zip(rows, sounds, strict=True)):
        kind, text, language = row["kind"], row.get("text"), row.get("lang") or ""
        if kind == "rir":
            continue
        yield Clip(row["file"], sound, kind, language, text)
        if mix and kind == "speech" and text:
            for name, mixed in mixtures(sound, by_kind["noise"], by_kind["rir"], number):
                yield Clip(f"{row['file']} + {name}", mixed, kind, language, text)


def _engines(
    folder: Path, threads: int, with_reference: bool
) -> tuple[dict[str, Listen], dict[str, str]]:
    engines = {OURS: yardsticks.ours(folder, threads)}
    missing: dict[str, str] = {}
    try:
        engines.update(yardsticks.faster_whisper(folder, threads))
    except UserError as error:
        missing.update({DEFAULTS: str(error), GREEDY: str(error)})
    if with_reference:
        try:
            engines[REFERENCE] = yardsticks.reference(folder, threads)
        except UserError as error:
            missing[REFERENCE] = str(error)
    else:
        missing[REFERENCE] = "not asked for"
    return engines, missing


def compare(clips: Sequence[Clip], engines: dict[str, Listen]) -> Iterator[Result]:
    """Every engine on every clip, taking turns so that a busy machine is unfair to none."""
    names = list(engines)
    for listen in engines.values():
        listen(clips[0].samples, clips[0].language)
    for number, clip in enumerate(clips):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            begun = time.perf_counter()
            text = engines[name](clip.samples, clip.language)
            taken = time.perf_counter() - begun
            words, errors = count_errors(clip.text, text, clip.language)
            yield Result(
                clip.name, name, clip.kind, clip.seconds < _SHORT, taken, text, words, errors
            )


def count_errors(expected: str | None, heard: str, language: str) -> tuple[int, int]:
    """Words expected and words wrong, both normalised as the Whisper paper does; 0 where unknown.

    Where nothing is said, every word that was heard is wrong.
    """
    if expected is None:
        return 0, 0
    import jiwer
    from transformers.models.whisper import english_normalizer

    rules: Any = english_normalizer
    english = language in ("", "en")
    normalise = rules.EnglishTextNormalizer({}) if english else rules.BasicTextNormalizer()
    wanted, got = normalise(expected).strip(), normalise(heard).strip()
    if not wanted:
        return 0, len(got.split())
    out = jiwer.process_words(wanted, got)
    return len(wanted.split()), out.substitutions + out.deletions + out.insertions


def summarise(
    results: Sequence[Result], engines: Sequence[str], missing: dict[str, str]
) -> dict[str, Any]:
    """One JSON object: an entry an engine, and how ours compares."""
    rows = {name: [result for result in results if result.engine == name] for name in engines}
    found: dict[str, Any] = {
        "bench": "hearing",
        "clips": len(rows[OURS]),
        "engines": {name: _engine(rows[name]) for name in engines},
        "missing": missing,
        "against": {name: _against(rows[OURS], rows[name]) for name in engines if name != OURS},
        "results": [asdict(result) for result in results],
    }
    found["engines"].update(dict.fromkeys(missing))
    return found


def _engine(rows: Sequence[Result]) -> dict[str, Any]:
    words = sum(row.words for row in rows)
    short = [row.seconds for row in rows if row.short and row.kind in ("speech", "command")]
    noise = [row for row in rows if row.kind in ("noise", "music")]
    return {
        "median_seconds_under_10_s": statistics.median(short) if short else None,
        "mean_seconds_under_10_s": statistics.fmean(short) if short else None,
        "word_error_rate": sum(row.errors for row in rows if row.words) / words if words else None,
        "false_words": sum(row.errors for row in noise),
        "noise_clips_with_words": sum(bool(row.errors) for row in noise),
        "noise_clips": len(noise),
    }


def _against(ours: Sequence[Result], theirs: Sequence[Result]) -> dict[str, Any]:
    pairs = list(zip(ours, theirs, strict=True))
    ratios = [
        [b.seconds / a.seconds] for a, b in pairs if a.short and a.kind in ("speech", "command")
    ]
    errors = [[a.errors, b.errors, a.words] for a, b in pairs if a.words]
    return {
        "times_faster_median_under_10_s": _plain(
            paired_bootstrap(ratios, lambda t: float(statistics.median(t[:, 0].tolist())))
        ),
        "word_error_rate_difference": _plain(
            paired_bootstrap(errors, lambda t: float((t[:, 0] - t[:, 1]).sum() / t[:, 2].sum()))
        ),
    }


def _plain(interval: Interval | None) -> dict[str, float] | None:
    return asdict(interval) if interval else None


def _print_table(summary: dict[str, Any]) -> None:
    from rich.table import Table

    from desktop.cli.terminal_text import console

    table = Table(title=f"Hearing, {summary['clips']} clips, one run")
    for column in ("engine", "median s (<10 s)", "word errors", "false words", "candor is faster",
                   "candor's word errors, difference"):  # fmt: skip
        table.add_column(column)
    for name, row in summary["engines"].items():
        if row is None:
            table.add_row(name, summary["missing"][name], "", "", "", "")
            continue
        against = summary["against"].get(name, {})
        table.add_row(
            name,
            _show(row["median_seconds_under_10_s"], "{:.3f}"),
            _show(row["word_error_rate"], "{:.1%}"),
            f"{row['false_words']} in {row['noise_clips']} clips",
            _show_interval(against.get("times_faster_median_under_10_s"), "{:.1f}x"),
            _show_interval(against.get("word_error_rate_difference"), "{:+.1%}"),
        )
    console().print(table)


def _show(value: float | None, form: str) -> str:
    return "" if value is None else form.format(value)


def _show_interval(value: dict[str, float] | None, form: str) -> str:
    if value is None:
        return ""
    return f"{form} ({form} to {form})".format(value["value"], value["low"], value["high"])
