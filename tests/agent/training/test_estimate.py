"""What a training needs is counted before it begins, and refused with its reason."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from agent.training.chat.estimate import Needs, needs, refuse
from agent.training.chat.examples import EncodedExample
from agent.training.core.curves import draw
from agent.training.core.tuning import Tuning
from perception.types import UserError

pytestmark = pytest.mark.torch

ROWS = [EncodedExample(tuple(range(50)), (False,) * 30 + (True,) * 20)] * 10


def test_more_layers_full_training_and_longer_rows_need_more(tiny: Path) -> None:
    few = needs(tiny, Tuning(layers=1), ROWS)
    every = needs(tiny, Tuning(cached=False), ROWS)
    full = needs(tiny, Tuning(kind="full"), ROWS)
    thrifty = needs(tiny, Tuning(checkpointing=True), ROWS)
    assert few.memory < every.memory < full.memory
    assert thrifty.memory < every.memory
    assert few.disk > needs(tiny, Tuning(layers=1, cached=False), ROWS).disk


def test_too_little_memory_or_disk_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match=r"needs about 9999999\.0 GB of memory"):
        refuse(Needs(10**16 - 10**9, 0), tmp_path, "cpu")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10**6))
    with pytest.raises(UserError, match=r"needs 1\.00 GB of disk"):
        refuse(Needs(0, 10**9), tmp_path / "not" / "there", "cpu")


def test_the_picture_has_a_curve_for_each_series() -> None:
    lines = [
        {"step": n, "step_loss": 3 / n, "rate": n / 9, "score": None} for n in range(1, 10)
    ] + [{"step": 9, "step_loss": 0.0, "rate": 0.0, "score": {"loss": 1.0, "accuracy": 0.5}}]
    picture = draw("a < b", lines)
    assert "a &lt; b" in picture
    assert picture.count("<polyline") == 4
    assert not re.search(r"nan|inf", picture)
