"""Attribution: what is cited or plainly repeated, and nothing else."""

from __future__ import annotations

import pytest

from agent.turn.attribution import rests_on
from perception.types import Evidence, Where

LABEL = Evidence(1, "text", "Ibuprofen 400 mg, one tablet up to three times a day", Where("p"), 0.9)
PEOPLE = Evidence(2, "person", "2 people: one left, one centre", Where("p"), 0.9)
SIGN = Evidence(3, "text", "出口在左边", Where("p"), 0.9)
ASKED = Evidence(4, "heard", "what does this label say", Where("s"), 0.9)
BILL = Evidence(5, "text", "FIRST CHEQUING\nDate Debits Balance\n101,598.46", Where("p"), 0.9)
CHIPS = Evidence(6, "text", "MissVickie's\nWHITE CHEDDAR\nper package", Where("p"), 0.9)
DOGS = Evidence(7, "thing", "2 dogs: middle, middle, probably", Where("p"), 0.9)
CAR = Evidence(8, "tag", "minivan (car)", Where("p"), 0.9)
ALL = (LABEL, PEOPLE, SIGN, ASKED, BILL, CHIPS, DOGS, CAR)


@pytest.mark.parametrize(
    ("sentence", "ids"),
    [
        ('It says "Ibuprofen 400 mg".', (1,)),
        ("Take one tablet up to three times.", (1,)),
        ("There are 2 people in the room.", (2,)),
        ("牌子上写着出口在左边。", (3,)),
        ("The number of that tablet is 400.", (1,)),
        ("The total on this bill is $101,598.46.", (5,)),
        ("The product is a bag of white cheddar cheese.", (6,)),
        ("There are two dogs in the picture.", (7,)),
        ("I see a minivan in the middle.", (8,)),
        ("I think so [2].", (2,)),
        ("What does this label say?", ()),
        ("The sky is blue.", ()),
        ("It is on the left.", ()),
        ("See [9].", ()),
    ],
)
def test_rests_on(sentence: str, ids: tuple[int, ...]) -> None:
    assert rests_on(sentence, ALL) == ids


def test_of_many_parts_of_a_text_the_two_closest_count() -> None:
    parts = [
        Evidence(n, "attached", f"The garden club met in week {n}. {more}", Where("Minutes"), 1.0)
        for n, more in enumerate(["", "", "Olga keeps the key.", "", "The key is blue."], start=1)
    ]
    assert rests_on("The garden club met, and Olga keeps the blue key.", parts) == (3, 5)
