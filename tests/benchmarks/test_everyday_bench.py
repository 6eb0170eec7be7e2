"""The everyday bench: its table, its checkpoint, and what a cut leaves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent.settings import Settings
from agent.training.everyday import talks as talks_of
from agent.training.everyday.talks import Talk, TurnAnswer
from benchmarks import everyday
from desktop.cli.main import main
from perception.types import UserError
from tests.engines import engines, scripted


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    file = tmp_path / "talks.jsonl"
    checks = [{"helps": True}, {"cites": False}]
    rows = [
        {"id": name, "group": group, "language": "en", "turns": [
            {"user": f"How do I boil {name}?", "checks": checks}]}
        for name, group in (("rice", "howto"), ("eggs", "howto"), ("tea", "fact"))
    ]  # fmt: skip
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return file


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The adapters that were asked for; the model says always the same."""
    wanted = list[str | None]()

    def assemble(settings: Settings, adapter: str | None) -> object:
        wanted.append(adapter)
        return engines(tmp_path, scripted("Use twice as much water."))

    monkeypatch.setattr(everyday, "assemble", assemble)
    return wanted


def test_passed_turns_by_group(
    talks: Path, said: list[str | None], capsys: pytest.CaptureFixture[str]
) -> None:
    assert everyday.run_bench([talks], True, 2, adapter="none") == 0
    told = json.loads(capsys.readouterr().out)
    assert said == ["base"] and told["adapter"] == "base" and told["model"] == "scripted"
    assert told["groups"] == {"howto": {"turns": 2, "passed": 2, "ci": [0.3424, 1.0]}}
    assert (told["turns"], told["passed"]) == (2, 2)
    counts = ("evaded", "uncalled_citations", "loops", "advised")
    assert [told[name] for name in counts] == [0, 0, 0, 0]
    assert told["seconds"] > 0 and told["rows"][1]["user"] == "How do I boil eggs?"


def test_the_table(talks: Path, said: list[str | None], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "everyday", str(talks), "--adapter", "on"]) == 0
    shown = capsys.readouterr()
    assert said == [None]
    assert "howto" in shown.out and "uncalled_citations: 0" in shown.out
    assert "3/3 tea: 1 of 1" in shown.err


def test_it_goes_on_after_a_cut(
    talks: Path,
    said: list[str | None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    held, out = list[str](), str(tmp_path / "out.jsonl")
    hold = talks_of.hold

    def stopping(after: int) -> Callable[..., Iterator[TurnAnswer]]:
        def held_until(engines_: object, talk: Talk, settings: Settings) -> Iterator[TurnAnswer]:
            if len(held) == after:
                raise KeyboardInterrupt
            held.append(talk.id)
            return hold(engines_, talk, settings)  # type: ignore[arg-type]

        return held_until

    monkeypatch.setattr(everyday, "hold", stopping(2))
    assert everyday.run_bench([talks], True, out=out) == 130
    assert json.loads(capsys.readouterr().out)["turns"] == 2
    with open(out, "ab") as file:
        file.write(b'{"asked": "0f", "answ')  # the power went
    monkeypatch.setattr(everyday, "hold", stopping(9))
    assert everyday.run_bench([talks], True, out=out) == 0
    assert json.loads(capsys.readouterr().out)["turns"] == 3
    assert held == ["rice", "eggs", "tea"]
    assert everyday.run_bench([talks], True, out=out) == 0
    assert len(held) == 3
    talks.write_text(talks.read_text().replace("boil tea", "brew tea"))
    assert everyday.run_bench([talks], True, out=out) == 0
    assert held[3:] == ["tea"]


def test_a_checkpoint_of_another_model_is_refused(
    talks: Path, said: list[str | None], tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    assert everyday.run_bench([talks], True, 1, out=str(out), adapter="none") == 0
    with pytest.raises(UserError, match="holds answers of scripted"):
        everyday.run_bench([talks], True, 1, out=str(out), adapter="mine")
    out.write_text("something else\n")
    with pytest.raises(UserError, match="no checkpoint"):
        everyday.run_bench([talks], True, 1, out=str(out))


def test_what_is_missing_is_said(talks: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no conversation"):
        everyday.run_bench([], True)
    with pytest.raises(UserError, match=r"gone\.gguf is not there"):
        everyday.run_bench([talks], True, adapter=str(tmp_path / "gone.gguf"))


def test_other_benches_have_no_checkpoint(talks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "grounding", str(talks), "--out", "x"]) == 1
    assert "grounding has no --out" in capsys.readouterr().err
