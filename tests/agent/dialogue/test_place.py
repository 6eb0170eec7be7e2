from pathlib import Path

import pytest

from agent.dialogue.llama.place import choose
from agent.engines.hardware import cores
from perception.types import UserError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "model.gguf"
    file.write_bytes(bytes(1000))
    return file


def test_the_reason_names_device_and_threads(file: Path) -> None:
    place = choose("cpu", 3, file, 0)
    assert (place.device, place.threads, place.accelerated) == ("cpu", 3, False)
    assert "3 threads" in place.reason
    assert choose("cpu", 0, file, 0).threads == cores() >= 1


def test_too_little_memory_is_said_with_figures(file: Path) -> None:
    with pytest.raises(UserError, match=r"needs 1000.\d GB of memory"):
        choose("cpu", 0, file, 10**12)


def test_a_gpu_that_llama_does_not_see(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent.dialogue.llama.place.find_accelerator", lambda: "")
    with pytest.raises(UserError, match="no graphics card"):
        choose("gpu", 0, file, 0)
    monkeypatch.setattr("agent.dialogue.llama.place.find_accelerator", lambda: "Some Card")
    assert choose("auto", 0, file, 10**15).accelerated
