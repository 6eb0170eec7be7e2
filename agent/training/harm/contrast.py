"""Fills the templates beside it: pairs that look alike and are not."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from agent.training.harm.data import Known, LabelledText, labelled

_FOLDER = Path(__file__).parent
_SLOT = re.compile(r"\{(\w+)\}")
_DEV = 8
"""One template or phrase in so many is kept to check with, with all its fillings."""

Slots = Mapping[str, Sequence[str]]


class TemplateSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Templates that share their labels, or one label that they certainly have."""

    templates: tuple[str, ...]
    name: str = ""
    label: str = ""
    labels: Mapping[str, float] = {}


class Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one may ask for, and its category; an empty label is harmless."""

    label: str
    phrases: tuple[str, ...]


class Templates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole file. `phrases` are verb phrases, `texts` are things to be written."""

    slots: Slots = {}
    frames: Slots = {}
    set: tuple[TemplateSet, ...] = ()
    phrases: tuple[Phrases, ...] = ()
    texts: tuple[Phrases, ...] = ()


def read_templates(name: str) -> Templates:
    """One of the files of templates."""
    return msgspec.toml.decode((_FOLDER / name).read_bytes(), type=Templates)


def contrasts(most: int = 16, seed: int = 0) -> Iterator[LabelledText]:
    """English examples: at most `most` fillings of each template, all in the same part."""
    first = read_templates("contrast.toml")
    draw = random.Random(seed)
    yield from _sets(first, first.slots, most, draw)
    slots = first.slots
    for name in ("crisis.toml", "requests.toml", "standalone.toml"):
        more = read_templates(name)
        slots = {**slots, **more.slots}
        yield from _sets(more, slots, most // 2, draw)
        yield from _requests(more, slots, most // 2, draw)


def chinese(most: int = 8, seed: int = 0) -> Iterator[LabelledText]:
    """Chinese examples, in the same way."""
    read = read_templates("requests_zh.toml")
    draw = random.Random(seed)
    yield from _sets(read, read.slots, most, draw)
    yield from _requests(read, read.slots, most, draw)


def _sets(read: Templates, slots: Slots, most: int, draw: random.Random) -> Iterator[LabelledText]:
    for group in read.set:
        labels: Known = {group.label: 0.97} if group.label else group.labels
        unsure: Known = {}
        if "profanity" in labels or "hate" in labels:
            unsure = {"hate": None, "harmful": None}
        if group.label == "crisis" or "crisis" in labels:
            # Who speaks of their own need asks for no harm, though the words are the same.
            unsure = {"self_harm": 0.1, "harmful": 0.1}
        if group.label == "self_harm":
            unsure = {"crisis": None}
        if "injection" in labels:
            unsure = {"harmful": None}
        name = group.name or f"contrast_{group.label or 'words'}"
        for template in group.templates:
            texts = sorted(_filled(template, slots, most, draw))
            # A sentence without slots counts twice, the second time as people type in a hurry.
            hasty = [text.lower().rstrip("?.!。？！") for text in texts if len(texts) == 1]
            for text in (*texts, *hasty):
                yield labelled(text, name, {**unsure, **labels}, _part(template))


def _requests(
    read: Templates, slots: Slots, most: int, draw: random.Random
) -> Iterator[LabelledText]:
    for kind, ask, about in (("phrases", "ask", "about"), ("texts", "write", "about_text")):
        groups: tuple[Phrases, ...] = getattr(read, kind)
        if not groups:
            continue
        asked, told = read.frames[ask], read.frames[about]
        for group in groups:
            for phrase in group.phrases:
                part = _part(phrase)
                if not group.label:
                    for text in _framed(phrase, asked, slots, most // 2, draw):
                        yield labelled(text, "request_harmless", {}, part)
                    continue
                known: Known = {
                    group.label: 0.97,
                    "crisis": None if group.label == "self_harm" else 0.0,
                }
                more = (*asked, *read.frames["harmful"]) if ask == "ask" else asked
                for text in _framed(phrase, more, slots, most, draw):
                    yield labelled(text, f"request_{group.label}", known, part)
                for text in _framed(phrase, told, slots, most // 2, draw):
                    yield labelled(text, "request_about", {group.label: 0.05}, part)


def _framed(
    phrase: str, frames: Sequence[str], slots: Slots, most: int, draw: random.Random
) -> list[str]:
    chosen = draw.sample(list(frames), min(most, len(frames)))
    texts = (frame.replace("{x}", phrase) for frame in chosen)
    return sorted({next(iter(_filled(text, slots, 1, draw))) for text in texts})


def _filled(template: str, slots: Slots, most: int, draw: random.Random) -> set[str]:
    texts = set[str]()
    for _ in range(most * 2):
        texts.add(_once(template, slots, draw))
        if len(texts) >= most or not _SLOT.search(template):
            break
    return texts


def _once(template: str, slots: Slots, draw: random.Random) -> str:
    """Slots may hold slots."""
    while _SLOT.search(template):
        template = _SLOT.sub(lambda match: draw.choice(list(slots[match[1]])), template)
    return template


def _part(group: str) -> str:
    return "dev" if hashlib.sha256(group.encode()).digest()[0] % _DEV == 0 else "train"
