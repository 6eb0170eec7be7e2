"""The true sizes of files whose size the catalogue only knows rounded: a source is asked first."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from agent.codes import AgentCode
from agent.models.catalog import Model, ModelFile
from agent.models.disk import gigabytes
from agent.models.pieces import cut
from agent.models.sources import ModelSource, NoAnswer, NotHere
from agent.models.transfer import TransferProgress
from perception.types import UserError

_LEAST, _MOST = 0.6, 1.6
"""How far a size may be from the rounded one: another file must not fill the disk."""


def settled(
    models: Sequence[Model], rounded: Sequence[Model], sources: Sequence[ModelSource]
) -> Generator[TransferProgress, None, Sequence[Model]]:
    """The models, the `rounded` ones with their true sizes; UserError where no source can say."""
    found = []
    for model in models:
        found.append((yield from _model(model, sources)) if model in rounded else model)
    return found


def _model(
    model: Model, sources: Sequence[ModelSource]
) -> Generator[TransferProgress, None, Model]:
    files = []
    for file in model.file:
        files.append((yield from _settled(model, file, sources)) if file.about else file)
    return replace(model, file=tuple(files))


def _settled(
    model: Model, file: ModelFile, sources: Sequence[ModelSource]
) -> Generator[TransferProgress, None, ModelFile]:
    piece = cut(model, file)[0]
    reasons = []
    for source in sources:
        if not source.offers(piece):
            continue
        asking = source.size(piece)
        try:
            while True:
                next(asking)
                yield TransferProgress(0, model.size, model=model.id, stage="checking")
        except StopIteration as end:
            return _plausible(model, file, source.name, end.value)
        except (NotHere, NoAnswer) as error:
            reasons.append(f"{source.name}: {error}")
        finally:
            asking.close()
    why = "; ".join(reasons) or "no source that may be asked has it"
    raise UserError(AgentCode.MODEL_NOT_FETCHED, model=model.id, why=why)


def _plausible(model: Model, file: ModelFile, source: str, size: int) -> ModelFile:
    if not _LEAST * file.size <= size <= _MOST * file.size:
        raise UserError(
            AgentCode.SIZE_IS_WRONG,
            source=source,
            model=model.id,
            size=gigabytes(size),
            expected=gigabytes(file.size),
        )
    return replace(file, size=size, about=False)
