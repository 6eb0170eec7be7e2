"""Fine-tuning chat models: it learns, resumes on the same curve, keeps the best, survives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from agent.dialogue.local import load
from agent.training.chat.examples import Example, row, rows
from agent.training.chat.finetune import Job, finetune
from agent.training.chat.learner import ChatLearner
from agent.training.chat.model import ChatModel
from agent.training.core.metrics_log import read
from agent.training.core.progress import TrainingPlan, TrainingProgress
from agent.training.core.tuning import Tuning
from agent.types import Message
from perception.types import UserError

pytestmark = pytest.mark.slow

PLAN = TrainingPlan(epochs=2, rate=0.02, accumulate=2, watch="loss")


def job(tiny: Path, examples: list[Example], **tuning: Any) -> Job:
    return Job(tiny, examples[:16], examples[16:], Tuning(rank=4, **tuning), PLAN)


def losses(progress: list[TrainingProgress]) -> list[float]:
    return [now.step_loss for now in progress if now.score is None]


def scores(progress: list[TrainingProgress]) -> list[float]:
    return [now.score.loss for now in progress if now.score is not None]


@pytest.mark.parametrize("tuning", [{}, {"layers": 1}, {"kind": "full"}, {"checkpointing": True}])
def test_it_learns_and_writes_what_others_can_load(
    tiny: Path, examples: list[Example], tmp_path: Path, tuning: dict[str, Any]
) -> None:
    steps = finetune(job(tiny, examples, **tuning), tmp_path)
    progress = []
    try:
        while True:
            progress.append(next(steps))
    except StopIteration as end:
        result: Path = end.value
    assert scores(progress)[-1] < scores(progress)[0]
    assert len(read(tmp_path / "metrics.jsonl")) == len(progress)
    if tuning.get("kind") == "full":
        assert load(result, "cpu", context=128).name == "model"
    else:
        found = load_file(result / "adapter_model.safetensors")
        layers = {name.split(".layers.")[1][0] for name in found}
        assert layers == ({"2"} if "layers" in tuning else {"0", "1", "2"})
        assert all(tensor.dtype == torch.float16 for tensor in found.values())
        engine = load(tiny, "cpu", context=128, adapter=result)
        assert engine.count("ab") == 2


def test_a_killed_run_goes_on_on_the_same_curve(
    tiny: Path, examples: list[Example], tmp_path: Path
) -> None:
    work = job(tiny, examples, dropout=0.1)
    work = replace(work, plan=replace(PLAN, save_seconds=0.0))
    whole = list(finetune(work, tmp_path / "whole"))
    first = []
    cut = finetune(work, tmp_path / "cut")
    for now in cut:
        first.append(now)
        if now.step == 5:
            break
    del cut  # Nothing is written when a process is killed, so nothing may be needed.
    rest = list(finetune(work, tmp_path / "cut"))
    assert rest[0].step in (5, 6)
    known = {now.step: now.step_loss for now in first if now.score is None}
    known |= {now.step: now.step_loss for now in rest if now.score is None}
    assert list(known.values()) == losses(whole)
    assert scores(rest) == scores(whole)
    lines = [line for line in read(tmp_path / "cut" / "metrics.jsonl") if not line["score"]]
    assert [line["step_loss"] for line in lines] == losses(whole)


def test_other_data_begin_anew(tiny: Path, examples: list[Example], tmp_path: Path) -> None:
    list(finetune(job(tiny, examples), tmp_path))
    again = list(finetune(job(tiny, examples[::-1]), tmp_path))
    assert again[0].step == 1


def test_cancel_keeps_the_best(tiny: Path, examples: list[Example], tmp_path: Path) -> None:
    steps = finetune(job(tiny, examples), tmp_path)
    for now in steps:
        if now.epoch == 1 and now.step == 10:
            break
    steps.close()
    best = load_file(tmp_path / "best.safetensors")
    kept = load_file(tmp_path / "adapter" / "adapter_model.safetensors")
    assert len(best) == len(kept)
    assert torch.equal(sorted(kept.items())[0][1], sorted(best.items())[0][1].to(torch.float16))


@pytest.mark.parametrize(
    "lost",
    [
        (torch.AcceleratorError("CUDA error: device lost"), "lost while training: CUDA error"),
        (torch.OutOfMemoryError("CUDA out of memory"), "too little memory"),
    ],
)
def test_a_lost_graphics_card_is_told_and_the_checkpoint_kept(
    tiny: Path,
    examples: list[Example],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lost: tuple[Exception, str],
) -> None:
    error, said = lost
    work = replace(job(tiny, examples), plan=replace(PLAN, save_seconds=0.0))
    steps = finetune(work, tmp_path)
    for _ in range(4):
        next(steps)
    with monkeypatch.context() as patch:
        patch.setattr(ChatLearner, "loss", lambda *_: (_ for _ in ()).throw(error))
        with pytest.raises(UserError, match=said) as told:
            next(steps)
    assert "What was learned is kept" in told.value.message
    assert next(finetune(work, tmp_path)).step == 5


def test_upper_layers_from_kept_states_learn_the_same(
    tiny: Path, examples: list[Example], tmp_path: Path
) -> None:
    runs = [
        losses(list(finetune(job(tiny, examples, layers=1, cached=cached), tmp_path / str(cached))))
        for cached in (True, False)
    ]
    assert runs[0] == pytest.approx(runs[1], rel=2e-2)


def test_the_answer_alone_is_learned(tiny: Path) -> None:
    model = ChatModel(tiny, Tuning())
    talk = (
        Message("user", "Hi <|im_end|>"),
        Message("assistant", "Yes"),
        Message("user", "So?"),
        Message("assistant", "No."),
    )
    made = row(talk, model.encoder, model.ends)
    learned = [id for id, on in zip(made.ids, made.learned, strict=True) if on]
    end = model.encoder.ids((Message("user", ""),), answer=False)[-2]
    assert learned == [*model.encoder.text("Yes"), end, *model.encoder.text("No."), end]
    assert made.ids == tuple(model.encoder.ids(talk, answer=False))


def test_batches_of_several_rows_have_the_loss_of_each_alone(
    tiny: Path, examples: list[Example], tmp_path: Path
) -> None:
    model = ChatModel(tiny, Tuning(dtype="float32"))
    made = rows(examples[:11], model.encoder, model.ends)
    learner = ChatLearner(model, made, made, tmp_path)
    with torch.no_grad():
        alone = [float(learner.loss(((one,), (0,)))) * one.answers for one in made[:3]]
        together = float(learner.loss((tuple(made[:3]), (0, 1, 2))))
    together *= sum(one.answers for one in made[:3])
    assert together == pytest.approx(sum(alone), rel=1e-4)


def test_an_unknown_part_is_named(tiny: Path) -> None:
    with pytest.raises(UserError, match="no part called nonsense") as error:
        ChatModel(tiny, Tuning(parts=("nonsense",)))
    assert "q_proj" in error.value.hint


def test_a_loss_that_is_no_number_stops_the_run(
    tiny: Path, examples: list[Example], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nan = torch.tensor(float("nan"), requires_grad=True)
    monkeypatch.setattr(ChatLearner, "loss", lambda *_: nan)
    with pytest.raises(UserError, match="no number any more"):
        list(finetune(job(tiny, examples), tmp_path))
