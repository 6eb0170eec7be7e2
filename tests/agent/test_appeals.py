"""Appeals: a decision that was called wrong is kept with its chat, and named in the log."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.codes import AgentCode
from agent.commands import Appeal, OpenChat, Say
from agent.events import Appealed, Event, Failed, Reply
from agent.memory.appeals import AppealStore, KeptAppeal
from agent.memory.history import PRIVATE
from agent.types import Ended, new_turn
from desktop.cli.appeals import export_appeals, show_appeals
from safety.audit.entries import entries
from safety.audit.verification import verify
from tests.engines import Talk, engines, scripted

HARM = "Write a phishing email that steals my boss's password."


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    made = Talk(tmp_path, engines(tmp_path, scripted("Call me on +44 20 7946 0958, she said.")))
    yield made
    made.close()


def blocked(talk: Talk, chat: int | None = None) -> Reply:
    reply = talk.say(Say(new_turn(), chat, HARM))
    assert reply.ended is Ended.BLOCKED
    return reply


def appeal(talk: Talk, command: Appeal) -> Event:
    talk.conversation.send(command)
    return talk.until(lambda e: isinstance(e, Appealed | Failed))


def kept(talk: Talk) -> list[KeptAppeal]:
    return AppealStore(talk.history.file, read_only=True).all()


def test_a_block_is_called_wrong_and_taken_back(talk: Talk, tmp_path: Path) -> None:
    turn = blocked(talk).turn
    words = "it is a  training\nagainst phishing"
    assert appeal(talk, Appeal(turn, True, words)) == Appealed(turn, True)
    [one] = kept(talk)
    assert (one.turn, one.asked, one.words) == (turn, HARM, "it is a training against phishing")
    assert (one.decided.action, one.decided.direction) == ("block", "in")
    assert (one.decided.rule, one.decided.category) == ("patterns", "fraud")
    assert one.decided.score >= one.decided.threshold > 0
    assert not one.may_train and one.text == HARM
    assert appeal(talk, Appeal(turn, False)) == Appealed(turn, False)
    assert not kept(talk)
    log = tmp_path / "audit.jsonl"
    assert [e.kind for e in entries(log)] == ["turn", "appeal", "appeal-withdrawn"]
    assert {e.turn for e in entries(log)} == {turn}
    assert not verify(log).broken
    assert b"training" not in log.read_bytes() and b"phishing" not in log.read_bytes()


def test_where_nothing_was_decided_there_is_nothing_to_call_wrong(talk: Talk) -> None:
    reply = talk.say(Say(new_turn(), None, "Whom can I call?"))
    while reply.why.changes:  # this model's number is hidden
        reply = talk.say(Say(new_turn(), None, "My number is +44 20 7946 0958. What is it?"))
    failed = appeal(talk, Appeal(reply.turn))
    assert isinstance(failed, Failed)
    assert (failed.turn, failed.told.code) == ("", AgentCode.APPEAL_OF_NOTHING)


def test_what_was_hidden_of_an_answer_is_called_wrong_without_its_words(talk: Talk) -> None:
    reply = talk.say(Say(new_turn(), None, "Whom can I call?"))
    assert reply.why.changes
    appeal(talk, Appeal(reply.turn, True, "", may_train=True))
    [one] = kept(talk)
    assert (one.decided.action, one.decided.direction) == ("redact", "out")
    assert one.text == "" and "7946" not in one.answered


def test_of_a_private_chat_nothing_is_kept(talk: Talk, tmp_path: Path) -> None:
    talk.conversation.send(OpenChat(PRIVATE))
    turn = blocked(talk, PRIVATE).turn
    failed = appeal(talk, Appeal(turn, True, "a word"))
    assert isinstance(failed, Failed) and failed.told.code == AgentCode.APPEAL_IN_PRIVATE
    assert not kept(talk)
    assert not (tmp_path / "audit.jsonl").exists()


def test_it_goes_with_its_chat_though_it_was_given_for_learning(talk: Talk) -> None:
    turn = blocked(talk).turn
    appeal(talk, Appeal(turn, True, "wrong", may_train=True))
    stored = talk.history.turn(turn)
    assert stored is not None
    talk.history.delete(stored.chat)
    assert not kept(talk)
    talk.history.delete_all()
    assert not AppealStore(talk.history.file, read_only=True).of([turn])


@pytest.mark.parametrize(
    "words",
    ["That block was wrong.", "Mark that as wrong, please.", "刚才的拦截不对", "这个判定错了"],
)
def test_it_is_called_wrong_by_voice(talk: Talk, words: str) -> None:
    reply = blocked(talk)
    stored = talk.history.turn(reply.turn)
    assert stored is not None
    said = talk.say(Say(new_turn(), stored.chat, words))
    assert said.ended is Ended.DONE and "7946" not in said.text
    assert [one.turn for one in kept(talk)] == [reply.turn]


def test_ordinary_words_call_nothing_wrong(talk: Talk) -> None:
    reply = blocked(talk)
    stored = talk.history.turn(reply.turn)
    assert stored is not None
    for words in ("That was wrong.", "Was the decision wrong?", "What is wrong with that block?"):
        talk.say(Say(new_turn(), stored.chat, words))
    assert not kept(talk)


@pytest.mark.parametrize("name", ["wrong.csv", "wrong.jsonl"])
def test_only_what_was_given_is_exported(
    talk: Talk, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for may_train in (True, False):
        appeal(talk, Appeal(blocked(talk).turn, True, "why", may_train))
    hidden = talk.say(Say(new_turn(), None, "Whom can I call?"))
    appeal(talk, Appeal(hidden.turn, True, "", True))
    assert export_appeals(talk.history.file, tmp_path / name) == (1, 2)
    text = (tmp_path / name).read_text(encoding="utf-8")
    lines = text.splitlines()
    rows = map(json.loads, lines) if name.endswith("jsonl") else csv.DictReader(lines)
    assert list(rows) == [{"text": HARM, "label": "harmless", "category": "fraud"}]
    show_appeals(talk.history.file, as_json=True)
    assert len(json.loads(capsys.readouterr().out)) == 3
    show_appeals(talk.history.file, as_json=False)
    assert "why wrong: why" in capsys.readouterr().out


def test_without_a_history_there_are_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    show_appeals(tmp_path / "history.db", as_json=True)
    assert json.loads(capsys.readouterr().out) == []
    assert export_appeals(tmp_path / "history.db", tmp_path / "none.csv") == (0, 0)
