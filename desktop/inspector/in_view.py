"""What is in view, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.widgets.plain_text import short
from perception import hedges
from perception.fusion import ATTACHED
from perception.hedges import Certainty
from perception.types import Item, Scene

_TAGS_SHOWN = 3
_LETTERS = 400
"""So much of a line of text or of a code is shown."""


@dataclass(frozen=True, slots=True)
class SeenItem:
    """One recognised thing with its kind: person, thing, text, code or tag."""

    kind: str
    item: Item


ICONS = {
    "person": "user",
    "thing": "box",
    "text": "type",
    "code": "qr-code",
    "tag": "tag",
    "heard": "ear",
    "caption": "image",
    "quality": "sun",
    "document": "file-text",
    "sensor": "gauge",
    "fact": "message-circle",
    "place": "info",
    "note": "square-pen",
    "earlier": "history",
    ATTACHED: "file-text",
}


def everything(scene: Scene) -> Iterator[SeenItem]:
    """All that was recognised, people first."""
    groups = (
        ("person", scene.people),
        ("thing", scene.things),
        ("text", scene.texts),
        ("code", scene.codes),
        ("tag", scene.tags),
    )
    for kind, items in groups:
        for item in items:
            yield SeenItem(kind, item)


def certainty(confidence: float) -> str:
    """A confidence, 0 to 1, in words."""
    translate = QCoreApplication.translate
    return {
        Certainty.SURE: translate("InView", "sure"),
        Certainty.LIKELY: translate("InView", "fairly sure"),
        Certainty.UNSURE: translate("InView", "unsure"),
    }[hedges.certainty(confidence)]


def kind_name(kind: str) -> str:
    """What kind of evidence something is."""
    translate = QCoreApplication.translate
    names = {
        "person": translate("InView", "Person"),
        "thing": translate("InView", "Thing"),
        "text": translate("InView", "Text in view"),
        "code": translate("InView", "Code"),
        "tag": translate("InView", "Picture may show"),
        "heard": translate("InView", "Heard"),
        "caption": translate("InView", "Picture described"),
        "quality": translate("InView", "Picture quality"),
        "document": translate("InView", "Document"),
        "sensor": translate("InView", "Sensor"),
        "place": translate("InView", "About this place"),
        "fact": translate("InView", "What you told me"),
        "note": translate("InView", "Your note"),
        "earlier": translate("InView", "Earlier in this chat"),
        ATTACHED: translate("InView", "Attached text"),
    }
    return names.get(kind, kind)


def name_of(seen: SeenItem) -> str:
    """What one item is called beside its box."""
    if seen.kind == "person":
        return kind_name("person")
    if seen.kind in ("thing", "tag"):
        return thing_name(seen.item.label)
    return short(seen.item.label, _LETTERS)


def row(seen: SeenItem) -> str:
    """One item as a line of a list: only what is unsure says how sure it is."""
    if hedges.certainty(seen.item.confidence) is not Certainty.UNSURE:
        return name_of(seen)
    return f"{name_of(seen)} ({certainty(seen.item.confidence)})"


def summary(scene: Scene) -> str:
    """Everything in view in one line, most telling first; says so where nothing was recognised."""
    translate = QCoreApplication.translate
    one_or_more = (
        (scene.people, translate("InView", "1 person"), translate("InView", "%1 people")),
        (scene.texts, translate("InView", "text (1 line)"), translate("InView", "text (%1 lines)")),
        (scene.codes, translate("InView", "1 code"), translate("InView", "%1 codes")),
    )
    parts = [
        one if len(items) == 1 else more.replace("%1", str(len(items)))
        for items, one, more in one_or_more
        if items
    ]
    counted = Counter(thing_name(item.label) for item in scene.things)
    parts += [f"{name} × {count}" if count > 1 else name for name, count in counted.items()]
    if scene.tags and not scene.things:
        best = sorted(scene.tags, key=lambda item: -item.confidence)[:_TAGS_SHOWN]
        guesses = ", ".join(thing_name(item.label) for item in best)
        parts.append(translate("InView", "perhaps %1").replace("%1", guesses))
    return ", ".join(parts) or translate("InView", "nothing that I recognise")


NAMES = (
    QT_TRANSLATE_NOOP("Things", "Bicycle"),
    QT_TRANSLATE_NOOP("Things", "Boot"),
    QT_TRANSLATE_NOOP("Things", "Laptop"),
    QT_TRANSLATE_NOOP("Things", "Person"),
    QT_TRANSLATE_NOOP("Things", "Chair"),
    QT_TRANSLATE_NOOP("Things", "Cattle"),
    QT_TRANSLATE_NOOP("Things", "Desk"),
    QT_TRANSLATE_NOOP("Things", "Cat"),
    QT_TRANSLATE_NOOP("Things", "Computer mouse"),
    QT_TRANSLATE_NOOP("Things", "Computer monitor"),
    QT_TRANSLATE_NOOP("Things", "Box"),
    QT_TRANSLATE_NOOP("Things", "Mug"),
    QT_TRANSLATE_NOOP("Things", "Coffee cup"),
    QT_TRANSLATE_NOOP("Things", "Stationary bicycle"),
    QT_TRANSLATE_NOOP("Things", "Table"),
    QT_TRANSLATE_NOOP("Things", "Bottle"),
    QT_TRANSLATE_NOOP("Things", "High heels"),
    QT_TRANSLATE_NOOP("Things", "Vehicle"),
    QT_TRANSLATE_NOOP("Things", "Footwear"),
    QT_TRANSLATE_NOOP("Things", "Dog"),
    QT_TRANSLATE_NOOP("Things", "Book"),
    QT_TRANSLATE_NOOP("Things", "Camera"),
    QT_TRANSLATE_NOOP("Things", "Car"),
)
"""What the object detector knows (perception/seeing/objects.txt)."""


def thing_name(label: str) -> str:
    """The name of a thing; a label that is not in the list is shown as it is."""
    name = label[:1].upper() + label[1:]
    translated = QCoreApplication.translate("Things", name)
    return translated if translated != name else label
