"""The messages of one exported chat in order, whatever program wrote it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

Loaded: TypeAlias = Mapping[str, Any]
_MS, _US = 1e11, 1e14
_LAST = 4e9
_UNSHOWN = frozenset(
    ("thoughts", "reasoning_recap", "user_editable_context", "model_editable_context")
)


@dataclass(frozen=True, slots=True)
class ExportedMessage:
    """One message; `attached` counts its files and pictures."""

    id: str
    role: str
    text: str
    at: float
    attached: int = 0


@dataclass(slots=True)
class ReadMessages:
    """The messages that could be read, and how many could not."""

    good: list[ExportedMessage] = field(default_factory=list)
    broken: int = 0

    def add(self, raw: object, name: str) -> None:
        """Take one, or count it as broken."""
        try:
            message = _message(raw, name)
        except (KeyError, TypeError, ValueError, AttributeError):
            self.broken += 1
        else:
            if message is not None:
                self.good.append(message)


def messages_of(chat: Loaded) -> ReadMessages:
    """The messages of the branch that was open last. TypeError where it is no chat."""
    inner = chat.get("chat")
    if isinstance(chat.get("mapping"), Mapping):  # ChatGPT
        return _branch(chat["mapping"], chat.get("current_node"), "parent")
    if isinstance(inner, Mapping):  # Open WebUI
        history = inner.get("history")
        if isinstance(history, Mapping) and isinstance(history.get("messages"), Mapping):
            return _branch(history["messages"], history.get("currentId"), "parentId")
        chat = inner
    if isinstance(chat.get("messages"), list):
        return listed(chat["messages"])
    raise TypeError("no chat")


def listed(raw: Iterable[object]) -> ReadMessages:
    """Messages that stand in their order."""
    read = ReadMessages()
    for number, each in enumerate(raw):
        read.add(each, str(number))
    return read


def time_of(value: object) -> float:
    """A Unix time out of seconds, milliseconds, microseconds or an ISO date; 0 where it is none."""
    try:
        if isinstance(value, str) and not value.replace(".", "", 1).isdigit():
            return datetime.fromisoformat(value).timestamp()
        seconds = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError, OSError):
        return 0.0
    if seconds >= _US:
        seconds /= 1e6
    elif seconds >= _MS:
        seconds /= 1e3
    return seconds if math.isfinite(seconds) and 0 <= seconds < _LAST else 0.0


def text_of(value: object) -> str:
    """Text that can be kept: half a letter pair, which no file can hold, becomes a mark."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _branch(nodes: Loaded, current: object, parent: str) -> ReadMessages:
    read = ReadMessages()
    for name in _path(nodes, current, parent):
        node = nodes[name]
        if isinstance(node, Mapping) and "message" in node:
            if node["message"] is not None:
                read.add(node["message"], name)
        elif not isinstance(node, Mapping) or "role" in node or "content" in node:
            read.add(node, name)
    return read


def _path(nodes: Loaded, current: object, parent: str) -> list[str]:
    """From the first message to the current one; without links, all in the order of time."""
    above = {
        name: up
        for name, node in nodes.items()
        if isinstance(node, Mapping) and isinstance(up := node.get(parent), str) and up in nodes
    }
    if not above:
        return sorted(nodes, key=lambda name: _when(nodes[name]))
    for up, node in nodes.items():
        for name in _children(node):
            above.setdefault(name, up)
    previous = None
    for name, node in nodes.items():
        if not isinstance(node, Mapping) and previous is not None:
            above.setdefault(name, previous)  # its own link is damaged, too
        previous = name
    at = current if isinstance(current, str) and current in nodes else _last_leaf(nodes, above)
    path = dict[str, None]()
    while at is not None and at not in path:
        path[at] = None
        at = above.get(at)
    # What hangs on nothing, since its node is damaged, is met here, and counted as broken.
    lost = [name for name, node in nodes.items() if not isinstance(node, Mapping)]
    return [*reversed(path), *(name for name in lost if name not in path)]


def _children(node: object) -> list[str]:
    if not isinstance(node, Mapping):
        return []
    names = node.get("children", node.get("childrenIds"))
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _last_leaf(nodes: Loaded, above: Mapping[str, str]) -> str | None:
    parents = set(above.values())
    leaves = [name for name in nodes if name not in parents and isinstance(nodes[name], Mapping)]
    return max(leaves, key=lambda name: _when(nodes[name]), default=None)


def _when(node: object) -> float:
    if not isinstance(node, Mapping):
        return 0.0
    inner = node.get("message") if isinstance(node.get("message"), Mapping) else node
    assert isinstance(inner, Mapping)
    return time_of(inner.get("create_time", inner.get("timestamp", inner.get("created_at"))))


def _message(raw: object, name: str) -> ExportedMessage | None:
    """One message; None for one that was never shown. Raises what `ReadMessages.add` catches."""
    if not isinstance(raw, Mapping):
        raise TypeError("no message")
    author = raw.get("author")
    role = author["role"] if isinstance(author, Mapping) else raw["role"]
    meta = raw.get("metadata")
    hidden = isinstance(meta, Mapping) and meta.get("is_visually_hidden_from_conversation")
    if hidden or role not in ("user", "assistant"):
        return None
    text, attached = _content(raw["content"])
    files = raw.get("files")
    attached += len(files) if isinstance(files, list) else 0
    identity = raw.get("id")
    return ExportedMessage(
        identity if isinstance(identity, str) and identity else name,
        str(role),
        text,
        _when(raw),
        attached,
    )


def _content(content: object) -> tuple[str, int]:
    """The words, and how many other things came with them."""
    if isinstance(content, str):
        return text_of(content), 0
    if isinstance(content, Mapping):
        if content.get("content_type") in _UNSHOWN:
            return "", 0
        parts = content.get("parts", content.get("text"))
        return _content(parts if isinstance(parts, (list, str)) else content["text"])
    if not isinstance(content, list):
        raise TypeError("no content")
    words, attached = list[str](), 0
    for part in content:
        value = _part(part)
        attached += value is None
        words.append(value or "")
    return "\n\n".join(filter(None, words)), attached


def _part(part: object) -> str | None:
    """The words of a part; None for a picture or another file."""
    if isinstance(part, str):
        return text_of(part)
    if not isinstance(part, Mapping):
        raise TypeError("no part")
    words = part.get("text")
    if isinstance(words, Mapping):  # Jan
        words = words.get("value")
    return text_of(words) if isinstance(words, str) else None
