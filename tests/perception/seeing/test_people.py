"""Nobody and nothing is counted twice."""

from __future__ import annotations

from perception.seeing.people import people, things
from tests.perception.seeing.drawing import item


def test_a_face_in_a_body_is_one_person() -> None:
    (person,) = people(
        [item("face", 0.4, 0.1)], [item("person", 0.3, 0.05, 0.3, 0.9, confidence=0.6)]
    )
    assert person.label == "person" and person.box.height == 0.9
    assert person.confidence > 0.95 and person.source == "test, test"


def test_faces_and_bodies_apart_are_counted_each_from_left_to_right() -> None:
    found = people(
        [item("face", 0.8, 0.1), item("face", 0.35, 0.1)],
        [item("person", 0.3, 0.05, 0.2, 0.9), item("person", 0.0, 0.3, 0.2, 0.6)],
    )
    assert [person.box.left for person in found] == [0.0, 0.3, 0.8]


def test_a_group_taken_for_one_body_gives_way_to_its_faces() -> None:
    faces = [item("face", left, 0.2) for left in (0.2, 0.4, 0.6)]
    assert len(people(faces, [item("person", 0.1, 0.1, 0.8, 0.8)])) == 3


def test_two_names_for_one_thing_are_one_thing() -> None:
    found = things(
        [
            item("mug", 0.4, 0.4, 0.2, 0.2, confidence=0.6),
            item("coffee cup", 0.41, 0.4, 0.2, 0.2, confidence=0.7),
            item("cat", 0.1, 0.1, 0.3, 0.3, confidence=0.8),
            item("cat", 0.15, 0.15, 0.1, 0.1, confidence=0.5),
            item("laptop", 0.42, 0.4, 0.2, 0.2, confidence=0.6),
            item("person", 0.0, 0.0, 0.9, 0.9),
        ]
    )
    assert sorted(thing.label for thing in found) == ["cat", "coffee cup", "laptop"]
