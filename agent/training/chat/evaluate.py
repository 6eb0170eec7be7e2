"""Before and after: a tuned model beside its base, on the user's own rows and on our probes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import msgspec
import torch

from agent.adapters.store import Measured
from agent.profiles import profile
from agent.prompting import prompt
from agent.training.chat import gate
from agent.training.chat.examples import (
    EncodedExample,
    Example,
    row,
    rows,
)
from agent.training.chat.model import ChatModel
from agent.training.core.tuning import Tuning
from agent.types import Message

_FILE = Path(__file__).with_name("probes.toml")


class Probe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question with a good and a bad answer; `seen` are lines of data before the question."""

    set: str
    asked: str
    good: str
    bad: str
    seen: str = ""


class Probes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    probe: tuple[Probe, ...]


def evaluate(
    base: Path, result: Path, tuning: Tuning, dev: Sequence[Example], device: str = "cpu"
) -> tuple[Measured, ...]:
    """Measures of the base and of `result`, an adapter folder of peft or a whole model.

    Safety and grounding are the gate's, and guarded. Knowledge is a set of probes with a score
    from 0 to 1: how surely the good answers are preferred to the bad ones.
    """
    model = ChatModel(base, tuning, device)
    if tuning.kind == "lora":
        model.load_adapter(result)
        with model.without_adapter():
            before = _measures(model, dev)
        after = _measures(model, dev)
    else:
        before = _measures(model, dev)
        del model
        model = ChatModel(result, tuning, device)
        after = _measures(model, dev)
    del model
    return (
        *(
            Measured(name, before[name], after[name], name == "loss on your own rows", False, 0.02)
            for name in before
        ),
        *gate.compare(base, result, tuning.kind == "full", device),
    )


def _measures(model: ChatModel, dev: Sequence[Example]) -> dict[str, float]:
    model.training(False)
    found: dict[str, float] = {}
    if dev:
        losses, right = _own(model, rows(dev, model.encoder, model.ends))
        found["loss on your own rows"], found["accuracy on your own rows"] = losses, right
    probes = msgspec.toml.decode(_FILE.read_bytes(), type=Probes).probe
    chances = _preferences(model, probes)
    for name in dict.fromkeys(probe.set for probe in probes):
        mine = [c for c, probe in zip(chances, probes, strict=True) if probe.set == name]
        found[name] = sum(mine) / len(mine)
    return found


@torch.no_grad()
def _own(model: ChatModel, own: Sequence[EncodedExample]) -> tuple[float, float]:
    most = model.tuning.most_tokens
    loss = right = count = 0.0
    for each in own:
        scores, targets = model.scores([EncodedExample(each.ids[-most:], each.learned[-most:])])
        loss += float(torch.nn.functional.cross_entropy(scores.float(), targets, reduction="sum"))
        right += float((scores.argmax(-1) == targets).sum())
        count += len(targets)
    return loss / max(count, 1.0), right / max(count, 1.0)


def _preferences(model: ChatModel, probes: Sequence[Probe]) -> list[float]:
    """Of each probe, from 0 to 1: the good answer's share of the mean likelihood an id."""
    beginning = prompt.system(profile.load("everyday"))
    talks = [
        (beginning, prompt.question(probe.asked, probe.seen), Message("assistant", answer))
        for probe in probes
        for answer in (probe.good, probe.bad)
    ]
    losses = model.losses([row(talk, model.encoder, model.ends) for talk in talks])
    return [
        1.0 / (1.0 + math.exp(good - bad))
        for good, bad in zip(losses[::2], losses[1::2], strict=True)
    ]
