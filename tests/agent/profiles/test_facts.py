"""The facts of a place: found by the question, held to in the answer, and nothing beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from agent.commands import Say
from agent.events import Reply
from agent.profiles import facts, profile
from agent.settings import Settings
from agent.types import Ended, Message, new_turn
from tests.engines import ScriptedDialogue, Talk, engines, scripted

MUSEUM = profile.load("museum")


@pytest.mark.parametrize(
    ("words", "language", "piece"),
    [
        ("When do you open?", "en", "10:00 to 18:00"),
        ("What are your opening hours", "en", "10:00 to 18:00"),
        ("how much is it for students", "en", "12 euros"),
        ("Can I use a wheelchair here?", "en", "lift"),
        ("几点闭馆？", "zh", "10:00 至 18:00"),
        ("门票多少钱", "zh", "12 欧元"),
    ],
)
def test_a_question_finds_its_fact(words: str, language: str, piece: str) -> None:
    found = facts.concerning(MUSEUM, words, language)
    assert piece in found[0].text
    assert {one.kind for one in found} == {facts.KIND}


@pytest.mark.parametrize(
    "words", ["Who painted the Mona Lisa?", "What is a photon?", "这幅画是谁画的？", "I am tired."]
)
def test_another_question_finds_none_and_is_not_refused(words: str) -> None:
    assert facts.concerning(MUSEUM, words, "en") == ()
    assert facts.unknown(MUSEUM, words, "en") == ""


@pytest.mark.parametrize(
    ("words", "language", "desk"),
    [
        ("Is there parking?", "en", "information desk"),
        ("May my dog come in?", "en", "information desk"),
        ("这里可以停车吗？", "zh", "问讯处"),
    ],
)
def test_what_no_fact_holds_is_not_known_and_the_desk_is_named(
    words: str, language: str, desk: str
) -> None:
    assert desk in facts.unknown(MUSEUM, words, language)


def test_other_profiles_say_nothing_of_a_place() -> None:
    everyday = profile.load("everyday")
    assert facts.unknown(everyday, "Is there parking?", "en") == ""
    assert facts.concerning(everyday, "When do you open?", "en") == ()


@pytest.fixture
def asked() -> list[str]:
    """What the model read."""
    return []


@pytest.fixture
def museum(tmp_path: Path, asked: list[str]) -> Iterator[Talk]:
    def script(messages: Sequence[Message]) -> list[str]:
        asked.append(messages[-1].text)
        return ["The ", "museum ", "opens ", "at ", "10:00 ", "[1]."]

    parts = engines(tmp_path, ScriptedDialogue(script))
    talk = Talk(tmp_path, parts, settings=Settings(profile="museum"))
    yield talk
    talk.close()


def said(talk: Talk, words: str) -> Reply:
    return talk.say(Say(new_turn(), None, words))


def test_a_fact_is_data_of_the_turn_and_is_cited(museum: Talk, asked: list[str]) -> None:
    reply = said(museum, "When do you open?")
    assert "| [1] about this place: The museum is open Tuesday" in asked[-1]
    assert reply.text.strip() == "The museum opens at 10:00 [1]."
    assert [item.kind for item in reply.why.evidence] == [facts.KIND]
    assert reply.why.sentences[0].evidence == (1,)


def test_what_is_not_among_the_facts_never_reaches_the_model(
    museum: Talk, asked: list[str]
) -> None:
    reply = said(museum, "Is there parking?")
    assert "I do not know that" in reply.text and "information desk" in reply.text
    assert reply.ended is Ended.DONE and not asked


def test_danger_is_heard_before_the_desk_is_named(museum: Talk) -> None:
    reply = said(museum, "I want to kill myself in the parking lot.")
    assert reply.why.changes


def test_a_figure_that_no_fact_holds_is_marked(tmp_path: Path) -> None:
    dialogue = scripted("The museum opens at 08:30 on Sundays.")
    talk = Talk(tmp_path, engines(tmp_path, dialogue), settings=Settings(profile="museum"))
    reply = said(talk, "When do you open?")
    talk.close()
    assert "(not among the facts of this place)" in reply.text
    assert [(f.rule, f.category) for f in reply.why.findings if f.fired] == [("grounding", "fact")]
