"""What the catalogue says: the models, their files, and where each file can be had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

from agent.codes import AgentCode
from perception.types import UserError

Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Name = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
Size = Annotated[int, msgspec.Meta(gt=0)]


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file in a repository of the Hugging Face hub."""

    repo: str
    path: str
    revision: str = "main"


@dataclass(frozen=True, slots=True)
class Part:
    """A file inside a Python package: `member` of its wheel, which is `wheel` bytes long."""

    package: Name
    version: Name
    member: str
    wheel: Size
    size: Size
    sha256: Sha256


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model. The parts in `index`, joined in order, are the whole file.

    Where `about`, its size is rounded: what a source says is asked before it is fetched.
    """

    name: Name
    size: Size
    sha256: Sha256
    hub: HubFile | None = None
    index: tuple[Part, ...] = ()
    about: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is to know of a model that people can choose to fetch.

    `rank` orders them by how well they answer, `cores` is what a processor should have for it and
    `card` what a graphics card should have, in bytes; `context` is in tokens, `languages` a number.
    `sees` says that the model could look at pictures, `architecture` is llama.cpp's word.
    """

    rank: int
    cores: int
    card: Size
    context: Size
    languages: int
    sees: bool
    better_at: tuple[str, ...]
    architecture: Name


@dataclass(frozen=True, slots=True)
class Model:
    """One model of the catalogue.

    `memory` is what it takes while it runs, `machine` the least that a computer should have for
    it to be chosen, both in bytes.
    """

    id: Name
    title: str
    task: str
    licence: str
    publisher: str
    memory: Size
    machine: Size
    default: bool
    file: tuple[ModelFile, ...]
    offer: Offer | None = None

    @property
    def about(self) -> bool:
        """Whether the size of a file is rounded."""
        return any(file.about for file in self.file)

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(file.size for file in self.file)


@dataclass(frozen=True, slots=True)
class Catalog:
    """All models, in the order in which they are fetched."""

    model: tuple[Model, ...]

    def find(self, model_id: str) -> Model:
        """The model of that id; UserError when there is none."""
        for model in self.model:
            if model.id == model_id:
                return model
        raise UserError(AgentCode.MODEL_UNKNOWN, model=model_id)

    def fitting(self, memory: int) -> Catalog:
        """This catalogue with that dialogue model in its default set which suits a computer.

        The first that asks for no more than `memory` bytes, or else the smallest. What is only
        offered is never in it.
        """
        dialogue = [each for each in self.model if each.task == "dialogue" and not each.offer]
        smallest = sorted(dialogue, key=lambda model: model.machine)[:1]
        chosen = ([model for model in dialogue if model.machine <= memory] + smallest)[:1]
        return Catalog(
            tuple(
                replace(model, default=model in chosen) if model in dialogue else model
                for model in self.model
            )
        )

    def choose(self, ids: Sequence[str]) -> tuple[Model, ...]:
        """The models of those ids in catalogue order, or the default set where none is named."""
        if not ids:
            return tuple(model for model in self.model if model.default)
        named = {self.find(model_id).id for model_id in ids}
        return tuple(model for model in self.model if model.id in named)


@cache
def load(file: Path | None = None) -> Catalog:
    """The catalogue that ships with Candor, or another; ValueError where it contradicts itself."""
    here = Path(__file__).parent
    sources = (file,) if file else (here / "catalog.toml", here / "hub.toml")
    parts = [msgspec.toml.decode(source.read_bytes(), type=Catalog) for source in sources]
    catalog = Catalog(tuple(model for part in parts for model in part.model))
    for model in catalog.model:
        for entry in model.file:
            if entry.index and sum(part.size for part in entry.index) != entry.size:
                raise ValueError(f"the parts of {model.id}/{entry.name} do not add up")
    return catalog
