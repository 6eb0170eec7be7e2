"""`candor audit` in the terminal."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.cli.main import main
from desktop.kiosk.forgetting.receipt import Receipt, keep
from safety.audit.log import Audit
from safety.types import Action, Explanation, Finding, Verdict


@pytest.fixture
def log() -> Path:
    """A log of three turns and an appeal, in the home of the test."""
    file = Path(os.environ["CANDOR_HOME"]) / "audit.jsonl"
    audit = Audit(file)
    for number, action in enumerate((Action.ALLOW, Action.REDACT, Action.BLOCK)):
        score = 0.0 if action is Action.ALLOW else 1.0
        finding = Finding("privacy", f"kind{number}", None, score, 0.5, "")
        why = Explanation("=1+1", (finding,), (), "", "", direction="out")
        audit.append(f"turn{number}", "done", [Verdict(action, "", why)])
    audit.note("appeal", turn="turn2", category="kind2")
    return file


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., str]]:
    def run(*words: str, code: int = 0) -> str:
        assert main(["audit", *words]) == code
        return capsys.readouterr().out

    yield run


def test_it_is_shown_as_a_table_and_as_json(log: Path, said: Callable[..., str]) -> None:
    table = said("show")
    assert "privacy kind2" in table and "appeal" in table and "answer" in table
    found = json.loads(said("show", "--json", "--action", "block"))
    assert [(entry["n"], entry["turn"]) for entry in found] == [(3, "turn2")]
    assert "seal" not in found[0]
    assert len(json.loads(said("show", "--json", "--last", "2", "--since", "1h"))) == 2
    assert json.loads(said("show", "--json", "--since", "2999-01-01")) == []
    assert said("show", "--category", "none") == "No entry fits.\n"


def test_it_is_checked(log: Path, said: Callable[..., str]) -> None:
    whole = json.loads(said("verify", "--json"))
    assert whole["whole"] and whole["entries"] == 4
    assert whole["last"] in said("verify", "--holds", whole["last"])
    log.write_bytes(log.read_bytes().replace(b'"redact"', b'"allow"'))
    told = said("verify", code=1)
    assert "audit.jsonl, line 2" in told and "changed" in told
    broken = json.loads(said("verify", "--json", code=1))
    assert (broken["whole"], broken["file"], broken["line"]) == (False, "audit.jsonl", 2)


def test_the_receipt_of_a_visit_is_checked(log: Path, said: Callable[..., str]) -> None:
    receipt = Receipt(1_795_970_636, 41, 3_100_000_000, {})
    keep(receipt, Audit(log))
    assert "none found" in said("verify", "--receipt", receipt.hash)
    assert "No receipt" in said("verify", "--receipt", "abcdefgh", code=1)
    log.write_bytes(log.read_bytes().replace(b'"pieces":41', b'"pieces":40'))
    assert "No receipt" in said("verify", "--receipt", receipt.hash, code=1)


def test_it_is_exported(log: Path, said: Callable[..., str], tmp_path: Path) -> None:
    assert said("export", str(tmp_path / "all.jsonl")).startswith("4 entries")
    assert (tmp_path / "all.jsonl").read_bytes() == log.read_bytes()
    said("export", str(tmp_path / "some.csv"), "--action", "block")
    [row] = csv.DictReader((tmp_path / "some.csv").read_text(encoding="utf-8").splitlines())
    assert (row["number"], row["rule"], row["category"]) == ("3", "privacy", "kind2")
    assert row["headline"] == "'=1+1"  # a spreadsheet shall run nothing


@pytest.mark.parametrize(
    "words",
    [
        ("show", "--since", "yesterday"),
        ("show", "--action", "shout"),
        ("show", "--last", "0"),
        ("verify", "--holds", "3:xyz"),
        ("export", "log.txt"),
        ("appeals", "--export", "log"),
        (),
    ],
)
def test_wrong_words_are_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["audit", *words])
    assert ended.value.code == 2


def test_without_a_log_it_says_so(said: Callable[..., str], tmp_path: Path) -> None:
    for action in ("show", "verify"):
        said(action, code=1)
    said("export", str(tmp_path / "all.csv"), code=1)
    assert said("appeals") == "No decision was marked as wrong.\n"


def test_a_file_that_cannot_be_written_is_told(log: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["audit", "export", str(tmp_path / "file" / "all.csv")]) == 1
