"""Engines are found by their files, one by one, and without loading anything heavy."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from agent.dialogue import (
    DialogueEngine,
    DialogueSource,
    Sampling,
    Wanted,
)
from agent.engines import registry
from agent.engines.hardware import Hardware
from agent.types import Message
from agent.voice import VoiceEngine
from perception import discovery
from perception.types import UserError

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
PLAIN = Hardware("Linux", "a processor", 2, 16_000_000_000, 8_000_000_000, None, "")


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Entry points of installed packages, as `module:attribute`, for every group."""
    values = list[str]()

    def entry_points(group: str) -> Sequence[EntryPoint]:
        return [EntryPoint(value, value, group) for value in values]

    monkeypatch.setattr(discovery, "entry_points", entry_points)
    monkeypatch.syspath_prepend(str(EXAMPLES))
    return values


def dialogue() -> tuple[DialogueEngine, ...]:
    return registry.found("agent.dialogue", "candor.dialogue", DialogueEngine)


def test_every_engine_is_there_once() -> None:
    assert [e.name for e in registry.dialogue_engines()] == ["gguf", "local", "remote"]
    assert [e.name for e in registry.hearing_engines()] == ["whisper", "whisper_torch"]
    assert [e.name for e in registry.voice_engines()] == ["hibari"]


def test_the_example_is_an_engine_like_any_other(offered: list[str]) -> None:
    offered.append("echo_dialogue:ENGINE")
    engine = registry.named(dialogue(), "echo")
    assert engine.fits(PLAIN, Wanted("x", 0, 1, "", named=True)) is not None
    assert engine.fits(PLAIN, Wanted("x", 0, 1, "", named=False)) is None
    loaded = engine.load(DialogueSource("x", None, "cpu", 1))
    answer = loaded.generate([Message("user", "Good morning")], Sampling())
    assert "".join(token.text for token in answer) == "You said: Good morning"


def test_the_example_voice_sounds(offered: list[str]) -> None:
    offered.append("tone_voice:ENGINE")
    voices = registry.found("agent.voice", "candor.voice", VoiceEngine)
    voice = registry.named(voices, "tone").load(1)
    assert voice.can_speak("hello")
    assert sum(len(piece) for piece in voice.speak("hello")) > voice.rate / 10


def test_one_that_raises_is_left_out_and_named(
    offered: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "broken_engine.py").write_text("raise RuntimeError('no such card')")
    monkeypatch.syspath_prepend(str(tmp_path))
    offered.extend(["broken_engine:ENGINE", "echo_dialogue:NAME"])
    assert [engine.name for engine in dialogue()] == ["gguf", "local", "remote"]
    assert "broken_engine:ENGINE is left out" in caplog.text
    assert "echo_dialogue:NAME is left out: it is no DialogueEngine" in caplog.text


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UserError, match="no engine called magic") as told:
        registry.named(registry.voice_engines(), "magic")
    assert "hibari" in told.value.hint


@pytest.mark.usefixtures("processes")
def test_listing_engines_loads_none_of_them() -> None:
    look = (
        "import sys\nfrom agent.engines import registry as r\n"
        "r.dialogue_engines(), r.hearing_engines(), r.voice_engines()\n"
        "heavy = {'torch', 'onnx', 'onnxruntime', 'transformers', 'ctranslate2', 'xllamacpp'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
