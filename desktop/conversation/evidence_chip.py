"""What a chip below an answer says: its number, and what it stands for, "[1] dog, left"."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from desktop.inspector.in_view import thing_name
from desktop.widgets.plain_text import short
from perception.fusion import ATTACHED
from perception.types import Evidence

_LETTERS = 32
_ONE = re.compile(r"1 (?P<name>[^:]+?)(?:: (?P<place>[a-z ]+))?(?:, (?:probably|maybe))?$")
_DOUBT = re.compile(r", (?:probably|maybe)$")


def chip_text(item: Evidence) -> str:
    """The words of the chip of this piece of evidence."""
    return f"[{item.id}] {short(_what(item), _LETTERS)}"


def _what(item: Evidence) -> str:
    translate = QCoreApplication.translate
    words = " ".join(item.text.split())
    if item.kind in ("thing", "person"):
        return _seen(words)
    if item.kind == "document":
        page = translate("Chip", "p. {n}").format(n=item.where.page) if item.where.page else ""
        return " ".join(filter(None, (item.where.source, page)))
    if item.kind == ATTACHED:
        return translate("Chip", "your text: {title}").format(title=item.where.source)
    told = {
        "text": translate("Chip", "“{words}”"),
        "tag": translate("Chip", "perhaps {words}"),
        "fact": translate("Chip", "you told me: {words}"),
        "note": translate("Chip", "your note: {words}"),
        "earlier": translate("Chip", "earlier: {words}"),
    }
    bare = _DOUBT.sub("", words) if item.kind == "tag" else short(words, _LETTERS - 2)
    return told.get(item.kind, "{words}").format(words=bare)


def _seen(words: str) -> str:
    """`dog, left` of `1 dog: left, probably`."""
    one = _ONE.match(words)
    if one is None:
        return _DOUBT.sub("", words).replace(": ", ", ", 1)
    return ", ".join(filter(None, (thing_name(one["name"]), _place(one["place"] or ""))))


def _place(place: str) -> str:
    translate = QCoreApplication.translate
    names = {
        "left": translate("Chip", "left"),
        "middle": translate("Chip", "middle"),
        "right": translate("Chip", "right"),
        "top left": translate("Chip", "top left"),
        "top middle": translate("Chip", "top middle"),
        "top right": translate("Chip", "top right"),
        "bottom left": translate("Chip", "bottom left"),
        "bottom middle": translate("Chip", "bottom middle"),
        "bottom right": translate("Chip", "bottom right"),
    }
    return names.get(place, place)
