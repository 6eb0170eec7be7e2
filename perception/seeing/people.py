"""Faces and bodies joined, so that nobody is counted twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perception.seeing.boxes import inside, overlap
from perception.types import Item

BODY = "person"
MOSTLY_IN = 0.6
ALIKE = frozenset(
    {
        frozenset({"cat", "dog", "cattle"}),
        frozenset({"mug", "coffee cup"}),
        frozenset({"car", "vehicle"}),
        frozenset({"boot", "footwear", "high heels"}),
        frozenset({"desk", "table"}),
        frozenset({"bicycle", "stationary bicycle"}),
        frozenset({"laptop", "computer monitor"}),
    }
)
"""Classes that are one thing where their boxes lie over each other."""

SAME_PLACE = 0.5
NESTED = 0.8


def people(faces: Sequence[Item], objects: Sequence[Item]) -> tuple[Item, ...]:
    """One item a person: a face with the body it belongs to, a face alone, a body alone.

    A body with several faces in it is a group that was taken for one, and gives way to them.
    """
    bodies = [item for item in objects if item.label == BODY]
    owners = [_owner(face, bodies) for face in faces]
    found: list[Item] = []
    for face, owner in zip(faces, owners, strict=True):
        alone = owner is None or owners.count(owner) > 1
        found.append(_person(face, None if alone or owner is None else bodies[owner]))
    found += [body for index, body in enumerate(bodies) if index not in owners]
    return tuple(sorted(found, key=lambda item: item.box.left))


def things(objects: Sequence[Item]) -> tuple[Item, ...]:
    """Objects that are not people, each once, from left to right."""
    kept: list[Item] = []
    for item in sorted(objects, key=lambda item: -item.confidence):
        if item.label != BODY and not any(_same(item, other) for other in kept):
            kept.append(item)
    return tuple(sorted(kept, key=lambda item: item.box.left))


def _owner(face: Item, bodies: Sequence[Item]) -> int | None:
    """The body that holds a face best, or None."""
    holding = [(inside(face.box, body.box), -index) for index, body in enumerate(bodies)]
    share, index = max(holding, default=(0.0, 0))
    return -index if share >= MOSTLY_IN else None


def _person(face: Item, body: Item | None) -> Item:
    if body is None:
        return replace(face, label=BODY)
    # Two recognisers that agree are surer than either.
    confidence = 1 - (1 - face.confidence) * (1 - body.confidence)
    return Item(BODY, body.box, confidence, f"{face.source}, {body.source}")


def _same(item: Item, other: Item) -> bool:
    """Whether two boxes are one thing: of a kind, and over or in each other."""
    if item.label != other.label and not any({item.label, other.label} <= kin for kin in ALIKE):
        return False
    return (
        overlap(item.box, other.box) > SAME_PLACE
        or max(inside(item.box, other.box), inside(other.box, item.box)) > NESTED
    )
