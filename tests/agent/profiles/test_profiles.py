"""Profiles: found, read, checked to the line, and of the user's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.profiles import profile
from agent.profiles.checking import line_of
from agent.prompting.prompt import system
from agent.prompting.wishes import wishes_of
from agent.settings import Settings, data_folder
from desktop.cli.main import main
from desktop.widgets import icons
from perception.types import UserError

PLACES = {"clinic", "museum", "library"}

RIGHT = """\
title = { en = "Shop" }
facts_only = true
desk.en = "the till"

[topics]
en = ["open"]

[[questions]]
text = { en = "When do you open?" }

[[facts]]
about = { en = ["open"] }
text.en = "The shop opens at 9:30."

[[facts]]
about = { en = ["parking"] }
text.en = "There is no parking."
"""


def written(name: str, text: str) -> Path:
    folder = data_folder() / "profiles"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder / f"{name}.toml"


@pytest.mark.parametrize("name", profile.names())
def test_each_shipped_one_is_right_in_both_languages(name: str) -> None:
    one = profile.load(name)
    texts = [one.title, *(q.text for q in one.questions), *(f.text for f in one.facts)]
    assert one.questions
    assert all(set(text) >= {"en", "zh"} for text in texts)
    assert all(icons.exists(question.icon) for question in one.questions)
    if name in PLACES:
        assert one.shared and one.facts_only and one.never_ask and set(one.desk) == {"en", "zh"}
        assert all(set(fact.about) == {"en", "zh"} for fact in one.facts)


def test_a_place_tells_the_model_its_rules_and_nobodys_wishes() -> None:
    told = system(profile.load("museum")).text
    assert "Never ask the visitor for: their name" in told
    assert "say only what the lines" in told
    assert wishes_of(Settings(profile="museum", call_me="Ann")) == ""
    assert wishes_of(Settings(profile="everyday", call_me="Ann"))
    assert profile.load("museum").governed_by == "museum"
    assert profile.load("health").governed_by == "health"


def test_one_of_the_users_own_is_found_and_stands_for_a_shipped_one() -> None:
    written("shop", RIGHT)
    assert "shop" in profile.names() and profile.load("shop").facts
    written("museum", RIGHT)
    assert profile.title("museum", "en") == "Shop"


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ('title = { en = "Shop" }', "title = { en = 3 }", 1, "title"),
        ('title = { en = "Shop" }', "title = { }", 1, "title"),
        ("facts_only = true", 'facts_only = "yes"', 2, "facts_only"),
        ("facts_only = true", "fact_only = true", 2, "fact_only"),
        ('desk.en = "the till"', "", 1, "desk"),
        ('desk.en = "the till"', 'languages = ["xx"]', 3, "languages"),
        ("[topics]", "[topics", 5, ""),
        ('en = ["open"]', "en = [1]", 6, "topics"),
        ('text.en = "There is no parking."', 'text.de = "Nein."', 17, "facts[1].text"),
        ('text.en = "There is no parking."', f'text.en = "{"x" * 300}"', 17, "facts[1].text.en"),
        ('about = { en = ["parking"] }', "about = { en = [] }", 16, "facts[1].about"),
        ('about = { en = ["parking"] }', "abut = { }", 16, "facts"),
        ("[topics]", "[idle]\nend_after = 10\n[topics]", 6, "idle.end_after"),
        ("[topics]", "[idle]\nend_after = 1\n[topics]", 6, "idle.end_after"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_field(
    old: str, new: str, line: int, field: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert old in RIGHT
    file = written("shop", RIGHT.replace(old, new))
    with pytest.raises(UserError) as raised:
        profile.load("shop")
    message = raised.value.message
    assert str(file) in message and field in message
    found = int(message.partition(", line ")[2].partition(":")[0])
    assert abs(found - line) <= 1, message
    assert main(["profiles", "check", "shop"]) == 1
    assert f"line {found}" in capsys.readouterr().err


def test_the_line_of_a_field_that_is_nowhere_is_that_of_its_table() -> None:
    assert line_of(RIGHT, "facts[1].nothing") == 15
    assert line_of(RIGHT, "questions[0].text") == 9


def test_a_broken_one_is_listed_and_breaks_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    written("shop", "title = 1")
    assert profile.title("shop", "en") == "shop"
    assert main(["profiles", "list"]) == 0
    assert "shop" in capsys.readouterr().out
    assert profile.load("everyday")


def test_one_is_made_shown_and_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profiles", "new", "my-museum", "--from", "museum"]) == 0
    assert main(["profiles", "check", "my-museum"]) == 0
    assert main(["profiles", "show", "my-museum", "--json"]) == 0
    assert '"facts_only": true' in capsys.readouterr().out
    assert profile.load("my-museum").governed_by == "museum"
    assert main(["profiles", "new", "my-museum"]) == 1
    assert main(["profiles", "new", "../evil"]) == 1
    assert main(["profiles", "new", "Has Spaces"]) == 1
    assert main(["profiles", "show", "nowhere"]) == 1
    assert main(["profiles", "check", "nowhere.toml"]) == 1
    assert not (data_folder() / "evil.toml").exists()
