"""Chats of other programs: three exports, damage in the middle, and large files."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.memory.chat_import import elements
from agent.memory.chat_import.elements import CutOff, list_objects
from agent.memory.chat_import.keeping import import_chats
from agent.memory.chat_import.messages import time_of
from agent.memory.chat_import.reading import read_export
from agent.memory.chat_import.types import ImportedChat, LeftOut, Reason
from agent.memory.history import History
from perception.types import UserError


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    history = History(tmp_path / "history.db")
    yield history
    history.close()


def node(
    name: str, role: str, text: object, parent: str | None = None, at: float = 0.0, **more: Any
) -> dict[str, Any]:
    message = {
        "id": name,
        "author": {"role": role},
        "content": {"content_type": "text", "parts": [text]},
        "create_time": at,
        **more,
    }
    return {"id": name, "message": message, "parent": parent, "children": []}


def chatgpt(title: str = "Trees", **more: Any) -> dict[str, Any]:
    nodes = {
        "root": {"id": "root", "message": None, "parent": None, "children": ["a"]},
        "a": node("a", "user", "Which tree is this?", "root", 1700000000.25),
        "old": node("old", "assistant", "An oak?", "a", 1700000001.5),
        "b": node("b", "assistant", "An oak.", "a", 1700000009.75),
        "c": node("c", "user", "Sure?", "b", 1700000010.0),
        "d": node("d", "assistant", "Yes.", "c", 1700000011.0),
    }
    nodes["a"]["children"] = ["old", "b"]
    return {
        "title": title,
        "mapping": nodes,
        "current_node": "d",
        "update_time": 1700000011.125,
        "id": title,
        **more,
    }


def write(folder: Path, what: object, name: str = "conversations.json") -> Path:
    file = folder / name
    file.write_text(json.dumps(what), encoding="utf-8")
    return file


def chats(place: Path) -> list[ImportedChat]:
    return [item for item in read_export(place) if isinstance(item, ImportedChat)]


def test_chatgpt_gives_the_branch_that_was_open_last(tmp_path: Path) -> None:
    (chat,) = chats(write(tmp_path, [chatgpt()]))
    assert (chat.title, chat.updated) == ("Trees", 1700000011.125)
    assert [(turn.asked, turn.reply) for turn in chat.turns] == [
        ("Which tree is this?", "An oak."),
        ("Sure?", "Yes."),
    ]
    assert chat.turns[0].at == 1700000000.25


def test_messages_without_children_metadata_or_links_come_in_the_order_of_time(
    tmp_path: Path,
) -> None:
    chat = chatgpt()
    del chat["current_node"]
    for each in chat["mapping"].values():
        each.pop("children")
        each.pop("parent")
    del chat["mapping"]["old"]
    (read,) = chats(write(tmp_path, [chat]))
    assert [turn.reply for turn in read.turns] == ["An oak.", "Yes."]


def test_a_broken_message_in_the_middle_is_left_out_and_listed(
    tmp_path: Path, history: History
) -> None:
    chat = chatgpt()
    chat["mapping"]["b"] = "garbage"
    chat["mapping"]["c"]["message"]["content"] = 7
    report = import_chats(write(tmp_path, [chat, chatgpt("Birds")]), history.add_chat)
    assert report.chats == 2
    assert report.left_out == (LeftOut("Trees", Reason.BROKEN_MESSAGE, 2),)
    titles = {chat.title: chat.id for chat in history.chats()}
    kept = history.turns(titles["Trees"])
    assert [(turn.asked, turn.reply) for turn in kept] == [("Which tree is this?", "Yes.")]


def test_pictures_are_counted_and_thoughts_are_not_taken(tmp_path: Path, history: History) -> None:
    chat = chatgpt()
    chat["mapping"]["a"]["message"]["content"] = {
        "content_type": "multimodal_text",
        "parts": [{"content_type": "image_asset_pointer", "asset_pointer": "x"}, "What is it?"],
    }
    chat["mapping"]["b"]["message"]["content"] = {"content_type": "thoughts", "thoughts": []}
    report = import_chats(write(tmp_path, [chat]), history.add_chat)
    assert report.left_out == (LeftOut("Trees", Reason.ATTACHMENT, 1),)
    assert "thoughts" not in str(history.turns(history.chats()[0].id))


def test_the_same_export_twice_adds_nothing(tmp_path: Path, history: History) -> None:
    file = write(tmp_path, [chatgpt()])
    import_chats(file, history.add_chat)
    again = import_chats(file, history.add_chat)
    assert (again.chats, again.known, len(history.chats())) == (0, 1, 1)
    assert history.search("oak")


def test_open_webui(tmp_path: Path) -> None:
    messages = {
        "1": {"id": "1", "parentId": None, "role": "user", "content": "Hi", "timestamp": 17e8},
        "2": {"id": "2", "parentId": "1", "role": "assistant", "content": "Hello."},
        "3": {"id": "3", "parentId": "2", "role": "user", "content": [{"type": "image_url"}]},
    }
    chat = {
        "id": "u",
        "title": "Greeting",
        "updated_at": 1700000000123,
        "chat": {"history": {"messages": messages, "currentId": "3"}},
    }
    (read,) = chats(write(tmp_path, [chat], "chat-export-1.json"))
    assert [(turn.asked, turn.reply) for turn in read.turns] == [("Hi", "Hello.")]
    assert (read.updated, read.attached) == (1700000000.123, 1)
    chat["chat"] = {"messages": list(messages.values())[:2]}
    (listed,) = chats(write(tmp_path, [chat]))
    assert len(listed.turns) == 1


def test_jan(tmp_path: Path) -> None:
    thread = tmp_path / "threads" / "jan_1"
    thread.mkdir(parents=True)
    (thread / "thread.json").write_text('{"title": "Soup"}')
    lines = [
        {
            "id": "1",
            "thread_id": "t",
            "role": "user",
            "content": _jan_text("How?"),
            "created_at": 1,
        },
        {"id": "2", "thread_id": "t", "role": "assistant", "content": _jan_text("Boil it.")},
    ]
    text = "\n".join(json.dumps(line) for line in lines)
    (thread / "messages.jsonl").write_text(text + "\n{broken\n")
    (chat,) = chats(tmp_path / "threads")
    assert (chat.title, chat.broken) == ("Soup", 1)
    assert [(turn.asked, turn.reply) for turn in chat.turns] == [("How?", "Boil it.")]


def _jan_text(words: str) -> list[object]:
    return [{"type": "text", "text": {"value": words, "annotations": []}}]


def test_a_zip(tmp_path: Path) -> None:
    file = tmp_path / "export.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("conversations.json", json.dumps([chatgpt()]))
        archive.writestr("user.json", "{}")
    assert len(chats(file)) == 1


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"no json", b"PK\x03\x04broken", b"\x00" * 50], ids=repr
)
def test_what_is_no_export_is_said_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file.json"
    file.write_bytes(content)
    with pytest.raises(UserError, match=r"file\.json"):
        list(read_export(file))


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda text: text[:-40], Reason.CUT_OFF),
        (lambda text: text.replace('"mapping"', '"mapping": nul, "x"', 1), Reason.BROKEN_CHAT),
        (
            lambda text: text.replace(
                '"title"', '"a": ' + "[" * 5000 + "]" * 5000 + ', "title"', 1
            ),
            None,
        ),
    ],
)
def test_damage_costs_one_chat(
    tmp_path: Path, damage: Callable[[str], str], reason: Reason | None
) -> None:
    file = write(tmp_path, [chatgpt("First"), chatgpt("Second")])
    file.write_text(damage(file.read_text()))
    read = list(read_export(file))
    assert len([item for item in read if isinstance(item, ImportedChat)]) >= 1
    lost = [item.reason for item in read if isinstance(item, LeftOut)]
    assert lost == ([reason] if reason else lost)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (1700000000.25, 1700000000.25),
        (1700000000250, 1700000000.25),
        ("1700000000.25", 1700000000.25),
        ("2023-11-14T22:13:20+00:00", 1700000000.0),
        (None, 0.0),
        ("tomorrow", 0.0),
        (float("nan"), 0.0),
        (1e300, 0.0),
        (-5, 0.0),
        ([], 0.0),
    ],
)
def test_times_in_every_unit(value: object, seconds: float) -> None:
    assert time_of(value) == pytest.approx(seconds)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.lists(st.dictionaries(st.text(max_size=4), _VALUES, max_size=4), max_size=5), st.booleans()
)
def test_the_objects_of_any_list_are_found_at_any_cut(given_list: list[Any], ascii_: bool) -> None:
    text = json.dumps(given_list, ensure_ascii=ascii_).encode("utf-8", "surrogatepass")
    before = elements._CHUNK
    for size in (1, 2, 7):
        elements._CHUNK = size
        try:
            found = [json.loads(raw or b"") for raw in list_objects(io.BytesIO(text))]
        finally:
            elements._CHUNK = before
        assert found == given_list


def test_a_huge_object_is_passed_over_and_the_cost_is_linear(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(elements, "MOST_BYTES", 1000)
    large = json.dumps([{"a": "\\u4f60" * 500_000}, {"b": 1}]).encode()
    began = time.process_time()
    assert list(list_objects(io.BytesIO(large))) == [None, b'{"b": 1}']
    assert time.process_time() - began < 2
    with pytest.raises(CutOff):
        list(list_objects(io.BytesIO(large[:-1])))
