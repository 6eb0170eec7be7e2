"""The chats of an export of ChatGPT, Open WebUI or Jan: a JSON file, a zip, or a folder."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from agent.codes import AgentCode
from agent.memory.chat_import.elements import CutOff, list_objects
from agent.memory.chat_import.messages import (
    ExportedMessage,
    ReadMessages,
    listed,
    messages_of,
    text_of,
    time_of,
)
from agent.memory.chat_import.types import ImportedChat, ImportedTurn, LeftOut, Reason
from perception.regular_file import open_regular
from perception.types import UserError

MOST_BYTES = 4_000_000_000
"""Of one file, unpacked; a larger one is refused."""
_MOST_FILES = 100_000
_LONGEST_LINE = 32_000_000
_TITLE = 80


def read_export(place: Path) -> Iterator[ImportedChat | LeftOut]:
    """Each chat as it is read, and what could not be. UserError where it is no export."""
    try:
        yield from _read_place(place)
    except OSError as error:
        reason = error.strerror or error
        raise UserError(AgentCode.IMPORT_UNREADABLE, file=place.name, reason=reason) from error


def _read_place(place: Path) -> Iterator[ImportedChat | LeftOut]:
    if place.is_dir():
        files = sorted(place.rglob("messages.jsonl"))[:_MOST_FILES]
        if not files:
            raise UserError(AgentCode.IMPORT_NO_CHATS, file=place)
        for file in files:
            with open_regular(file, within=place) as stream:
                yield from _jan(stream, _thread_title(file.with_name("thread.json")))
        return
    with open_regular(place) as stream:
        if place.stat().st_size > MOST_BYTES:
            raise UserError(AgentCode.IMPORT_TOO_LARGE, file=place.name)
        if place.suffix.casefold() == ".jsonl":
            yield from _jan(stream, "")
        elif stream.read(4) == b"PK\x03\x04":
            yield from _zipped(place)
        else:
            stream.seek(0)
            yield from _json(stream, place.name)


def _zipped(place: Path) -> Iterator[ImportedChat | LeftOut]:
    try:
        with zipfile.ZipFile(place) as archive:
            members = archive.infolist()[:_MOST_FILES]
            chats = [m for m in members if _is_list(m.filename)]
            if sum(member.file_size for member in chats) > MOST_BYTES:
                raise UserError(AgentCode.IMPORT_TOO_LARGE, file=place.name)
            if not chats:
                raise UserError(AgentCode.IMPORT_NO_CHATS, file=place.name)
            for member in chats:
                with archive.open(member) as stream:
                    if member.filename.endswith(".jsonl"):
                        yield from _jan(stream, "")
                    else:
                        yield from _json(stream, place.name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError) as error:
        # RuntimeError: it is locked by a password.
        raise UserError(AgentCode.IMPORT_UNREADABLE, file=place.name, reason=error) from error


def _is_list(name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    chats = last.startswith(("conversations", "chat-export")) and last.endswith(".json")
    return chats or last == "messages.jsonl"


def _json(stream: IO[bytes], name: str) -> Iterator[ImportedChat | LeftOut]:
    any_object = False
    try:
        for raw in list_objects(stream):
            any_object = True
            yield LeftOut("", Reason.TOO_LARGE) if raw is None else _chat_in(raw)
    except CutOff:
        any_object = True
        yield LeftOut("", Reason.CUT_OFF)
    if not any_object:
        raise UserError(AgentCode.IMPORT_NO_CHATS, file=name)


def _chat_in(raw: bytes) -> ImportedChat | LeftOut:
    try:
        chat = json.loads(raw)
        title = text_of(chat.get("title") or "")
        read = messages_of(chat)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return LeftOut("", Reason.BROKEN_CHAT)
    updated = chat.get("update_time") or chat.get("updated_at") or chat.get("create_time")
    name = chat.get("conversation_id") or chat.get("id")
    return _made(read, title, time_of(updated), str(name or ""))


def _jan(stream: IO[bytes], title: str) -> Iterator[ImportedChat | LeftOut]:
    """The messages of one thread of Jan, one a line."""
    raw = list[object]()
    while line := stream.readline(_LONGEST_LINE):
        if line.strip():
            try:
                raw.append(json.loads(line))
            except (ValueError, RecursionError):
                raw.append(None)
    read = listed(raw)
    threads = (each.get("thread_id") for each in raw if isinstance(each, Mapping))
    yield _made(read, title, 0.0, str(next(threads, "")))


def _thread_title(file: Path) -> str:
    try:
        thread = json.loads(file.read_bytes()[:_LONGEST_LINE])
    except (OSError, ValueError, RecursionError):
        return ""
    return text_of(thread.get("title") or "") if isinstance(thread, Mapping) else ""


def _made(read: ReadMessages, title: str, updated: float, name: str) -> ImportedChat | LeftOut:
    turns = tuple(_turns(read.good, name))
    if not turns:
        return LeftOut(title, Reason.BROKEN_MESSAGE if read.broken else Reason.EMPTY, 1)
    attached = sum(message.attached for message in read.good)
    title = " ".join((title or turns[0].asked or turns[0].reply).split())[:_TITLE]
    return ImportedChat(title, updated or turns[-1].at, turns, read.broken, attached)


def _turns(messages: list[ExportedMessage], name: str) -> Iterator[ImportedTurn]:
    """Questions with the answers that follow them, several of one side in a row joined."""
    asked, replies = list[ExportedMessage](), list[ExportedMessage]()
    for message in messages:
        if not message.text.strip():
            continue
        if message.role == "user" and replies:
            yield _turn(asked, replies, name)
            asked, replies = [], []
        (asked if message.role == "user" else replies).append(message)
    if asked or replies:
        yield _turn(asked, replies, name)


def _turn(asked: list[ExportedMessage], replies: list[ExportedMessage], name: str) -> ImportedTurn:
    first = (asked or replies)[0]
    words = ["\n\n".join(message.text for message in side) for side in (asked, replies)]
    # The same at each import, so that nothing comes twice.
    known = hashlib.sha256("\0".join((name, first.id, *words)).encode()).hexdigest()[:32]
    return ImportedTurn(f"import-{known}", words[0], words[1], first.at)
