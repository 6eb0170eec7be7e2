"""Where llama.cpp runs, and why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from agent.codes import AgentCode
from agent.dialogue.llama.library import library
from agent.engines.hardware import cores
from perception.types import UserError

_OTHER_BYTES = 200 * 1024 * 1024
"""Compute buffers and the program itself, beside weights and cache."""


@dataclass(frozen=True, slots=True)
class Place:
    """A device with its threads; `reason` is a sentence for the user."""

    device: str
    threads: int
    accelerated: bool
    reason: str


def choose(device: str, threads: int, file: Path, cache_bytes: int) -> Place:
    """The place for the model in `file`. `device` is auto, cpu or gpu; 0 threads is one a core.

    UserError where it asks for a GPU that llama.cpp does not see, or memory is too short.
    """
    threads = threads or cores()
    name = "" if device == "cpu" else find_accelerator()
    if device not in ("cpu", "auto") and not name:
        raise UserError(AgentCode.LLAMA_SEES_NO_GPU)
    if name:
        return Place("gpu", threads, True, f"llama.cpp on {name}.")
    _check_memory(file, file.stat().st_size + cache_bytes + _OTHER_BYTES)
    why = "as asked" if device == "cpu" else "llama.cpp sees no graphics card"
    return Place("cpu", threads, False, f"llama.cpp on the CPU with {threads} threads: {why}.")


def find_accelerator() -> str:
    """The name of the device beside the processor that llama.cpp would use; empty for none."""
    xllamacpp = library()

    cpu = xllamacpp.ggml_backend_dev_type.GGML_BACKEND_DEVICE_TYPE_CPU
    others = [item for item in xllamacpp.get_device_info() if item["type"] != cpu]
    return str(others[0]["description"]) if others else ""


def _check_memory(file: Path, needed: int) -> None:
    free = psutil.virtual_memory().available
    if needed > free:
        raise UserError(
            AgentCode.NOT_ENOUGH_MEMORY,
            file=file.name,
            needed=f"{needed / 1000000000.0:.1f}",
            free=f"{free / 1000000000.0:.1f}",
        )
