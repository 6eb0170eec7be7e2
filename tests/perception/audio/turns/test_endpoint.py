from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from perception.audio import files
from perception.audio.turns.end_of_turn import TurnEndpoint
from perception.types import Samples, UserError

_LJ = Path(__file__).parents[3] / "data" / "lj001-0013.flac"
_RATE = 16_000


@pytest.fixture(scope="module")
def endpoint(models: Callable[[str], Path]) -> TurnEndpoint:
    return TurnEndpoint(models("smart-turn") / "model.onnx")


@pytest.fixture(scope="module")
def sentence() -> Samples:
    """A reader's "than in the same operations with ugly ones."."""
    return files.read(_LJ).samples


def cut(sentence: Samples, seconds: float) -> Samples:
    return np.concatenate([sentence[: int(seconds * _RATE)], np.zeros(_RATE // 5, np.float32)])


def test_a_whole_sentence_is_complete(endpoint: TurnEndpoint, sentence: Samples) -> None:
    assert endpoint.complete(cut(sentence, 2.58)) > 0.9


@pytest.mark.parametrize("seconds", [0.9, 1.5, 1.8])
def test_a_sentence_cut_within_a_word_is_not(
    endpoint: TurnEndpoint, sentence: Samples, seconds: float
) -> None:
    assert endpoint.complete(cut(sentence, seconds)) < 0.1


def test_loudness_does_not_matter(endpoint: TurnEndpoint, sentence: Samples) -> None:
    quiet = (cut(sentence, 1.5) * 0.02).astype(np.float32)
    assert endpoint.complete(quiet) == pytest.approx(endpoint.complete(cut(sentence, 1.5)), abs=0.1)


def test_only_the_last_eight_seconds_count(endpoint: TurnEndpoint, sentence: Samples) -> None:
    long = np.concatenate(
        [np.random.default_rng(0).standard_normal(3 * _RATE) * 0.1, *[sentence] * 4]
    )
    long = long.astype(np.float32)
    assert endpoint.complete(long) == endpoint.complete(long[-8 * _RATE :])


def test_nothing_at_all_is_no_error(endpoint: TurnEndpoint) -> None:
    assert 0.0 <= endpoint.complete(np.zeros(0, np.float32)) <= 1.0


def test_a_missing_model_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is missing"):
        TurnEndpoint(tmp_path / "model.onnx")
