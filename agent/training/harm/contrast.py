"""Fills the templates of contrast.toml: pairs that look alike and are not."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from agent.training.harm.data import LabelledText, labelled

_FILE = Path(__file__).with_name("contrast.toml")
_SLOT = re.compile(r"\{(\w+)\}")


class TemplateSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Templates that share their labels."""

    name: str
    templates: tuple[str, ...]
    labels: Mapping[str, float] = {}


class Templates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    slots: Mapping[str, tuple[str, ...]]
    set: tuple[TemplateSet, ...]


def contrasts(most: int = 16, seed: int = 0, file: Path = _FILE) -> Iterator[LabelledText]:
    """At most `most` fillings of each template; all fillings of one are in the same part."""
    templates = msgspec.toml.decode(file.read_bytes(), type=Templates)
    draw = random.Random(seed)
    for group in templates.set:
        unsure = {"hate": None} if "toxic" in group.labels and "hate" not in group.labels else {}
        for template in group.templates:
            digest = hashlib.sha256(template.encode()).digest()
            part = "dev" if digest[0] % 8 == 0 else "train"
            for text in sorted(_filled(template, templates.slots, most, draw)):
                yield labelled(text, group.name, {**group.labels, **unsure}, part)


def _filled(
    template: str, slots: Mapping[str, tuple[str, ...]], most: int, draw: random.Random
) -> set[str]:
    names = _SLOT.findall(template)
    if not names:
        return {template}
    texts = set[str]()
    for _ in range(most * 2):
        chosen = {name: draw.choice(slots[name]) for name in names}
        texts.add(_SLOT.sub(lambda match, chosen=chosen: chosen[match[1]], template))  # type: ignore[misc]
        if len(texts) >= most:
            break
    return texts
