"""One's own voice: recordings are read and varied, Whisper learns, and comes back to its engine."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]
import torch
from transformers import WhisperConfig, WhisperForConditionalGeneration

from agent.adapters.store import Adapters
from agent.training.core.loop import train
from agent.training.core.progress import TrainingPlan
from agent.training.voice import data, run
from agent.training.voice.data import Recording
from agent.training.voice.model import VoiceLearner, VoiceModel
from perception.hearing.whisper_format.ctranslate_file import arrays_of, write_weights
from perception.hearing.whisper_format.weights import read_weights
from perception.types import Samples, UserError

pytestmark = pytest.mark.torch

SPOKEN = Path(__file__).parents[2] / "data" / "lj001-0013.flac"


def tone(seconds: float, rate: int = 16_000) -> Samples:
    return np.asarray(0.3 * np.sin(np.arange(int(seconds * rate)) * 0.1), np.float32)


def test_recordings_with_texts_beside_them_or_in_a_manifest(tmp_path: Path) -> None:
    for number in range(7):
        soundfile.write(tmp_path / f"{number}.wav", tone(1.0, 22_050), 22_050)
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"Sentence {number}.")
    (tmp_path / "more.csv").write_text("file,text\n5.wav,Sentence five.\n")
    found, problems = data.read(tmp_path)
    assert [r.text for r in found] == [*(f"Sentence {n}." for n in range(5)), "Sentence five."]
    assert abs(len(found[0].samples) - 16_000) < 10
    assert [p.told.message for p in problems] == ["6.wav has no text."]


def test_bad_recordings_are_told(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "good.wav", tone(1.0), 16_000)
    soundfile.write(tmp_path / "long.wav", tone(31.0), 16_000)
    soundfile.write(tmp_path / "silent.wav", tone(1.0) * 0, 16_000)
    (tmp_path / "broken.wav").write_bytes(b"nonsense")
    for name in ("good", "long", "silent", "broken"):
        (tmp_path / f"{name}.txt").write_text("Words.")
    found, problems = data.read(tmp_path)
    told = " ".join(p.told.message for p in problems)
    assert len(found) == 1
    assert "broken.wav cannot be read" in told
    assert "long.wav is 31.0 s long" in told
    assert "silent.wav is silent" in told
    assert problems[-1].fatal
    with pytest.raises(UserError, match="no recording with a text"):
        data.read(_empty(tmp_path))


def _empty(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


def test_a_sentence_is_never_in_both_parts() -> None:
    said = [Recording(str(n), tone(1.0), f"Sentence {n % 10}!") for n in range(30)]
    train_part, dev = data.split(said)
    assert dev
    assert not {r.text for r in train_part} & {r.text for r in dev}


def test_variations_keep_the_sound_sound() -> None:
    draw = random.Random(0)
    made = [data.varied(tone(1.0), draw) for _ in range(20)]
    assert all(m.dtype == np.float32 and np.abs(m).max() <= 1.0 for m in made)
    assert len({len(m) for m in made}) > 5
    again = random.Random(0)
    assert all(np.array_equal(data.varied(tone(1.0), again), m) for m in made)


@pytest.mark.parametrize(
    ("heard", "rate"),
    [("A, b. c d!", 0.0), ("a x c d", 0.25), ("a b c", 0.25), ("a b c d e", 0.25)],
)
def test_word_errors(heard: str, rate: float) -> None:
    assert data.word_errors(["a b c d"], [heard]) == rate


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, models: Callable[[str], Path]) -> Path:
    folder = tmp_path_factory.mktemp("whisper")
    shutil.copy(models("whisper-base") / "tokenizer.json", folder)
    torch.manual_seed(0)
    WhisperForConditionalGeneration(
        WhisperConfig(
            d_model=16, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2,
            decoder_attention_heads=2, encoder_ffn_dim=32, decoder_ffn_dim=32,
        )
    ).save_pretrained(folder)  # fmt: skip
    return folder


@pytest.mark.parametrize("kind", ["lora", "encoder"])
def test_it_learns_and_nothing_else_changes(small: Path, tmp_path: Path, kind: str) -> None:
    said = [Recording(str(n), tone(1.0 + n / 10), f"Word {n}.") for n in range(4)]
    before = VoiceModel(small, "lora", "en", rank=2).state()
    model = VoiceModel(small, "lora" if kind == "lora" else "encoder", "en", rank=2)
    learner = VoiceLearner(model, said[:3], said[3:])
    plan = TrainingPlan(epochs=3, rate=0.05, watch="loss", dtype="float32", patience=9)
    progress = list(train(learner, plan, tmp_path))
    scores = [now.score.loss for now in progress if now.score]
    assert min(scores[1:]) < scores[0]
    after = model.state()
    assert before.keys() == after.keys()
    changed = {name for name in after if not np.array_equal(after[name], before[name])}
    assert changed
    if kind == "encoder":
        assert all(name.startswith("model.encoder.layers.") for name in changed)
    else:
        assert all("_proj" in name or "out_proj" in name for name in changed)


def test_weights_go_back_bit_by_bit(models: Callable[[str], Path], tmp_path: Path) -> None:
    base = models("whisper-base") / "model.bin"
    write_weights(base, {}, tmp_path / "same.bin")
    assert (tmp_path / "same.bin").read_bytes() == base.read_bytes()
    weights = read_weights(base)
    assert set(arrays_of(weights, {})) == set(weights.names())
    name = "model.encoder.layers.2.self_attn.k_proj.weight"
    write_weights(base, {name: np.full((512, 512), 0.5)}, tmp_path / "other.bin")
    after = read_weights(tmp_path / "other.bin")
    fused = "encoder/layer_2/self_attention/linear_0/weight"
    assert (after[fused][512:1024] == 0.5).all()
    assert np.array_equal(after[fused][:512], weights[fused][:512])


def test_the_real_model_is_read_rightly(models: Callable[[str], Path]) -> None:
    model = VoiceModel(models("whisper-base"), "lora", "en")
    model.training(False)
    heard = model.hear(spoken(SPOKEN))
    assert data.word_errors(["than in the same operations with ugly ones."], [heard]) <= 0.25
    recording = Recording("lj", spoken(SPOKEN), heard)
    assert VoiceLearner(model, [], [recording]).score().loss < 0.5
    assert model.tokens.text(model.tokens.ids("The train to the coast")) == "The train to the coast"
    assert len(model.tokens.ids("The train to the coast")) == 5


def spoken(file: Path) -> Samples:
    import soxr  # type: ignore[import-untyped]

    sound, rate = soundfile.read(file, dtype="float32")
    return np.asarray(soxr.resample(sound, rate, 16_000), np.float32)


def test_a_tuned_hearing_is_added_with_its_account(
    models: Callable[[str], Path], tmp_path: Path
) -> None:
    samples = spoken(SPOKEN)[:16_000]
    said = [Recording(str(n), samples, "than in the same") for n in range(2)]
    job = run.VoiceJob(
        "me", models("whisper-base"), said[:1], said[1:], kinds=("lora",),
        plan=TrainingPlan(epochs=1, rate=1e-5, dtype="float32"),
    )  # fmt: skip
    adapters = Adapters(tmp_path / "adapters", 2)
    steps = run.learn(job, adapters, tmp_path / "work")
    try:
        while True:
            next(steps)
    except StopIteration as end:
        made = end.value
    assert made.about.kind == "voice"
    assert [m.name for m in made.about.measured] == ["word errors, you", "word errors, you, lora"]
    assert made.about.settings["kind"] == "lora"
    assert read_weights(made.folder / "model.bin").heads == 8
