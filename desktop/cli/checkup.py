"""What `candor doctor` finds out: versions, hardware, the choice of model, models, devices."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from agent.engines.choice import Choice, choose
from agent.engines.hardware import Hardware, examine
from agent.memory.history import History
from agent.models.store import ModelStore, open_store
from agent.settings import config_folder, data_folder, load
from perception.leftovers import report_files
from perception.types import UserError
from safety.guard import known_rules
from safety.policy_in_force import policy_in_force

_PACKAGES = (
    *("torch", "transformers", "xllamacpp", "onnxruntime", "ctranslate2", "rapidocr"),
    *("hibari-tts", "opencv-python-headless", "PySide6_Essentials", "msgspec"),
)


@dataclass(frozen=True, slots=True)
class ModelState:
    """A model and what is wrong with it; nothing when `problem` is empty."""

    id: str
    default: bool
    problem: str


@dataclass(frozen=True, slots=True)
class Sound:
    """Names of the devices; `note` says why there are none, where that is known."""

    microphones: tuple[str, ...]
    speakers: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Checkup:
    """The whole account. `problems` stop Candor from answering; all else is for information.

    `reports` are files that an earlier version let onnxruntime keep for its vendor.
    """

    candor: str
    python: str
    packages: dict[str, str]
    hardware: Hardware
    choice: Choice | None
    models: tuple[ModelState, ...]
    folders: dict[str, str]
    free_disk: int
    sound: Sound
    cameras: tuple[str, ...]
    display: bool
    reports: tuple[str, ...]
    problems: tuple[str, ...]


def examine_all() -> Checkup:
    """Look at everything; loads no model and opens no device."""
    store = open_store()
    hardware = examine()
    problems: list[str] = []
    choice = _choice(hardware, store, problems)
    problems += _keeping(data_folder())
    problems += _policy(config_folder() / "policy.toml")
    models = _models(store)
    packages = {name: _version(name) for name in _PACKAGES}
    problems += [f"The package {name} is missing." for name, known in packages.items() if not known]
    needed = {model.id for model in models if model.default} | {choice.model if choice else ""}
    lacking = [model.id for model in models if model.problem and model.id in needed]
    if lacking:
        what = f"{len(lacking)} models are" if len(lacking) > 1 else "A model is"
        names = " ".join(lacking)
        problems.append(f"{what} missing or not whole. Run: candor models get {names}")
    return Checkup(
        candor=_version("candor-desktop"),
        python=f"{platform.python_version()} ({sys.executable})",
        packages=packages,
        hardware=hardware,
        choice=choice,
        models=models,
        folders={
            "models": str(store.folder),
            "data": str(data_folder()),
            "settings": str(config_folder()),
        },
        free_disk=_free(store.folder),
        sound=_sound(),
        cameras=_cameras(),
        display=sys.platform != "linux" or bool({"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ)),
        reports=tuple(str(file) for file in report_files()),
        problems=tuple(problems),
    )


def _keeping(data: Path) -> list[str]:
    """What keeps Candor from keeping what is said."""
    there = next(place for place in (data, *data.absolute().parents) if place.exists())
    if not (there.is_dir() and os.access(there, os.W_OK)):
        return [
            f"The data folder {data} cannot be written. "
            "Let your account write there, or choose another folder with CANDOR_HOME."
        ]
    if (data / "history.db").exists():
        try:
            history = History(data / "history.db")
            saved = history.take_saved()
            history.close()
            return [str(saved)] if saved else []
        except UserError as error:
            return [str(error)]
    return []


def _policy(own: Path) -> list[str]:
    """The files of the safety policy that are not used, and why."""
    found = policy_in_force(own if os.path.lexists(own) else None, known_rules())
    return [str(trouble) for trouble in found.troubles]


def _choice(hardware: Hardware, store: ModelStore, problems: list[str]) -> Choice | None:
    try:
        told: list[UserError] = []
        settings = load(config_folder() / "settings.toml", told.append)
        problems += [str(error) for error in told]
        return choose(hardware, settings, store)
    except UserError as error:
        problems.append(str(error))
        return None


def _models(store: ModelStore) -> tuple[ModelState, ...]:
    states = []
    for model in store.catalog.model:
        found = store.problems(model)
        states.append(ModelState(model.id, model.default, found[0].what if found else ""))
    return tuple(states)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _free(folder: Path) -> int:
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _sound() -> Sound:
    from perception.audio.devices.device import listing

    try:
        found = listing(in_use=False)
    except UserError as error:
        return Sound((), (), str(error))
    microphones = tuple(port.name for port in found.microphones)
    speakers = tuple(port.name for port in found.speakers)
    return Sound(microphones, speakers, "")


def _cameras() -> tuple[str, ...]:
    """On Linux the device files; elsewhere only opening one would tell, and lights its lamp."""
    return tuple(sorted(str(path) for path in Path("/dev").glob("video*")))
