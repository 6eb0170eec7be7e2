"""The user's own data: read in every common form, checked, told, split without leaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.memory.feedback import FeedbackStore
from agent.memory.history import History
from agent.training.chat.examples import Example
from agent.training.chat.prepare import prepare
from agent.training.chat.sources import from_history, read
from agent.types import Ended, Message
from perception.types import UserError
from safety.types import Explanation


def example(asked: str, told: str = "Yes.", group: str = "") -> Example:
    return Example((Message("user", asked), Message("assistant", told)), group)


def many(count: int) -> list[Example]:
    return [example(f"Question number {n}?", f"Answer {n}.") for n in range(count)]


def asked(part: tuple[Example, ...]) -> set[str]:
    return {e.messages[-2].text for e in part}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", '{"prompt": "Who?", "response": "Me."}\n'),
        ("a.jsonl", '{"messages": [{"role": "user", "content": "Who?"},'
                    ' {"role": "assistant", "content": "Me."}]}\n'),
        ("a.json", '[{"conversations": [{"from": "human", "value": "Who?"},'
                   ' {"from": "gpt", "value": "Me."}]}]'),
        ("a.csv", "Question,Answer\nWho?,Me.\n"),
        ("a.csv", "question;answer\nWho?;Me.\n"),
        ("a.tsv", "input\toutput\nWho?\tMe.\n"),
        ("a.txt", "Who?\r\n\r\nMe.\r\n"),
    ],
)  # fmt: skip
def test_common_forms_are_read(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    examples, problems = read(tmp_path)
    assert [m.text for m in examples[0].messages] == ["Who?", "Me."]
    assert problems == []


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "cp1252"])
def test_other_encodings_are_read_and_told(tmp_path: Path, encoding: str) -> None:
    text = "é à ü" if encoding == "cp1252" else "你好吗"
    (tmp_path / "a.csv").write_bytes(f"question,answer\n{text},ok\n".encode(encoding))
    examples, problems = read(tmp_path / "a.csv")
    assert examples[0].messages[0].text == text
    told = [encoding in problem.told.message for problem in problems]
    assert told == ([] if encoding == "utf-16" else [True])


def test_wrong_columns_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,age\nAda,36\n")
    with pytest.raises(UserError, match="it has: name, age") as error:
        read(tmp_path / "a.csv")
    assert "prompt" in error.value.hint


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"prompt": "a", "answer": "b"}\n{"prompt": \n')
    with pytest.raises(UserError, match=r"Line 2 of a\.jsonl"):
        read(tmp_path)


def test_empty_cells_and_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("question,answer\nWho?,Me.\nWhat?,\n")
    (tmp_path / "b.csv").write_text("")
    examples, problems = read(tmp_path)
    assert len(examples) == 1
    assert [problem.told.message for problem in problems] == [
        "1 rows of a.csv have no question with an answer.", "b.csv is empty."
    ]  # fmt: skip


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not there"):
        read(tmp_path / "nowhere")
    with pytest.raises(UserError, match="has no examples"):
        read(tmp_path)


def test_one_row_is_refused_before_any_work() -> None:
    prepared = prepare([example("Who?")])
    assert "Different examples: 1;" in prepared.fatal[0].told.message


def test_doubles_are_used_once() -> None:
    prepared = prepare([*many(20), *many(20)], augment=False)
    assert len(prepared.train) + len(prepared.dev) == 20
    assert "20 rows are there twice." in [problem.told.message for problem in prepared.problems]


def test_the_same_seed_gives_the_same_parts() -> None:
    one, two = (prepare(many(50), seed=3) for _ in range(2))
    assert one == two
    assert prepare(many(50), seed=4).dev != one.dev


def test_groups_and_equal_questions_stay_together() -> None:
    rows = [
        example(f"Question {n // 2}?", f"Answer {n}.", group="abc"[n % 3] if n < 9 else "")
        for n in range(60)
    ]
    prepared = prepare(rows, augment=False)
    assert prepared.dev
    assert not asked(prepared.train) & asked(prepared.dev)
    groups = [{e.group for e in part if e.group} for part in (prepared.train, prepared.dev)]
    assert not groups[0] & groups[1]
    assert any("more than one answer" in problem.told.message for problem in prepared.problems)


def test_one_group_leaves_nothing_to_check_with() -> None:
    prepared = prepare([example(f"Question {n}?", group="all") for n in range(20)])
    assert "one group" in prepared.fatal[0].told.message


def test_rows_that_leak_into_the_users_own_part_are_left_out() -> None:
    prepared = prepare(many(20), own_dev=many(3), augment=False)
    assert len(prepared.train) == 17
    assert "3 rows to learn from are also among" in prepared.problems[0].told.message


def test_small_sets_get_variants_of_the_questions_alone() -> None:
    prepared = prepare(many(20))
    assert len(prepared.train) > 40
    assert {e.messages[-1].text for e in prepared.train} <= {f"Answer {n}." for n in range(20)}
    assert all(e.messages[0].role == "system" for e in prepared.train)


def test_only_what_the_user_gave_is_learned_from_history(tmp_path: Path) -> None:
    history = History(tmp_path / "history.db")
    marks = FeedbackStore(tmp_path / "history.db")
    chat, gone = history.new_chat(), history.new_chat()
    for turn, where in (
        ("good", chat),
        ("kept", chat),
        ("bad", chat),
        ("fixed", chat),
        ("x", gone),
    ):
        history.begin(turn, where, "Who?")
        history.ground(turn, f"Who? {turn}", ())
        history.end(turn, "Me.", Ended.DONE, Explanation.of_notes())
    marks.mark("good", True, may_train=True)
    marks.mark("kept", True)
    marks.mark("bad", False, may_train=True)
    marks.mark("fixed", False, "You.", may_train=True)
    marks.mark("x", True, may_train=True)
    history.delete(gone)
    examples, problems = from_history(marks)
    assert [e.messages[-1].text for e in examples] == ["Me.", "You."]
    assert "1 answers are marked as bad" in problems[0].told.message
    marks.unmark("good")
    assert len(from_history(marks)[0]) == 1
    with pytest.raises(UserError, match="no longer there"):
        marks.mark("nowhere", True)
    history.close()
