"""Before and after on probes and the user's rows; the whole way to an adapter with its account."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import torch

from agent.adapters.store import Adapters, identity
from agent.codes import AgentCode
from agent.prompting.prompt import VERSION
from agent.training.chat import gate
from agent.training.chat.evaluate import evaluate
from agent.training.chat.examples import Example, rows
from agent.training.chat.finetune import Job
from agent.training.chat.model import ChatModel
from agent.training.chat.run import Request, finish, train_adapter
from agent.training.core.progress import TrainingPlan
from agent.training.core.tuning import Tuning
from agent.training.everyday import trial
from perception.messages import Notice
from perception.types import UserError

pytestmark = pytest.mark.torch


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate asks three questions and holds one conversation of one turn."""
    asked = gate.questions()
    monkeypatch.setattr(gate, "questions", lambda: [asked[0], asked[-1], asked[-10]])
    monkeypatch.setattr(gate, "_MOST_TOKENS", 8)
    talk = trial.own_talks()[0]
    short = msgspec.structs.replace(talk, turns=talk.turns[:1])
    monkeypatch.setattr(gate, "own_talks", lambda: [short])
    monkeypatch.setattr(trial, "MOST_TOKENS", 8)


def request(tiny: Path, examples: list[Example], name: str = "mine") -> Request:
    plan = TrainingPlan(epochs=1, rate=0.02, accumulate=4, watch="loss")
    tuning = Tuning(rank=2, most_tokens=128)
    return Request(name, str(tiny), Job(tiny, examples[:12], examples[12:], tuning, plan))


def test_losses_with_a_shared_beginning_are_those_of_each_alone(
    tiny: Path, examples: list[Example]
) -> None:
    model = ChatModel(tiny, Tuning(dtype="float32"))
    model.training(False)
    made = rows(examples[:4], model.encoder, model.ends)
    with torch.no_grad():
        alone = [float(torch.nn.functional.cross_entropy(*model.scores([one]))) for one in made]
    assert model.losses(made) == pytest.approx(alone, rel=1e-4)


@pytest.mark.slow
def test_the_whole_way(tiny: Path, examples: list[Example], tmp_path: Path) -> None:
    adapters = Adapters(tmp_path / "adapters", VERSION)
    said: list[Notice] = []
    seconds: list[float] = []
    steps = train_adapter(
        request(tiny, examples), adapters, tmp_path / "work", said.append, seconds.append
    )
    try:
        while True:
            next(steps)
    except StopIteration as end:
        made = end.value
    assert made is not None
    assert seconds[0] > 0
    assert said[0].code == AgentCode.COMPARING_WITH_BASE
    about = made.about
    assert about.examples == 12
    assert {each.name for each in about.measured} >= {
        "safety", "grounding", "everyday", "knowledge",
    }  # fmt: skip
    own = about.measured[0]
    assert own.name == "loss on your own rows"
    assert own.after < own.before
    names = sorted(f.name for f in made.folder.iterdir())
    assert names == [
        "about.json", "adapter.gguf", "adapter_config.json", "adapter_model.safetensors",
        "curves.svg",
    ]  # fmt: skip
    assert (made.folder / "curves.svg").read_text().startswith("<svg")
    adapters.switch("mine", identity(tiny), anyway=True)
    assert adapters.name_on(str(tiny)) == "mine"


def test_nothing_is_kept_before_the_first_check(
    tiny: Path, examples: list[Example], tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="nothing to keep yet"):
        finish(request(tiny, examples), Adapters(tmp_path, VERSION), tmp_path / "work", 0)


def test_an_adapter_of_another_shape_is_refused(tiny: Path, tmp_path: Path) -> None:
    ChatModel(tiny, Tuning(rank=2)).save_adapter(tmp_path)
    with pytest.raises(UserError, match=r"does not fit|has other parts"):
        evaluate(tiny, tmp_path, Tuning(rank=4), ())
