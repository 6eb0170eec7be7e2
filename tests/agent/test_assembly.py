"""Which adapter the dialogue model is loaded with, and that the base goes on without a good one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from agent.adapters import store
from agent.adapters.store import (
    About,
    Adapters,
    identity,
    seal,
)
from agent.assembly import assemble
from agent.dialogue import Dialogue, Sampling
from agent.prompting.prompt import VERSION
from agent.settings import Settings, data_folder
from agent.training.chat.gguf_adapter import write_gguf
from agent.types import Message
from perception.types import UserError

MODEL = "smollm2-135m-instruct"
_ASKED = (Message("system", "You are kind."), Message("user", "What is the capital of France?"))


@pytest.fixture
def shipped(models: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program with an adapter of ours for the small model, which changes much."""
    monkeypatch.setenv("CANDOR_MODELS", str(models(MODEL).parent))
    monkeypatch.setenv("CANDOR_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(store, "SHIPPED", tmp_path / "shipped")
    folder = tmp_path / "shipped" / MODEL
    folder.mkdir(parents=True)
    draw = np.random.default_rng(0)
    key = "base_model.model.model.layers.29.mlp.up_proj.lora_"
    a, b = draw.standard_normal((2, 576)), draw.standard_normal((1536, 2))
    save_file(
        {f"{key}A.weight": a.astype(np.float16), f"{key}B.weight": b.astype(np.float16)},
        folder / "adapter_model.safetensors",
    )
    settings = {"peft_type": "LORA", "r": 2, "lora_alpha": 4, "task_type": "CAUSAL_LM"}
    settings |= {"target_modules": ["up_proj"], "layers_to_transform": [29]}
    (folder / "adapter_config.json").write_text(json.dumps(settings))
    shape = {"model_type": "llama", "num_hidden_layers": 30, "num_attention_heads": 9}
    (folder / "config.json").write_text(json.dumps(shape))
    write_gguf(folder, folder, folder / "adapter.gguf")
    (folder / "config.json").unlink()
    seal(folder, About("ours", MODEL, identity(models(MODEL)), VERSION))
    return folder


def loaded(engine: str, adapter: str | None = None) -> Dialogue:
    return assemble(
        Settings(dialogue_model=MODEL, dialogue_engine=engine), adapter=adapter
    ).dialogue()


def test_a_gguf_file_is_taken_as_it_is(shipped: Path) -> None:
    dialogue = loaded("gguf", str(shipped / "adapter.gguf"))
    assert "The adapter adapter.gguf is on." in dialogue.reason
    assert answer(dialogue)


def test_one_that_is_not_there_is_refused_where_it_is_wanted(shipped: Path) -> None:
    with pytest.raises(UserError, match="The adapter gone is gone"):
        loaded("gguf", "gone")


def answer(dialogue: Dialogue) -> str:
    for _ in dialogue.prefill(_ASKED[:1]):
        pass
    said = "".join(t.text for t in dialogue.generate(_ASKED, Sampling(12)))
    dialogue.close()
    return said


@pytest.mark.parametrize("engine", ["gguf", "local"])
def test_the_base_answers_in_both_engines_until_ours_is_wanted(shipped: Path, engine: str) -> None:
    known = Adapters(data_folder() / "adapters", VERSION)
    first = loaded(engine)
    assert "adapter" not in first.reason
    untouched = answer(first)
    known.switch_to("ours", MODEL)
    ours = loaded(engine)
    assert "Candor's own adapter is on." in ours.reason
    changed = answer(ours)
    # The beginning that was read with the adapter must not be taken for the base's.
    base = loaded(engine, "base")
    assert "adapter" not in base.reason
    assert answer(base) == untouched != changed
    assert known.back(MODEL) == ""
    assert answer(loaded(engine, "ours")) == changed


@pytest.mark.parametrize("engine", ["gguf", "local"])
def test_the_base_goes_on_where_ours_cannot_be_loaded(shipped: Path, engine: str) -> None:
    for name in ("adapter.gguf", "adapter_model.safetensors"):
        (shipped / name).write_bytes(b"GGUF is not what this is")
    about = Adapters(shipped, VERSION).ours(MODEL)[0].about
    seal(shipped, about)
    Adapters(data_folder() / "adapters", VERSION).switch_to("ours", MODEL)
    with pytest.raises(UserError):
        loaded(engine, "ours")
    dialogue = loaded(engine)
    assert "The adapter is not used:" in dialogue.reason
    assert "is on" not in dialogue.reason
    assert answer(dialogue)
