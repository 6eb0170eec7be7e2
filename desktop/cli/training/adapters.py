"""What `candor train` does with adapters that are there: list, switch, go back, export, delete."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.training.report import Report
from desktop.codes import DesktopCode
from desktop.processes import training_events as events
from perception.messages import Notice, notice
from perception.types import UserError

if TYPE_CHECKING:
    from agent.adapters.store import About, Adapters


_SMALL = 600_000_000
"""Bytes of a model's files up to which all weights may be offered to learn."""


class Worse(UserError):
    """The adapter is worse than its base; only the user's own word switches it on."""


def adapters() -> Adapters:
    """The user's adapters."""
    from agent.adapters.store import Adapters
    from agent.prompting import prompt
    from agent.settings import data_folder

    return Adapters(data_folder() / "adapters", prompt.VERSION)


def base(model: str) -> tuple[str, Path]:
    """The base's name as the settings know it, and where it lies."""
    from agent.engines.choice import choose
    from agent.engines.hardware import examine
    from agent.models.store import open_store
    from agent.settings import config_folder, load

    store = open_store()
    known = {entry.id for entry in store.catalog.model}
    if not model:
        model = choose(examine(), load(config_folder() / "settings.toml"), store).model
    return model, store.path(model) if model in known else Path(model).expanduser()


def listing(args: argparse.Namespace, report: Report) -> int:
    """The adapters, and which is on."""
    from agent.settings import data_folder

    known = adapters()
    found = [*known.ours(), *known.all()]
    on = {adapter.about.base: known.name_on(adapter.about.base) for adapter in found}
    names = {adapter.name for adapter in found}
    work = data_folder() / "training"
    begun = sorted(file.parent.name for file in work.glob("*/job.json")) if work.is_dir() else []
    open_ = [name for name in begun if name not in names]
    report.listed(found, on, open_, _bases() if args.json else ())
    return 0


def _bases() -> list[events.Base]:
    """The installed models that can be trained, first the one that the settings choose."""
    from agent.models.store import open_store

    store = open_store()
    found = [
        events.Base(model.id, model.title, model.size < _SMALL)
        for model in store.catalog.model
        if model.task == "dialogue" and not store.problems(model)
    ]
    try:
        chosen, place = base("")
    except UserError:
        return found
    if chosen and chosen not in {each.id for each in found} and place.exists():
        found.append(events.Base(chosen, place.name, _weight(place) < _SMALL))
    return sorted(found, key=lambda each: each.id != chosen)


def _weight(place: Path) -> int:
    files = [place] if place.is_file() else place.glob("*.safetensors")
    return sum(file.stat().st_size for file in files)


def evaluate(args: argparse.Namespace, report: Report) -> int:
    """Compare an adapter with its base again."""
    from agent.adapters.store import OURS
    from agent.settings import data_folder
    from agent.training.chat.run import again, kept

    known = adapters()
    adapter = known.named(args.name, base("")[0] if args.name == OURS else "")
    if adapter.problem:
        raise UserError(DesktopCode.NAMED_ADAPTER_UNUSABLE, name=args.name, problem=adapter.problem)
    dev = kept(data_folder() / "training" / args.name / "dev.jsonl")
    about = again(adapter, base(adapter.about.base)[1], dev, args.device)
    known.note(adapter, about.measured)
    report.made(about)
    return 1 if about.worse() else 0


def switch(args: argparse.Namespace, report: Report) -> int:
    """Use an adapter."""
    from agent.adapters.store import BASE, OURS, identity

    known = adapters()
    if args.name in (OURS, BASE):
        name = base(args.model)[0]
        known.switch_to(args.name, name)
        report.done(_with(known.name_on(name), name))
        return 0
    about = known.find(args.name).about
    try:
        known.switch(args.name, identity(base(about.base)[1]), args.anyway)
    except UserError as error:
        if about.worse() and not args.anyway:
            raise Worse.of(error.notice) from error
        raise
    report.done(notice(DesktopCode.ADAPTER_SWITCHED_ON, name=args.name, base=about.base))
    return 0


def back(args: argparse.Namespace, report: Report) -> int:
    """Use what was on before."""
    name = base(args.model)[0]
    report.done(_with(adapters().back(name), name))
    return 0


def _with(name: str, model: str) -> Notice:
    from agent.adapters.store import OURS

    if not name:
        return notice(DesktopCode.ANSWERS_WITHOUT_ADAPTER, model=model)
    if name == OURS:
        return notice(DesktopCode.ANSWERS_WITH_OWN_ADAPTER, model=model)
    return notice(DesktopCode.ANSWERS_WITH_ADAPTER, model=model, name=name)


def take_in(args: argparse.Namespace, report: Report) -> int:
    """Take over an adapter that was exported elsewhere."""
    from agent.adapters.importing import take_in as add
    from agent.adapters.store import identity

    made = add(args.source, adapters(), args.name, lambda name: identity(base(name)[1]))
    report.done(notice(DesktopCode.ADAPTER_IMPORTED, made=made.name))
    return 0


def delete(args: argparse.Namespace, report: Report) -> int:
    """Delete an adapter, and what its training left."""
    from agent.settings import data_folder

    adapters().delete(args.name)
    shutil.rmtree(data_folder() / "training" / args.name, ignore_errors=True)
    report.done(notice(DesktopCode.ADAPTER_DELETED, name=args.name))
    return 0


def export(args: argparse.Namespace, report: Report) -> int:
    """Copy an adapter to a folder, or into the program."""
    source = _source(args.name)
    if args.shipped:
        from agent.adapters.shipping import ship

        placed = ship(*source)
        on = "on until the user says no" if placed.about.passed() else "off until it passed"
        report.done(notice(DesktopCode.OWN_ADAPTER_PLACED, folder=placed.folder, on=on))
        return 0
    if args.folder is None:
        raise UserError(DesktopCode.EXPORT_WHERE)
    if args.folder.exists():
        raise UserError(DesktopCode.EXPORT_FOLDER_EXISTS, folder=args.folder)
    try:
        shutil.copytree(source[0], args.folder)
    except OSError as error:
        raise UserError(
            DesktopCode.ADAPTER_NOT_EXPORTED, folder=args.folder, reason=error
        ) from error
    report.done(
        notice(
            DesktopCode.ADAPTER_FILES,
            folder=args.folder,
            f=", ".join(sorted(f.name for f in args.folder.iterdir())),
        )
    )
    return 0


def _source(name: str) -> tuple[Path, About]:
    """An adapter's folder and account; or those of a run of `candor train ours` in its folder."""
    from agent.models.store import open_store
    from agent.settings import data_folder

    work = data_folder() / "training" / name
    known = adapters()
    if (work / "job.json").is_file() and name not in {each.name for each in known.all()}:
        from agent.adapters.shipping import from_run

        place = Path(json.loads((work / "job.json").read_bytes())["base"])
        store = open_store()
        ids = (model.id for model in store.catalog.model if model.task == "dialogue")
        return from_run(work, next((i for i in ids if store.path(i) == place), str(place)), name)
    adapter = known.find(name)
    if adapter.problem:
        raise UserError(DesktopCode.NAMED_ADAPTER_UNUSABLE, name=name, problem=adapter.problem)
    return adapter.folder, adapter.about
