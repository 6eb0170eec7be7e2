"""The engines agree, because they carry the same weights."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from benchmarks.parts import whisper_reference
from perception.hearing import whisper, whisper_torch
from perception.hearing.transcription.listener import Care, WhisperPipeline
from perception.hearing.transcription.recogniser import DecodingOptions, Recogniser
from perception.hearing.whisper_format.conversion import settings_of, state_of
from perception.hearing.whisper_format.mel import log_mel
from perception.hearing.whisper_format.weights import read_weights
from perception.types import Samples, UserError, Utterance

Models = Callable[[str], Path]


@pytest.fixture(scope="module")
def copied(models: Models, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model's folder where a test may write."""
    home = tmp_path_factory.mktemp("models")
    for name in ("whisper-base", "silero-vad"):
        shutil.copytree(models(name), home / name, ignore=shutil.ignore_patterns("converted*"))
    return home / "whisper-base"


def test_torch_writes_the_same_tokens(
    copied: Path, hearing: WhisperPipeline, speak: Callable[[str], Samples]
) -> None:
    quick = whisper.Whisper(copied, "cpu", 2)
    torch = whisper_torch.TorchWhisper(copied, "cpu", 2)
    names = sorted(file.name.rpartition("-")[0] for file in (copied / "converted").iterdir())
    assert names == ["transformers", "whisper-decoder"]
    mel = log_mel(speak("The weather in the mountains is cold today."), 1000)
    effort = DecodingOptions(most=60)
    engines: tuple[Recogniser, ...] = (quick, torch)
    sounds = [(engine, engine.encode(mel)) for engine in engines]
    tokens = [engine.decode(sound, "en", effort).tokens for engine, sound in sounds]
    assert tokens[0] == tokens[1]
    beams = engines[0].decode(sounds[0][1], "en", DecodingOptions(most=60, beams=5)).tokens
    assert beams == tokens[0]
    languages = [engine.languages(sound) for engine, sound in sounds]
    assert all(max(found, key=lambda code: found[code]) == "en" for found in languages)
    spans = [engine.times(sound, "en", tokens[0], 400).spans for engine, sound in sounds]
    starts = [[start for start, _ in found] for found in spans]
    assert np.abs(np.array(starts[0]) - np.array(starts[1])).max() < 0.2


def test_the_torch_engine_hears(
    copied: Path, speak: Callable[[str], Samples], said: Callable[[Samples], Utterance]
) -> None:
    engine = whisper_torch.load(copied, "cpu", 2, care=Care(retries=((1, 0.2),)))
    heard = list(engine.hear(said(speak("The garden is behind the house."))))[-1]
    assert "garden is behind the house" in heard.text.lower()
    assert list(engine.hear(said(np.zeros(16_000, np.float32))))[-1].text == ""


def test_the_state_has_every_parameter(copied: Path) -> None:
    import json

    from transformers import WhisperConfig, WhisperForConditionalGeneration

    weights = read_weights(copied / "model.bin")
    config = json.loads((copied / "config.json").read_bytes())
    model = WhisperForConditionalGeneration(WhisperConfig(**settings_of(weights, config)))
    wanted = {name: tuple(value.shape) for name, value in model.named_parameters()}
    found = {name: array.shape for name, array in state_of(weights).items()}
    assert found == {name: shape for name, shape in wanted.items() if name in found}
    assert set(wanted) - set(found) <= {"proj_out.weight"}


def test_a_cut_model_is_said_so(copied: Path, tmp_path: Path) -> None:
    cut = tmp_path / "model.bin"
    cut.write_bytes((copied / "model.bin").read_bytes()[:1_000_000])
    with pytest.raises(UserError, match="cannot be read"):
        read_weights(cut)


@pytest.mark.parametrize("missing", ["model.bin", "tokenizer.json", "config.json"])
def test_a_missing_file_is_said_so(copied: Path, tmp_path: Path, missing: str) -> None:
    for name in {"model.bin", "tokenizer.json", "config.json"} - {missing}:
        (tmp_path / name).symlink_to(copied / name)
    with pytest.raises(UserError, match=r"cannot be loaded|missing"):
        whisper.Whisper(tmp_path, "cpu", 1)


def test_a_missing_package_is_said_so(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "whisper", None)
    monkeypatch.setitem(sys.modules, "whisper.model", None)
    with pytest.raises(UserError, match="openai-whisper is not installed"):
        whisper_reference.load(copied, "cpu", 1)
