"""The right facts and the right old words come with a turn, and only those."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from agent.codes import AgentCode
from agent.commands import Say
from agent.memory import recall
from agent.memory.history import StoredTurn
from agent.tools.store import FACT, NOTE, Store
from tests.engines import Talk, engines, scripted

NOW = datetime(2027, 3, 16, 14, 5)


def _store() -> Store:
    store = Store(None)
    for place, text in enumerate(
        (
            "I parked on level C in bay 27",
            "Yuki doesn't eat pork",
            "the shed code is 7714",
            "奶奶家的门锁密码是5858",
        )
    ):
        store.keep(FACT, text, 1000.0 + place, f"t{place}")
    store.keep(NOTE, "plumber: Hedda, 555-0171", 2000.0, "t9")
    return store


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Which level did I park on?", "level C"),
        ("Can Yuki have pork dumplings?", "Yuki"),
        ("What's the code of the shed?", "7714"),
        ("奶奶家门锁的密码是什么？", "5858"),
        ("Do I have a plumber?", "Hedda"),
    ],
)
def test_the_right_fact_comes(words: str, text: str) -> None:
    found = recall.facts(words, _store(), ())
    assert found and text in found[0].text


@pytest.mark.parametrize(
    "words",
    ["How do I boil an egg?", "What is the capital of France?", "彩虹有几种颜色？", "Hello!"],
)
def test_others_stay_away(words: str) -> None:
    assert recall.facts(words, _store(), ()) == ()


def test_a_fact_that_stands_in_the_chat_does_not_come_twice() -> None:
    turn = StoredTurn("t0", 1, "Remember …", "p", (), "r", None, None, 0.0)
    assert recall.facts("Which level did I park on?", _store(), [turn]) == ()


def test_turn_151_knows_what_turn_2_said(tmp_path: Path) -> None:
    model = scripted("A short answer about something else.")
    model.context = 1400
    talk = Talk(tmp_path, engines(tmp_path, model), now=lambda: NOW)
    chat = talk.history.new_chat()
    said = ["Hello there.", "My dog is called Biscuit and she is a beagle."]
    said += [f"Tell me something nice about the colour number x{n} please." for n in range(148)]
    from agent.types import Ended
    from tests.agent.memory.kept import untold

    for number, words in enumerate(said):
        talk.history.begin(f"old{number}", chat, words)
        talk.history.ground(f"old{number}", words, ())
        talk.history.end(f"old{number}", "It is a lovely colour.", Ended.DONE, untold())
    reply = talk.say(Say("151", chat, "Which breed is my dog Biscuit?"))
    asked = model.asked[-1]
    assert "| [1] the user said earlier in this chat: My dog is called Biscuit" in asked[-1].text
    assert all("beagle" not in message.text for message in asked[:-1])
    assert AgentCode.CHAT_BEGINNING_UNREAD in [note.code for note in reply.why.notes]
    again = talk.say(Say("152", chat, "What do you think of beagles?"))
    codes = [note.code for note in again.why.notes]
    assert AgentCode.CHAT_FOUND_BY_SEARCH in codes, "it is shown once a chat"
    assert AgentCode.CHAT_BEGINNING_UNREAD not in codes
    assert [piece.kind for piece in reply.why.evidence] == ["earlier"]
    talk.close()


def test_facts_of_another_chat_come_as_data(tmp_path: Path) -> None:
    model = scripted("On level C.")
    talk = Talk(tmp_path, engines(tmp_path, model), now=lambda: NOW)
    talk.say(Say("1", None, "Remember that I parked on level C in bay 27."))
    talk.say(Say("2", None, "Which level did I park on?"))
    assert "| [1] the user told me: I parked on level C in bay 27" in model.asked[-1][-1].text
    talk.say(Say("3", 1, "Which level did I park on?"))
    assert "the user told me" not in model.asked[-1][-1].text
    talk.close()
