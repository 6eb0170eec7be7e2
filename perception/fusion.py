"""What was heard, seen, read and sensed, as the numbered evidence of a turn."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median

from perception.hedges import (
    counted,
    listed,
    place,
    sureness,
    tokens,
)
from perception.seeing.boxes import joined
from perception.types import (
    Box,
    Evidence,
    Item,
    Reading,
    Scene,
    Sensed,
    Transcript,
    Where,
)

PICTURE = "picture"
ATTACHED = "attached"
"""The kind of a part of a text that came with a question."""
MOST_TOKENS = 250
MOST_PLACES = 4
BLOCK_LINES = 8
MOST_BLOCKS = 6
BLOCK_GAPS = (1.1, 2.5, math.inf)
"""Of the height of a line: more white between two lines parts two blocks of text.

The next is taken where there would be too many blocks.
"""

SIZES_ALIKE = 1.6
_CLEAR = 0.75
LONG = frozenset({"text", "document", "caption"})
"""Kinds whose text stands in quotation marks."""

NAMES = {
    "text": "text in view",
    "person": "people in view",
    "thing": "in view",
    "code": "code in view",
    "tag": "the picture shows",
    "caption": "the picture",
    "quality": "about the picture",
    "document": "document",
    "sensor": "sensor",
    "fact": "the user told me",
    "place": "about this place",
    "note": "the user's note",
    "earlier": "the user said earlier in this chat",
    ATTACHED: "the attached text",
}
"""How a line of data begins, by kind; documents and attached texts by title and page or part."""


def evidence(
    heard: Transcript | None,
    scene: Scene | None,
    readings: Sequence[Reading] = (),
    sensed: Sequence[Sensed] = (),
    shown: Sequence[Evidence] = (),
) -> tuple[Evidence, ...]:
    """All that a turn may rest on, numbered from 1.

    The order is fixed: text, people, things, codes, tags, caption and quality of the scene; then
    documents page by page, sensors, what was `shown` as evidence already, and last what was
    heard, so that a question has the same numbers whether it was typed or spoken. A scene in which
    something was looked for and not found says so.
    """
    found: list[Evidence] = []
    for item in _all(heard, scene, readings, sensed, shown):
        found.append(Evidence(len(found) + 1, item.kind, item.text, item.where, item.confidence))
    return tuple(found)


def describe(evidence: Sequence[Evidence], most_tokens: int = MOST_TOKENS) -> str:
    """The evidence as data for a prompt, a line an item: `[1] text in view: "EXIT"`.

    What was heard is left out, since it is the question itself. Beyond about `most_tokens` it is
    cut, which the last line says. The parts of attached texts, which were chosen to fit, are whole
    and keep their lines, further in than any item begins.
    """
    everything = [item for item in evidence if item.kind != "heard" and item.text.strip()]
    shown = [item for item in everything if item.kind != ATTACHED]
    # What is short is kept whole, as far as it takes no more than half of the room.
    short = sum(tokens(_line(item)) for item in shown if item.kind not in LONG)
    half = most_tokens / 2
    room = {True: most_tokens - min(short, half), False: half}
    lines: list[str] = []
    left_out = 0
    for item in everything:
        if item.kind == ATTACHED:
            lines.append(_part(item))
            continue
        line, long = _line(item), item.kind in LONG
        if tokens(line) > room[long]:
            line = _shortened(item, room[long])
        if line:
            lines.append(line)
            room[long] -= tokens(line)
        else:
            left_out += 1
    if left_out:
        lines.append(f"… {left_out} more items are left out")
    return "\n".join(lines)


def _all(
    heard: Transcript | None,
    scene: Scene | None,
    readings: Sequence[Reading],
    sensed: Sequence[Sensed],
    shown: Sequence[Evidence],
) -> Iterator[Evidence]:
    if scene is not None:
        yield from _seen(scene)
    for reading in readings:
        for number, page in enumerate(reading.pages, start=1):
            if page.strip():
                yield Evidence(0, "document", page, Where(reading.title, page=number), 1.0)
    for value in sensed:
        text = f"{value.name} {value.value:g} {value.unit}".strip()
        yield Evidence(0, "sensor", text, Where(value.name), 1.0)
    yield from shown
    if heard is not None and heard.text:
        span = (heard.words[0].start, heard.words[-1].end) if heard.words else None
        where = Where("microphone", seconds=span)
        yield Evidence(0, "heard", heard.text, where, heard.confidence)


def _seen(scene: Scene) -> Iterator[Evidence]:
    for block in _blocks(scene.texts):
        yield _evidence("text", "\n".join(line.label for line in block), block)
    if scene.people:
        yield _evidence("person", _count("person", scene.people), scene.people)
    by_label = sorted(scene.things, key=lambda item: item.label)
    groups = [(label, tuple(group)) for label, group in groupby(by_label, lambda i: i.label)]
    for label, items in sorted(groups, key=lambda group: -max(i.confidence for i in group[1])):
        yield _evidence("thing", _count(label, items), items)
    for code in scene.codes:
        yield _evidence("code", code.label, (code,))
    if scene.tags:
        names = listed([f"{tag.label}{sureness(tag.confidence)}" for tag in scene.tags])
        yield _evidence("tag", names, scene.tags)
    if scene.caption:
        yield Evidence(0, "caption", scene.caption, Where(PICTURE), 0.8)
    if scene.quality.advice:
        yield Evidence(0, "quality", scene.quality.advice.message, Where(PICTURE), 1.0)
    if missing := _missing(scene):
        yield Evidence(0, "quality", missing, Where(PICTURE), 0.8)


def _missing(scene: Scene) -> str:
    """What was looked for and not found; nothing at all is said plainly."""
    kinds = {"text": scene.texts, "people": scene.people, "objects": scene.things + scene.tags}
    absent = [name for name, items in kinds.items() if not items]
    if len(absent) == len(kinds) and not scene.codes:
        return "nothing was recognised in this picture"
    return f"no {listed(absent, 'or')} found in this picture" if absent else ""


def _evidence(kind: str, text: str, items: Sequence[Item]) -> Evidence:
    box = joined([item.box for item in items])
    confidence = sum(item.confidence for item in items) / len(items)
    return Evidence(0, kind, text, Where(PICTURE, box), confidence)


def _count(label: str, items: Sequence[Item]) -> str:
    """`2 dogs: left, right`, with doubt in words."""
    doubt = sureness(median(item.confidence for item in items))
    if len(items) > MOST_PLACES:
        return f"{counted(label, len(items))} across the picture{doubt}"
    return f"{counted(label, len(items))}: {', '.join(place(item.box) for item in items)}{doubt}"


def _blocks(lines: Sequence[Item]) -> list[list[Item]]:
    """Lines that stand together; what stands apart is joined too where there is much of it."""
    most = max(BLOCK_LINES, math.ceil(len(lines) / MOST_BLOCKS))
    blocks: list[list[Item]] = []
    for gap in BLOCK_GAPS:
        blocks = []
        for line in lines:
            near = bool(blocks) and _follows(blocks[-1][-1].box, line.box, gap)
            if near and len(blocks[-1]) < most:
                blocks[-1].append(line)
            else:
                blocks.append([line])
        if len(blocks) <= MOST_BLOCKS:
            break
    return blocks


def _follows(before: Box, after: Box, gap: float) -> bool:
    """Whether a line stands under another, alike in size, with little white between."""
    if math.isinf(gap):
        return True
    low, high = sorted((max(before.height, 1e-6), max(after.height, 1e-6)))
    below = before.top - 0.5 * low < after.top
    close = after.top - (before.top + before.height) < gap * high
    right = min(before.left + before.width, after.left + after.width)
    beside = right > max(before.left, after.left)
    return below and close and beside and high <= SIZES_ALIKE * low


def _line(item: Evidence, text: str | None = None) -> str:
    words = " / ".join(filter(None, map(_plain, (text or item.text).splitlines())))
    name = NAMES.get(item.kind, item.kind)
    if item.kind == "document":
        name = f"{_plain(item.where.source)} p. {item.where.page}"
    if item.kind in LONG:
        hard = "" if item.kind != "text" or item.confidence >= _CLEAR else " (hard to read)"
        return f'[{item.id}] {name}{hard}: "{words}"'
    return f"[{item.id}] {name}: {words}"


def _part(item: Evidence) -> str:
    name = f"{NAMES[ATTACHED]} “{_plain(item.where.source)}”, part {item.where.page}"
    lines = (_printable(line.expandtabs(4)).rstrip() for line in item.text.splitlines())
    return "\n".join([f"[{item.id}] {name}:", *(f"  {line}" for line in lines if line)])


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _plain(text: str) -> str:
    """One line without control characters, and without the quotation mark that ends it."""
    return " ".join(_printable(text).replace('"', "'").split())


def _shortened(item: Evidence, room: float) -> str:
    """As many lines of a text as fit, with how many are missing; nothing when none does."""
    if item.kind not in LONG:
        return ""
    lines = [line for line in item.text.splitlines() if line.strip()]
    for kept in range(len(lines) - 1, 0, -1):
        rest = f"… {len(lines) - kept} more lines"
        line = _line(item, "\n".join([*lines[:kept], rest]))
        if tokens(line) <= room:
            return line
    words = lines[0].split() if lines else []
    for kept in range(len(words) - 1, 3, -1):
        line = _line(item, " ".join([*words[:kept], "…"]))
        if tokens(line) <= room:
            return line
    return ""
