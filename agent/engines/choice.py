"""Which dialogue model runs, in which engine and where, and why."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from agent.engines.hardware import Hardware, examine
from agent.models.catalog import Model
from agent.models.store import Store
from agent.settings import Settings, config_folder
from perception.types import UserError

__all__ = ["Choice", "Hardware", "choose", "examine"]

ENGINES = ("gguf", "local", "remote")
_UNPACKED = 3.3
"""Bytes of the bf16 weights for one byte of a Q4_K_M file (3.6 GB for 1.12 GB)."""
_ROOM = 1.2e9
"""Bytes on the graphics card beside the weights: cache, CUDA graphs, the context of CUDA."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What to load. `model` is an id of the catalogue, a path, or a name on the hub or server.

    `engine` is gguf, local or remote; `device` is cpu, cuda, auto (llama.cpp's own choice, on a
    Mac) or server. `reason` is for the user. `server` is the address of the server that answers;
    empty where this computer does.
    """

    model: str
    engine: str
    device: str
    threads: int
    reason: str
    server: str = ""


def choose(hardware: Hardware, settings: Settings, store: Store) -> Choice:
    """The choice for this computer; what the user has set goes first.

    A server answers only where the engine remote is named: a kept address alone sends nothing.
    UserError where a setting names an engine or a model that does not exist. Whether the model is
    there shows when it is loaded.
    """
    threads = settings.threads or hardware.cores
    if settings.dialogue_engine not in ("", *ENGINES):
        raise UserError(
            f"There is no dialogue engine called {settings.dialogue_engine}.",
            f"Use one of {', '.join(ENGINES)}, or leave the setting empty.",
        )
    if settings.dialogue_engine == "remote":
        return _remote(settings, threads)
    model, why_model = _model(hardware, settings, store)
    engine, device, why_engine = _engine(hardware, settings, store, model, threads)
    return Choice(model, engine, device, threads, f"{why_model} {why_engine}")


def _remote(settings: Settings, threads: int) -> Choice:
    if not settings.dialogue_server:
        raise UserError(
            "The engine remote needs a server.",
            "Give its address in the settings, or write a line in "
            f'{config_folder() / "settings.toml"}: dialogue_server = "http://localhost:8000/v1"',
        )
    server = settings.dialogue_server
    reason = f"You chose the server {server}: what you say is sent there."
    return Choice(settings.dialogue_model, "remote", "server", threads, reason, server)


def _model(hardware: Hardware, settings: Settings, store: Store) -> tuple[str, str]:
    named = settings.dialogue_model
    dialogue = [model for model in store.catalog.model if model.task == "dialogue"]
    if named:
        if named.endswith(".gguf") and not Path(named).expanduser().is_file():
            raise UserError(f"There is no file {named}.", "Name a GGUF file that exists.")
        if any(model.id == named for model in dialogue) or "/" in named or Path(named).exists():
            return named, f"You chose the model {named}."
        raise UserError(
            f"There is no dialogue model called {named}.",
            f"Use one of {', '.join(model.id for model in dialogue)}, a file, a folder, or a name "
            "on the hub (OWNER/NAME).",
        )
    fitting = store.catalog.fitting(hardware.memory)
    chosen = next(m for m in fitting.model if m.default and m.task == "dialogue")
    return chosen.id, _why(chosen, dialogue[0], hardware.memory)


def _why(model: Model, best: Model, memory: int) -> str:
    here = f"this computer has {memory / 1e9:.1f} GB of memory"
    if model.id == best.id:
        return f"{model.title}: {here}, and {model.machine / 1e9:.0f} GB are enough for it."
    if model.machine > memory:
        return f"{model.title}: the smallest there is, because {here}."
    return f"{model.title}: {here}, and {best.title} needs {best.machine / 1e9:.0f} GB."


def _engine(
    hardware: Hardware, settings: Settings, store: Store, model: str, threads: int
) -> tuple[str, str, str]:
    cpu = f"on the CPU with {threads} {'thread' if threads == 1 else 'threads'}"
    size = _size(model, store)
    on_gpu, why_gpu = _gpu(hardware, size)
    if settings.dialogue_engine == "local" or (not settings.dialogue_engine and not size):
        why = "You chose transformers" if settings.dialogue_engine else "Not a GGUF file"
        where = f"on {why_gpu}" if on_gpu else f"{cpu}: {why_gpu}"
        return "local", "cuda" if on_gpu else "cpu", f"{why}; it runs {where}."
    if not settings.dialogue_engine and on_gpu:
        return "local", "cuda", f"Transformers on {why_gpu}."
    why = "you chose it" if settings.dialogue_engine else why_gpu
    if sys.platform == "darwin":
        return "gguf", "auto", f"llama.cpp, {why}; it takes the graphics card where it can."
    return "gguf", "cpu", f"llama.cpp {cpu}: {why}."


def _size(model: str, store: Store) -> int:
    """The bytes of a GGUF file; 0 for a model of another kind."""
    for entry in store.catalog.model:
        if entry.id == model:
            return entry.size
    path = Path(model).expanduser()
    return path.stat().st_size if path.suffix == ".gguf" and path.is_file() else 0


def _gpu(hardware: Hardware, size: int) -> tuple[bool, str]:
    """Whether the engine local can use the graphics card, and its name or why not."""
    gpu = hardware.gpu
    if gpu is None:
        return False, "no NVIDIA graphics card was found"
    if not hardware.torch_cuda:
        return False, f"the installed torch cannot use the {gpu.name} (it is a CPU build)"
    needed = size * _UNPACKED + _ROOM
    if gpu.free < needed:
        free = f"{gpu.free / 1e9:.1f} GB"
        return False, f"the {gpu.name} has {free} of memory free, {needed / 1e9:.1f} GB are needed"
    return True, f"the {gpu.name}"
