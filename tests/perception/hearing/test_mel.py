from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from perception.hearing.whisper_format.mel import filters, log_mel


@pytest.mark.slow
def test_agrees_with_the_features_whisper_was_trained_on() -> None:
    import transformers

    sound = np.random.default_rng(1).standard_normal(48_000).astype(np.float32) * 0.1
    extract: Any = transformers.WhisperFeatureExtractor
    wanted = extract()(sound, sampling_rate=16_000).input_features[0]
    np.testing.assert_allclose(log_mel(sound, 3000), wanted, atol=2e-4)


@pytest.mark.parametrize("length", [0, 1, 150, 399, 16_000, 320_000])
def test_any_length_gives_the_frames_asked_for(length: int) -> None:
    sound = np.sin(np.arange(length) * 0.1).astype(np.float32)
    found = log_mel(sound, 1000)
    assert found.shape == (80, 1000)
    assert found.dtype == np.float32
    assert np.isfinite(found).all()


def test_filters_have_no_hole() -> None:
    assert filters().shape == (201, 80)
    assert (filters().sum(axis=0) > 0).all()
