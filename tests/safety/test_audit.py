"""The log of decisions: nothing of what was said, and no line can be changed unseen."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from perception.types import UserError
from safety.audit.log import Audit
from safety.audit.verification import verify
from safety.types import (
    Action,
    Explanation,
    Finding,
    Verdict,
)
from tests.safety.conftest import Judge


def verdict(note: str = "") -> Verdict:
    finding = Finding("privacy", "email", (0, 1), 1.0, 0.5, note)
    why = Explanation(f"Hidden {note}", (finding,), (), "", "")
    return Verdict(Action.REDACT, "[hidden]", why)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    file = tmp_path / "deep" / "audit.jsonl"
    audit = Audit(file)
    for number in range(5):
        audit.append(f"turn{number}", "done", [verdict()])
    return file


def test_a_whole_chain_is_whole(log: Path) -> None:
    assert verify(log).broken == 0
    assert verify(log).lines == 5
    Audit(log).append("again", "done", [])
    assert verify(log).lines == 6
    assert verify(log).broken == 0


def test_a_changed_line_is_found(log: Path) -> None:
    lines = log.read_bytes().split(b"\n")
    lines[1] = lines[1].replace(b"redact", b"allow")
    log.write_bytes(b"\n".join(lines))
    assert verify(log).broken == 2


def test_a_missing_line_is_found(log: Path) -> None:
    lines = log.read_bytes().split(b"\n")
    log.write_bytes(b"\n".join(lines[:2] + lines[3:]))
    assert verify(log).broken == 3


def test_a_cut_end_is_found(log: Path) -> None:
    lines = log.read_bytes().split(b"\n")
    log.write_bytes(b"\n".join(lines[:3]) + b"\n")
    assert verify(log).broken == 3
    log.write_bytes(b"")
    assert verify(log).broken == 1


def test_a_line_cut_by_a_crash_is_found_and_the_log_goes_on(log: Path) -> None:
    log.write_bytes(log.read_bytes()[:-7])
    assert verify(log).broken == 5
    Audit(log).append("next", "done", [])
    assert len(log.read_bytes().splitlines()) == 6
    assert json.loads(log.read_bytes().splitlines()[-1])["turn"] == "next"


def test_no_content_is_kept(tmp_path: Path, judge: Judge) -> None:
    file = tmp_path / "audit.jsonl"
    secret = "Your card is 4539 1488 0343 6467 and mail ann@corp.org, says Ann Example."
    Audit(file).append("t", "done", [judge(secret, "out"), verdict("by ann@corp.org")])
    text = file.read_text(encoding="utf-8")
    for piece in ("4539", "ann@corp.org", "Ann Example"):
        assert piece not in text
    assert json.loads(text)["decisions"][0]["action"] == "redact"


def test_a_log_that_cannot_be_written_or_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        verify(tmp_path / "none.jsonl")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UserError):
        Audit(tmp_path / "file" / "audit.jsonl").append("t", "done", [])


@pytest.mark.usefixtures("processes")
def test_two_processes_keep_one_chain(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from safety.audit.log import Audit\n"
        "audit = Audit(Path(sys.argv[1]), lambda text: text)\n"
        "for number in range(40): audit.append(f'{sys.argv[2]}{number}', 'done', [])\n"
    )
    log = tmp_path / "audit.jsonl"
    root = Path(__file__).parents[2]
    writers = [
        subprocess.Popen([sys.executable, "-c", script, str(log), name], cwd=root)
        for name in ("a", "b")
    ]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    assert verify(log).lines == 80
    assert verify(log).broken == 0
