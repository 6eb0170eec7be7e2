"""Which dialogue model runs, in which engine and where, and why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from agent.codes import AgentCode
from agent.dialogue import DialogueEngine, Fit, Wanted
from agent.engines.hardware import Hardware
from agent.engines.registry import dialogue_engines, named
from agent.models.catalog import Model
from agent.models.store import ModelStore
from agent.settings import Settings
from perception.messages import Notice, notice
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
    reason: Notice | None
    server: str = ""


def choose(hardware: Hardware, settings: Settings, store: ModelStore) -> Choice:
    """The choice for this computer; what the user has set goes first.

    A server is used only where its engine was chosen by name. UserError where a setting names an
    engine or a model that does not exist. Whether the model is there shows when it is loaded.
    """
    threads = settings.threads or hardware.cores
    chosen = settings.dialogue_engine
    engines = (named(dialogue_engines(), chosen),) if chosen else dialogue_engines()
    if chosen and engines[0].needs_server:
        model, why, size = settings.dialogue_model, None, 0
    else:
        model, why = _model(hardware, settings, store)
        size = _size(model, store)
    offered = any(each.id == model and each.offer for each in store.catalog.model)
    wanted = Wanted(model, size, threads, settings.dialogue_server, bool(chosen), offered)
    engine, fit = _best(hardware, wanted, engines)
    server = settings.dialogue_server if engine.needs_server else ""
    reason = notice(AgentCode.TWO_REASONS, why=why, reason=fit.reason) if why else fit.reason
    return Choice(model, engine.name, fit.device, threads, reason, server)


def chosen_server(settings: Settings) -> str:
    """The server that answers by these settings; empty where this computer does."""
    engine = settings.dialogue_engine
    needs = engine and any(each.name == engine and each.needs_server for each in dialogue_engines())
    return settings.dialogue_server if needs else ""


def _best(
    hardware: Hardware, wanted: Wanted, engines: tuple[DialogueEngine, ...]
) -> tuple[DialogueEngine, Fit]:
    fits = [(engine, fit) for engine in engines if (fit := engine.fits(hardware, wanted))]
    if not fits:
        raise UserError(AgentCode.NO_ENGINE_FOR_MODEL, model=wanted.model)
    return max(fits, key=lambda found: found[1].rank)


def _model(hardware: Hardware, settings: Settings, store: ModelStore) -> tuple[str, Notice]:
    named = settings.dialogue_model
    dialogue = [model for model in store.catalog.model if model.task == "dialogue"]
    if named:
        if named.endswith(".gguf") and not Path(named).expanduser().is_file():
            raise UserError(AgentCode.DIALOGUE_FILE_MISSING, named=named)
        if any(model.id == named for model in dialogue) or "/" in named or Path(named).exists():
            return named, notice(AgentCode.MODEL_CHOSEN, named=named)
        raise UserError(
            AgentCode.DIALOGUE_MODEL_UNKNOWN,
            named=named,
            model=", ".join(model.id for model in dialogue),
        )
    fitting = store.catalog.fitting(hardware.memory)
    chosen = next(m for m in fitting.model if m.default and m.task == "dialogue")
    return chosen.id, _why(chosen, dialogue[0], hardware.memory)


def _why(model: Model, best: Model, memory: int) -> Notice:
    title, has = model.title, f"{memory / 1e9:.1f}"
    if model.id == best.id:
        return notice(
            AgentCode.BEST_MODEL_FITS,
            title=title,
            has=has,
            model=f"{model.machine / 1000000000.0:.0f}",
        )
    if model.machine > memory:
        return notice(AgentCode.SMALLEST_MODEL, title=title, has=has)
    return notice(
        AgentCode.MODEL_FOR_MEMORY,
        title=title,
        has=has,
        title_2=best.title,
        best=f"{best.machine / 1000000000.0:.0f}",
    )


def _size(model: str, store: ModelStore) -> int:
    """The bytes of a GGUF file; 0 for a model of another kind."""
    for entry in store.catalog.model:
        if entry.id == model:
            return entry.size
    path = Path(model).expanduser()
    return path.stat().st_size if path.suffix == ".gguf" and path.is_file() else 0
