"""Which dialogue model runs, in which engine and where, and why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from agent.dialogue import DialogueEngine, Fit, Wanted
from agent.engines.hardware import Hardware
from agent.engines.registry import dialogue_engines, named
from agent.models.catalog import Model
from agent.models.store import Store
from agent.settings import Settings
from perception.types import UserError


@dataclass(frozen=True, slots=True)
class Choice:
    """What to load. `model` is an id of the catalogue, a path, or a name on the hub or server.

    `engine` is the name of one; `device` is cpu, cuda, auto (the engine's own choice) or server.
    `server` is the address that everything said is sent to, empty where nothing leaves this
    computer. `reason` is for the user.
    """

    model: str
    engine: str
    device: str
    threads: int
    reason: str
    server: str = ""


def choose(hardware: Hardware, settings: Settings, store: Store) -> Choice:
    """The choice for this computer; what the user has set goes first.

    A server is used only where its engine was chosen by name. UserError where a setting names an
    engine or a model that does not exist. Whether the model is there shows when it is loaded.
    """
    threads = settings.threads or hardware.cores
    chosen = settings.dialogue_engine
    engines = (named(dialogue_engines(), chosen),) if chosen else dialogue_engines()
    if chosen and engines[0].needs_server:
        model, why, size = settings.dialogue_model, "", 0
    else:
        model, why = _model(hardware, settings, store)
        size = _size(model, store)
    wanted = Wanted(model, size, threads, settings.dialogue_server, bool(chosen))
    engine, fit = _best(hardware, wanted, engines)
    server = settings.dialogue_server if engine.needs_server else ""
    return Choice(model, engine.name, fit.device, threads, f"{why} {fit.reason}".strip(), server)


def _best(
    hardware: Hardware, wanted: Wanted, engines: tuple[DialogueEngine, ...]
) -> tuple[DialogueEngine, Fit]:
    fits = [(engine, fit) for engine in engines if (fit := engine.fits(hardware, wanted))]
    if not fits:
        raise UserError(
            f"No engine can run the model {wanted.model}.", "Choose another model in the settings."
        )
    return max(fits, key=lambda found: found[1].rank)


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


def _size(model: str, store: Store) -> int:
    """The bytes of a GGUF file; 0 for a model of another kind."""
    for entry in store.catalog.model:
        if entry.id == model:
            return entry.size
    path = Path(model).expanduser()
    return path.stat().st_size if path.suffix == ".gguf" and path.is_file() else 0
