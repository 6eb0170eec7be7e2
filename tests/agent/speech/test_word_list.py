"""The word list is on disk before it counts, and everything learned can be taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from agent.speech.vocabulary import MOST, Vocabulary, load
from perception.types import UserError


def test_what_is_learned_stays_and_can_be_taken_back(tmp_path: Path) -> None:
    file = tmp_path / "config" / "words.toml"
    words = Vocabulary(file)
    assert words.words() == ()
    first = words.learn("Siobhan", "Shivun", "Shivun")
    second = words.learn('O"Neil\n', "oh kneel")
    assert words.words() == ("Siobhan", 'O"Neil\n')
    again = Vocabulary(file)
    assert again.entries() == (first, second)
    assert again.instead() == (("Shivun", "Siobhan"), ("oh kneel", 'O"Neil\n'))
    assert again.said_as() == (("Siobhan", "Shivun"),)
    assert again.unlearn(first.id)
    assert not again.unlearn(first.id)
    assert [entry.word for entry in load(file)] == ['O"Neil\n']


def test_a_user_may_write_the_file(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text('[[entry]]\nid = "1"\nword = "Niamh"\nsaid_as = "Neev"\n', encoding="utf-8")
    assert Vocabulary(file).said_as() == (("Niamh", "Neev"),)


def test_a_broken_file_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text("[[entry]\n", encoding="utf-8")
    with pytest.raises(UserError, match="cannot be read"):
        Vocabulary(file)


def test_comments_and_what_the_user_wrote_meanwhile_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    words = Vocabulary(file)
    first = words.learn("Siobhan", "Shivun")
    mine = '\n# my sister\n[[entry]]\nid = "1"\nword = "Niamh"  # not Neve\n'
    file.write_text(f"# my words\n{file.read_text('utf-8')}{mine}", "utf-8")
    words.learn("Aoife", "eefa")
    assert words.words() == ("Siobhan", "Niamh", "Aoife")
    assert words.unlearn(first.id)
    text = file.read_text("utf-8")
    assert "# my words" in text and "# my sister" in text and "# not Neve" in text
    assert "Siobhan" not in text and [entry.word for entry in load(file)] == ["Niamh", "Aoife"]


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    lists = [Vocabulary(file), Vocabulary(file)]

    def learn(number: int) -> None:
        for count in range(10):
            lists[number].learn(f"{number}-{count}", "")

    with ThreadPoolExecutor() as pool:
        list(pool.map(learn, range(2)))
    assert len({entry.word for entry in load(file)}) == 20


def test_the_oldest_makes_room(tmp_path: Path) -> None:
    words = Vocabulary(tmp_path / "words.toml")
    words._keep(tuple(words.learn(f"w{n}", "") for n in range(2)) * (MOST // 2))
    words.learn("new", "")
    assert len(words.entries()) == MOST
    assert words.entries()[-1].word == "new"
