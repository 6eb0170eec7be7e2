"""What is read out of what is shown."""

from __future__ import annotations

import pytest

from agent.voice.text.normalise import pieces, spoken


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("**Hello** *there* [1], see `foo_bar()`.[2][3]", "Hello there, see foo bar."),
        ("It holds [1, 2] two [3-4].", "It holds two."),
        (
            "# Title\n\n- one\n- two\n1. first\n2) second",
            "Title.\none.\ntwo.\none: first.\ntwo: second.",
        ),
        (
            "```python\nprint(1)\nx = 2\n```\nDone.",
            "On the screen: two lines of Python code.\nDone.",
        ),
        ("```\nabc", "On the screen: one line of text."),
        ("See https://www.example.com/a?b=c. Next", "See example dot com. Next"),
        ("[the label](https://x.y/z) and ![a cat](a.png)", "the label and A picture: a cat."),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a, b.\none, two."),
        (
            "It costs $3.50, 20 °C and £1.",
            "It costs three dollars and fifty cents, twenty degrees Celsius and one pound.",
        ),
        ("About $3.2 billion", "About three point two billion dollars"),
        ("😀 Hi ✅ done", "Hi done"),
        ("> quoted\n> more", "quoted\nmore"),
        ("- [x] milk\n- [ ] bread", "Done: milk.\nTo do: bread."),
        ("5 < 6 and <b>bold</b>", "five is less than six and bold"),
        ("2 * 3 * 4 and snake_case", "two times three times four and snake case"),
        ("Write to [email hidden].", "Write to email hidden."),
        ("The label says 布洛芬 400 mg.", "The label says Chinese text four hundred milligrams."),
        ("Привет means hello in Russian.", "Cyrillic text means hello in Russian."),
        ("|a|b|\n|-|-|\n|1|2|\n|3|4|\n|5|6|\n|7|8|", "On the screen: a table of four rows: a, b."),
        (
            "Version 2.10.3 at 192.168.1.10",
            "Version two point ten point three at "
            "one hundred ninety two dot one hundred sixty eight dot one dot ten",
        ),
        ("+1 (415) 555-2671", "plus one, four one five, five five five, two six seven one"),
        ("Open Mon-Fri.", "Open Monday to Friday."),
        ("45 t, 1 m", "forty five tonnes, one meter"),
        ("the 1990s, 5m and 10K", "the nineteen nineties, five m and ten K"),
        ("25 m² at 0.30 €/kWh", "twenty five square meters at thirty cents per kilowatt hour"),
        ("3:2, 16:9, 14:30", "three to two, sixteen to nine, fourteen thirty"),
        ("10^6 and 1920x1080", "ten to the power of six and nineteen twenty by ten eighty"),
        (
            "Agent 007, 0-5 points, 0.5",
            "Agent zero zero seven, zero to five points, zero point five",
        ),
        ("**Danger** (`rules.toml`) is **5** of 6", "Danger (rules dot tommel) is five of six"),
        ("42.", "forty two."),
        ("1984. A novel.", "nineteen eighty four. A novel."),
        ("| 1 | 2 |\n", "one, two."),
        ("|---|:-:|\n", ""),
        ("- one\n  and more\n    - inside\n", "one\nand more.\ninside."),
        ("• a point", "a point."),
        ("[notes](notes.txt) in <b>bold</b>", "notes in bold"),
        ("on 2024-03-05", "on March fifth, twenty twenty four"),
    ],
)
def test_markup_is_not_read(shown: str, said: str) -> None:
    assert spoken(shown) == said
    assert spoken(said) == said


@pytest.mark.parametrize(
    "shown", ["", "  ", "...", "---", "😀", "[1]", "你好,世界。", "Привет мир", "مرحبا"]
)
def test_what_cannot_be_said_is_only_shown(shown: str) -> None:
    assert spoken(shown) == ""


def test_a_text_without_a_comma_is_cut_between_words() -> None:
    parts = list(pieces("one two three " * 100, 240))
    assert all(0 < len(part) <= 240 for part in parts)
    assert " ".join(parts).split() == ("one two three " * 100).split()


def test_a_word_without_end_is_cut_too() -> None:
    parts = list(pieces("a" * 1000, 240))
    assert "".join(parts) == "a" * 1000
    assert max(map(len, parts)) == 240


def test_sentences_stay_whole_where_they_fit() -> None:
    first = next(pieces("First sentence here. " * 3, 45))
    assert first == "First sentence here. First sentence here."
