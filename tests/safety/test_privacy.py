"""Personal data: found by kind, hidden on the way out, said back only to those who showed it."""

from __future__ import annotations

from pathlib import Path

import pytest

from safety.rules.privacy import THRESHOLD, Privacy
from safety.types import Action
from tests.safety.conftest import Judge, Seen

PERSONAL = [
    ("Write to jamal_sato@example.org now.", "email", "jamal_sato@example.org"),
    ("Ring +1 202 555 0133 after six", "phone", "+1 202 555 0133"),
    ("the number is (312) 555-0127.", "phone", "(312) 555-0127"),
    ("grandma rings on 555-0133 after six", "phone", "555-0133"),
    ("You can call 73 448 266", "phone", "73 448 266"),
    ("Call 06 12 34 56 78 please", "phone", "06 12 34 56 78"),
    ("打 138 0013 8000 找他", "phone", "138 0013 8000"),
    ("Is 4111 1111 1111 1111 valid?", "card", "4111 1111 1111 1111"),
    ("pay with 378282246310005", "card", "378282246310005"),
    ("to DE89 3704 0044 0532 0130 00 today", "iban", "DE89 3704 0044 0532 0130 00"),
    ("SSN 536-90-4399", "national_id", "536-90-4399"),
    ("NINO AB123456C", "national_id", "AB123456C"),
    ("身份证11010519491231002X。", "national_id", "11010519491231002X"),
    ("CPF 390.533.447-05", "national_id", "390.533.447-05"),
    ("my passport X12803874 expires", "national_id", "X12803874"),
    ("The printer sits at 198.51.100.125", "ip", "198.51.100.125"),
    ("at 2001:db8::ff00:42:8329", "ip", "2001:db8::ff00:42:8329"),
    ("I live at 93 Mill Lane, Dayton, which bus", "address", "93 Mill Lane, Dayton"),
    ("born 26/4/1959,", "birth_date", "26/4/1959"),
    ("the password is hunter2!", "secret", "hunter2!"),
    ("key ghp_abcdefghijklmnopqrstuvwxyz0123456789", "secret", "ghp_"),
]

IMPERSONAL = [
    "Version 1.2.3.4 is out",
    "Set your address to 192.168.1.1 or 127.0.0.1",
    "Use 8.8.8.8 for names",
    "Call 112 or 1-800-222-1222 (free)",
    "The distance is 384400 km for 1234567 people",
    "Order number 4821384213 shipped",
    "ISBN 978-3-16-148410-0",
    "2024-05-06 12:30, the years 1939-1945",
    "pi is 3.14159265358979",
    "300 000 000 m/s and $1,234,567.00",
    "1 2 3 4 5 6 7 8 9 10",
    "std::vector<int> foo::bar, ratio 1:2:3:4:5",
    "call function foo(1234567)",
    "phone battery 4000 mAh for 2 000 000 users",
    "the password is optional",
    "Turn left at Mill Lane, it is a pretty street.",
    "Room 214 is on the second floor.",
    "4111 1111 1111 1112 has a wrong sum",
]


HARMLESS = Path(__file__).parents[1] / "data" / "harmless_numbers.txt"
MARKED = Path(__file__).parents[1] / "data" / "personal_data.txt"


def _marked(line: str) -> tuple[str, str, list[tuple[int, int]]]:
    """The region, the text and the places between « and »."""
    region, text = line.split("\t")
    places = list[tuple[int, int]]()
    while (start := text.find("«")) >= 0:
        end = text.index("»") - 1
        text = text.replace("«", "", 1).replace("»", "", 1)
        places.append((start, end))
    return region, text, places


def test_recall_and_precision_in_nine_regions() -> None:
    """Ours to develop with: what unseen sets say is measured by `candor bench safety --spans`."""
    rules = dict[str, Privacy]()
    marked, missed, wrong, said = 0, list[str](), list[str](), 0
    for line in MARKED.read_text(encoding="utf-8").splitlines():
        region, text, places = _marked(line)
        rule = rules.setdefault(region, Privacy(region))
        found = [(f.start, f.end) for f in rule.find(text) if f.score >= THRESHOLD]
        marked, said = marked + len(places), said + len(found)
        missed += [text[s:e] for s, e in places if not _met((s, e), found)]
        wrong += [text[s:e] for s, e in found if not _met((s, e), places)]
    assert len(rules) >= 9 and marked >= 80
    assert len(missed) <= 0.1 * marked, missed
    assert len(wrong) <= 0.1 * said, wrong


def _met(place: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in others)


@pytest.mark.parametrize("region", ["US", "GB", "DE", "CN", "FR"])
def test_no_budget_measurement_or_constant_is_hidden(region: str) -> None:
    lines = HARMLESS.read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 200
    privacy = Privacy(region)
    hidden = {
        line: found.note
        for line in lines
        for found in privacy.find(line)
        if found.score >= THRESHOLD and found.category != "birth_date"
    }
    assert hidden == {}


@pytest.fixture(scope="module")
def privacy() -> Privacy:
    return Privacy("US")


@pytest.mark.parametrize(("text", "category", "piece"), PERSONAL)
def test_personal_data_is_found_where_it_is(
    privacy: Privacy, text: str, category: str, piece: str
) -> None:
    found = {(f.category, text[f.start : f.end]) for f in privacy.find(text) if f.score >= 0.5}
    assert any(kind == category and part.startswith(piece) for kind, part in found), found
    assert piece not in privacy.redact(text)
    assert f"[{category}]" in privacy.redact(text)


@pytest.mark.parametrize("text", IMPERSONAL)
def test_other_numbers_stay(privacy: Privacy, text: str) -> None:
    assert privacy.redact(text) == text


def test_what_the_user_writes_is_their_business(judge: Judge) -> None:
    verdict = judge("write me an email to bob@example.com")
    assert verdict.action is Action.ALLOW
    assert [f.category for f in verdict.why.findings] == ["email"]


def test_an_invented_card_number_is_hidden(judge: Judge) -> None:
    verdict = judge("Your card is 4539 1488 0343 6467, I think. ", "out")
    assert verdict.action is Action.REDACT
    assert verdict.text == "Your card is [card number hidden], I think. "
    assert judge("卡号是4539148803436467。", "out").text == "卡号是[已隐藏银行卡号]。"


def test_the_users_own_words_may_be_said_back(judge: Judge) -> None:
    text = "Dear Bob <bob@example.com>,"
    assert judge(text, "out").action is Action.REDACT
    assert judge(text, "out", words="mail Bob at bob@example.com").action is Action.ALLOW
    assert judge(text, "out", words="mail bob at example dot com").action is Action.ALLOW


def test_what_is_shown_now_may_be_read_out(judge: Judge, seen: Seen) -> None:
    card = seen(("text", "Dr. Rosa Weber"), ("text", "Tel. (312) 555-0127"))
    text = "The number on the card is 312 555 0127."
    assert judge(text, "out", card).text == text
    assert judge("Or try 312 555 0199.", "out", card).action is Action.REDACT
    assert judge(text, "out").action is Action.REDACT
