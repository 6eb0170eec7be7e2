"""Measures against values worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from agent.training.core.metrics import (
    false_positive_rate,
    precision_recall_f1,
    roc_auc,
    threshold_for,
)

TRUTH = np.array([True, True, False, False])


def test_roc_auc_counts_pairs() -> None:
    assert roc_auc(np.array([0.9, 0.8, 0.2, 0.1]), TRUTH) == 1.0
    assert roc_auc(np.array([0.1, 0.2, 0.8, 0.9]), TRUTH) == 0.0
    assert roc_auc(np.array([0.9, 0.3, 0.5, 0.1]), TRUTH) == 0.75
    assert roc_auc(np.array([0.5, 0.5, 0.5, 0.5]), TRUTH) == 0.5
    assert math.isnan(roc_auc(np.array([0.5]), np.array([True])))


def test_precision_recall_and_false_positives() -> None:
    said = np.array([True, False, True, False])
    assert precision_recall_f1(said, TRUTH) == (0.5, 0.5, 0.5)
    assert false_positive_rate(said, TRUTH) == 0.5
    assert precision_recall_f1(~TRUTH & False, TRUTH) == (0.0, 0.0, 0.0)


def test_a_threshold_lets_through_no_more_than_asked() -> None:
    scores = np.linspace(0, 1, 1001)
    truth = np.zeros(1001, np.bool_)
    threshold = threshold_for(scores, truth, 0.05)
    assert (scores >= threshold).mean() == pytest.approx(0.05, abs=0.002)
