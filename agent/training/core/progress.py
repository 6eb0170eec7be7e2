"""What a training is told and tells: its plan, its scores and its progress. Knows no torch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """How to train.

    `dtype` is a torch name for mixed precision by autocast; weights that have fewer bits than
    float32 compute in their own and are changed in float32 copies. A step learns from
    `accumulate` batches, in all processes together. A score is taken after each epoch, and every
    `check_every` steps where that is not 0; after `patience` scores without a better one (by
    `watch`: accuracy or loss) the run ends early. `most_seconds` 0 is no limit. A checkpoint is
    written every `save_seconds`, and with each score.
    """

    epochs: int = 3
    rate: float = 5e-4
    warm_up: float = 0.06
    accumulate: int = 1
    weight_decay: float = 0.01
    clip: float = 1.0
    seed: int = 0
    patience: int = 2
    dtype: str = "bfloat16"
    most_seconds: float = 0.0
    check_every: int = 0
    watch: str = "accuracy"
    save_seconds: float = 300.0


@dataclass(frozen=True, slots=True)
class Score:
    """How good a model is on what it has not seen: loss, and accuracy from 0 to 1."""

    loss: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class TrainingProgress:
    """One optimiser step, or with `score` a look at unseen data (`best`: the best so far).

    `loss` is the mean of the epoch so far, `step_loss` that of the step alone. `seconds` count
    all runs that led here.
    """

    epoch: int
    step: int
    steps: int
    loss: float
    rate: float
    seconds: float
    score: Score | None = None
    best: bool = False
    step_loss: float = 0.0
