"""The choice of model, engine and device, with its reason."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from agent.engines.choice import Choice, choose
from agent.engines.hardware import (
    Gpu,
    Hardware,
    cores,
    examine,
    find_gpu,
    memory_limit,
)
from agent.models.catalog import load
from agent.models.store import ModelStore
from agent.settings import Settings
from perception.types import UserError

GB = 1_000_000_000
H100 = Gpu("NVIDIA H100", 80 * GB, 79 * GB)
PLAIN_ENGINE = ("gguf", "auto") if sys.platform == "darwin" else ("gguf", "cpu")


def machine(memory: int = 16 * GB, gpu: Gpu | None = None, cuda: str = "") -> Hardware:
    return Hardware("Linux", "a processor", 4, memory, memory // 2, gpu, cuda)


def chosen(hardware: Hardware, settings: Settings | None = None) -> Choice:
    return choose(hardware, settings or Settings(), ModelStore(Path("nowhere"), load()))


def test_a_plain_computer() -> None:
    choice = chosen(machine())
    assert choice.model == "qwen2.5-coder-1.5b-instruct"
    assert (choice.engine, choice.device) == PLAIN_ENGINE
    assert choice.threads == 4
    assert "16.0 GB of memory" in str(choice.reason)
    assert "no NVIDIA graphics card was found" in str(choice.reason)


def test_a_small_computer() -> None:
    choice = chosen(machine(memory=4 * GB))
    assert choice.model == "smollm2-135m-instruct"
    assert "Q4_K_M needs 6 GB" in str(choice.reason)


def test_a_tiny_computer_still_gets_one() -> None:
    choice = chosen(machine(memory=GB // 2))
    assert choice.model == "smollm2-135m-instruct"
    assert "the smallest there is" in str(choice.reason)


def test_a_graphics_card() -> None:
    choice = chosen(machine(gpu=H100, cuda="13.0"))
    assert (choice.engine, choice.device) == ("local", "cuda")
    assert "NVIDIA H100" in str(choice.reason)


def test_a_graphics_card_that_torch_cannot_use() -> None:
    choice = chosen(machine(gpu=H100))
    assert (choice.engine, choice.device) == PLAIN_ENGINE
    assert "it is a CPU build" in str(choice.reason)


def test_a_graphics_card_that_is_full() -> None:
    choice = chosen(machine(gpu=Gpu("NVIDIA T400", 4 * GB, 2 * GB), cuda="13.0"))
    assert choice.engine == "gguf"
    assert "has 2.0 GB of memory free, 4.9 GB are needed" in str(choice.reason)


def test_what_the_user_set_goes_first() -> None:
    settings = Settings(dialogue_model="smollm2-135m-instruct", dialogue_engine="gguf", threads=1)
    choice = chosen(machine(gpu=H100, cuda="13.0"), settings)
    assert (choice.model, choice.engine, choice.threads) == ("smollm2-135m-instruct", "gguf", 1)
    assert "You chose the model" in str(choice.reason)


def test_local_without_a_card_runs_on_the_cpu() -> None:
    choice = chosen(machine(), Settings(dialogue_engine="local"))
    assert (choice.engine, choice.device) == ("local", "cpu")
    assert "with 4 threads" in str(choice.reason)


def test_a_file_of_the_users_own(tmp_path: Path) -> None:
    file = tmp_path / "mine.gguf"
    file.write_bytes(b"GGUF")
    assert chosen(machine(), Settings(dialogue_model=str(file))).engine == "gguf"


@pytest.mark.parametrize("name", ["HuggingFaceTB/SmolLM2-360M-Instruct", "folder"])
def test_other_models_run_in_transformers(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    assert chosen(machine(), Settings(dialogue_model=name)).engine == "local"


def test_a_server() -> None:
    address = "http://10.0.0.2:8000/v1"
    settings = Settings(dialogue_engine="remote", dialogue_server=address, dialogue_model="big")
    choice = chosen(machine(), settings)
    assert (choice.model, choice.engine, choice.device) == ("big", "remote", "server")
    assert choice.server == address
    assert "is sent there" in str(choice.reason)


@pytest.mark.parametrize("engine", ["", "gguf", "local"])
def test_an_address_alone_sends_nothing_away(engine: str) -> None:
    settings = Settings(dialogue_engine=engine, dialogue_server="http://10.0.0.2:8000/v1")
    choice = chosen(machine(), settings)
    assert choice.engine != "remote"
    assert choice.server == ""


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (Settings(dialogue_engine="magic"), "no engine called magic"),
        (Settings(dialogue_engine="remote"), "needs a server"),
        (Settings(dialogue_model="./gone.gguf"), "There is no file ./gone.gguf"),
        (Settings(dialogue_model="whisper-base"), "no dialogue model called whisper-base"),
    ],
)
def test_settings_that_cannot_be(settings: Settings, message: str) -> None:
    with pytest.raises(UserError, match=message):
        chosen(machine(), settings)


def test_the_limits_of_a_container(tmp_path: Path) -> None:
    (tmp_path / "cpu.max").write_text("150000 100000\n")
    (tmp_path / "memory.max").write_text("2000000000\n")
    assert cores(8, tmp_path) <= 2
    assert memory_limit(tmp_path) == 2 * GB
    (tmp_path / "memory.max").write_text("max\n")
    assert memory_limit(tmp_path) == 0
    assert cores(1, tmp_path / "none") == 1


def test_this_computer() -> None:
    hardware = examine()
    assert 1 <= hardware.cores <= (os.cpu_count() or 1)
    assert 0 < hardware.free <= hardware.memory


def test_reads_the_drivers_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "NVIDIA A, one, 100, 10\nNVIDIA B, 200, 20\n"

    def run(command: list[str], **settings: object) -> subprocess.CompletedProcess[str]:
        if not said:
            raise subprocess.CalledProcessError(9, command)
        return subprocess.CompletedProcess(command, 0, said, "")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    assert find_gpu() == Gpu("NVIDIA B", 200 * 1024**2, 20 * 1024**2)
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    assert find_gpu() is None
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES")
    said = ""
    assert find_gpu() is None
