"""The word list is on disk before it counts, and everything learned can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.speech.vocabulary import MOST, WordList, load
from perception.types import UserError


def test_what_is_learned_stays_and_can_be_taken_back(tmp_path: Path) -> None:
    file = tmp_path / "config" / "words.toml"
    words = WordList(file)
    assert words.words() == ()
    first = words.learn("Siobhan", "Shivun", "Shivun")
    second = words.learn('O"Neil\n', "oh kneel")
    assert words.words() == ("Siobhan", 'O"Neil\n')
    again = WordList(file)
    assert again.entries() == (first, second)
    assert again.instead() == (("Shivun", "Siobhan"), ("oh kneel", 'O"Neil\n'))
    assert again.said_as() == (("Siobhan", "Shivun"),)
    assert again.unlearn(first.id)
    assert not again.unlearn(first.id)
    assert [entry.word for entry in load(file)] == ['O"Neil\n']


def test_a_user_may_write_the_file(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text('[[entry]]\nid = "1"\nword = "Niamh"\nsaid_as = "Neev"\n', encoding="utf-8")
    assert WordList(file).said_as() == (("Niamh", "Neev"),)


def test_a_broken_file_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text("[[entry]\n", encoding="utf-8")
    with pytest.raises(UserError, match="cannot be read"):
        WordList(file)


def test_the_oldest_makes_room(tmp_path: Path) -> None:
    words = WordList(tmp_path / "words.toml")
    words._keep(tuple(words.learn(f"w{n}", "") for n in range(2)) * (MOST // 2))
    words.learn("new", "")
    assert len(words.entries()) == MOST
    assert words.entries()[-1].word == "new"
