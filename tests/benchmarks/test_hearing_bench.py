from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.hearing import (
    Result,
    compare,
    count_errors,
    read_clips,
    summarise,
)
from benchmarks.parts.intervals import paired_bootstrap
from benchmarks.parts.mixing import add_noise, in_room
from perception.audio import files
from perception.types import Samples, UserError


@pytest.mark.parametrize(
    ("expected", "heard", "language", "wanted"),
    [
        ("In eighteen thirteen", "in 1813.", "en", (2, 0)),
        ("The twentieth time.", "the 20th time", "en", (3, 0)),
        ("Mach das Licht aus", "mach das licht an", "de", (4, 1)),
        ("", "Thank you.", "en", (0, 2)),
        (None, "anything", "en", (0, 0)),
    ],
)
@pytest.mark.torch
def test_errors_are_counted_after_normalising(
    expected: str | None, heard: str, language: str, wanted: tuple[int, int]
) -> None:
    assert count_errors(expected, heard, language) == wanted


def test_the_interval_holds_its_value() -> None:
    rows = [[float(number % 3)] for number in range(60)]
    found = paired_bootstrap(rows, lambda table: float(table.mean()))
    assert found is not None
    assert found.low < found.value == 1.0 < found.high
    assert paired_bootstrap([], lambda table: 0.0) is None


def test_noise_lies_where_it_was_put() -> None:
    draw = np.random.default_rng(0)
    speech = draw.standard_normal(16_000).astype(np.float32) * 0.05
    noise = draw.standard_normal(4_000).astype(np.float32)
    added = add_noise(speech, noise, 10.0, seed=1) - speech
    ratio = 10 * np.log10(np.mean(speech**2) / np.mean(added**2))
    assert ratio == pytest.approx(10.0, abs=0.1)
    echo = np.zeros(100, np.float32)
    echo[5] = 1.0
    np.testing.assert_allclose(in_room(speech, echo), speech, atol=1e-5)


@pytest.mark.torch
def test_the_summary_compares_clip_by_clip(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.jsonl"
    rows: list[dict[str, str | None]] = [
        {"file": "a.wav", "kind": "speech", "lang": "en", "text": "open the door"},
        {"file": "b.wav", "kind": "noise", "lang": None, "text": ""},
        {"file": "c.wav", "kind": "rir", "lang": None, "text": ""},
    ]
    for row in rows:
        files.write(tmp_path / str(row["file"]), np.full(16_000, 0.1, np.float32), 16_000)
    manifest.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    clips = list(read_clips(manifest, mix=False))
    assert [clip.name for clip in clips] == ["a.wav", "b.wav"]
    assert len(list(read_clips(manifest, mix=True))) == 2 + 4 + 1

    def right(samples: Samples, language: str) -> str:
        return "Open the door." if language else ""

    def wrong(samples: Samples, language: str) -> str:
        return "Open a door."

    results: list[Result] = list(compare(clips, {"candor": right, "other": wrong}))
    summary = summarise(results, ["candor", "other"], {"third": "not installed"})
    assert summary["engines"]["candor"]["word_error_rate"] == 0.0
    assert summary["engines"]["other"]["word_error_rate"] == pytest.approx(1 / 3)
    assert summary["engines"]["other"]["false_words"] == 3
    assert summary["engines"]["third"] is None
    difference = summary["against"]["other"]["word_error_rate_difference"]
    assert difference["value"] == pytest.approx(-1 / 3)
    json.dumps(summary)


def test_a_broken_manifest_is_said_so(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text("no json", encoding="utf-8")
    with pytest.raises(UserError, match="cannot be read as JSON lines"):
        list(read_clips(manifest, mix=False))
