"""Questions about Candor itself get what is true of it; others get nothing of it."""

from __future__ import annotations

import pytest

from agent.turn import about_candor, routing


@pytest.mark.parametrize(
    "words",
    [
        "Who am I talking to?",
        "Does anything I say leave this machine?",
        "Are you a real person?",
        "Don’t you ever get tired?",
        "What can you do?",
        "Can anyone else read our chats?",
        "What does the word your makers named you after mean?",
        "你是真人吗？",
        "我说的会不会传上网",
        "你能做什么？",
    ],
)
def test_a_question_about_candor_is_known(words: str) -> None:
    assert about_candor.is_asked(words)


@pytest.mark.parametrize(
    "words",
    [
        "How do I leave this company on good terms?",
        "Can you read my great-gran's handwriting? It's a recipe.",
        "What can you tell me about Rome?",
        "Who painted the ceiling of the Sistine Chapel?",
        "Do you know how to boil an egg?",
        "我的电脑会自动保存文件吗？",
    ],
)
def test_other_questions_are_not(words: str) -> None:
    assert not about_candor.is_asked(words)


def test_the_hint_says_where_words_go() -> None:
    here = routing.hints("Is this chat private?", "en")[0]
    there = routing.hints("Is this chat private?", "en", here=False)[0]
    assert "stays on this computer" in here
    assert "server" in there and "stays on this computer" not in there
    assert routing.hints("Is this chat private?", "en", shown=True) == ()


@pytest.mark.parametrize(
    "words",
    [
        "Does anything I say leave this machine?",
        "Is this chat private?",
        "Can anyone else read our chats?",
        "Where are my conversations stored?",
        "Is what I say sent to the cloud?",
        "Does what I tell you get sent to anyone?",
        "我说的会不会传上网",
    ],
)
def test_where_words_go_is_told_without_a_model(words: str) -> None:
    chinese = "我" in words
    here = about_candor.answer(words, "zh" if chinese else "en", here=True)
    there = about_candor.answer(words, "zh" if chinese else "en", here=False)
    assert ("不会离开这台电脑" if chinese else "stays on this computer") in here
    assert ("服务器" if chinese else "server") in there and here != there


@pytest.mark.parametrize(
    "words", ["Are you a real person?", "Are you human or a bot?", "Am I talking to a robot?"]
)
def test_it_never_passes_for_a_person(words: str) -> None:
    assert "not a person" in about_candor.answer(words, "en", here=True)


@pytest.mark.parametrize(
    "words",
    [
        "Who are you?",
        "What can you do?",
        "Are you a person who likes tea?",
        "Can anyone see me in this photo?",
        "Does the bus leave this machine park at nine?",
        "How do I leave this company on good terms?",
        "Where are my keys?",
        "Are you a real estate expert?",
    ],
)
def test_everything_else_is_left_to_the_model(words: str) -> None:
    assert about_candor.answer(words, "en", here=True) == ""
