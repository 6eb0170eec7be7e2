"""What is put right is learned; everything else teaches nothing."""

from __future__ import annotations

import pytest

from agent.speech.correction import correction

_COMMON = (
    "cold tuesday thursday problem raining outside true fair good well that yesterday thank you"
)


def _tokens(text: str) -> int:
    return sum(1 if word in _COMMON.split() else 3 for word in text.split())


@pytest.mark.parametrize(
    ("text", "before", "word", "instead", "again"),
    [
        ("No, it is Siobhan.", "Please call Shivun.", "Siobhan", "Shivun", "Please call Siobhan."),
        ("No, it's *Siobhan*", "Call Shiv on now", "Siobhan", "Shiv on", "Call Siobhan now"),
        ("I said Kowalczyk, not Koval chick.", "Is Koval chick in?", "Kowalczyk", "Koval chick",
         "Is Kowalczyk in?"),
        ("Not Graffana but Grafana", "what is Graffana", "Grafana", "Graffana", "what is Grafana"),
        ("It's spelled S-I-O-B-H-A-N.", "Who is Shivaun?", "Siobhan", "Shivaun", "Who is Siobhan?"),
        ("No, you spell it N I A M H", "Who is Niav?", "Niamh", "Niav", "Who is Niamh?"),
        ("My name is Matsumoto, not Matt Simotto", "I am Matt Simotto.", "Matsumoto",
         "Matt Simotto", "I am Matsumoto."),
        ("不是张伟，是章炜", "给张伟打电话", "章炜", "张伟", "给章炜打电话"),
        ("我说的是章炜，不是张伟。", "给张伟打电话", "章炜", "张伟", "给章炜打电话"),
        ("no i said metoprolol", "take metaprolal daily", "metoprolol", "metaprolal",
         "take metoprolol daily"),
    ],
)  # fmt: skip
def test_a_correction_is_learned(
    text: str, before: str, word: str, instead: str, again: str
) -> None:
    found = correction(text, before, _tokens)
    assert found is not None
    assert (found.word, found.instead_of, found.again) == (word, instead, again)
    assert found.teaches


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("No, it is cold.", "Is the weather told?"),
        ("No problem.", "Thanks, probe them."),
        ("No, thank you.", "Shall I thank Hugh?"),
        ("No, it's raining outside and I want to stay at home", "Is it training?"),
        ("No, it is Ljubljana.", "What is the capital of Hungary?"),
        ("No.", "Call Shivun."),
        ("No, that is true.", "Is that through?"),
        ("I said that yesterday", "Tell me about the weather"),
        ("It is not fair.", "Is it a fur?"),
        ("no it is tuesday", "what happens on thursday"),
        ("I meant well", "Do you mean Will?"),
        ("No, it is Siobhan.", ""),
        ("不是的", "给张伟打电话"),
        ("What is Siobhan?", "Who is Shivun?"),
        ("not really", "is it real"),
    ],
)
def test_an_ordinary_sentence_teaches_nothing(text: str, before: str) -> None:
    found = correction(text, before, _tokens)
    assert found is None or not found.teaches


def test_everyday_words_are_put_right_but_not_learned() -> None:
    found = correction("I said Tuesday, not Thursday.", "What is on Thursday?", _tokens)
    assert found is not None
    assert not found.teaches
    assert found.again == "What is on Tuesday?"
    assert found.said_as == ""


def test_what_was_misheard_tells_how_a_name_sounds() -> None:
    spoken = correction("No, it is Siobhan.", "Please call Shivun.", _tokens)
    typed = correction("No, it is Siobhan.", "Please call Shivun.", _tokens, heard=False)
    assert spoken is not None and spoken.said_as == "Shivun"
    assert typed is not None and typed.said_as == ""
