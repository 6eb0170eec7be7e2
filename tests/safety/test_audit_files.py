"""The log of decisions over many files: what was done to it is found, and named by its line."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from perception.types import UserError
from safety.audit.entries import Wanted, entries
from safety.audit.files import Limits
from safety.audit.log import Audit
from safety.audit.seal import START, Head, sealed
from safety.audit.verification import verify
from safety.types import Action, Explanation, Finding, Verdict

SMALL = Limits(size=1500, files=100)
BEGIN = datetime(2026, 11, 1, 12, tzinfo=UTC)


def verdict(action: Action = Action.REDACT, category: str = "email") -> Verdict:
    finding = Finding("privacy", category, (0, 1), 1.0, 0.5, "")
    why = Explanation("Hidden", (finding,), (), "", "", direction="out")
    return Verdict(action, "[hidden]", why)


def filled(file: Path, count: int = 20, limits: Limits = SMALL) -> Audit:
    audit = Audit(file, limits=limits)
    for number in range(count):
        audit.append(f"turn{number}", "done", [verdict()])
    return audit


@pytest.fixture
def log(tmp_path: Path) -> Path:
    filled(tmp_path / "audit.jsonl")
    return tmp_path / "audit.jsonl"


def older(log: Path) -> list[Path]:
    return sorted(log.parent.glob("audit-*.jsonl"))


def test_the_chain_goes_on_over_files(log: Path) -> None:
    assert len(older(log)) > 2
    whole = verify(log)
    assert not whole.broken and whole.lines == whole.last.number > 20
    turns = [entry.turn for entry in entries(log) if entry.kind == "turn"]
    assert turns == [f"turn{number}" for number in range(20)]


def test_a_line_of_an_older_file_that_was_changed_is_named(log: Path) -> None:
    file = older(log)[1]
    file.write_bytes(file.read_bytes().replace(b'"redact"', b'"allow"', 1))
    found = verify(log)
    assert (found.name, found.broken) == (file.name, 2)  # the first says that the log goes on
    assert "changed" in found.reason


def test_an_older_file_that_is_gone_is_named(log: Path) -> None:
    first, second, third = older(log)[:3]
    kept = second.read_bytes()
    second.unlink()
    assert (verify(log).name, verify(log).broken) == (third.name, 1)
    second.write_bytes(kept)
    first.unlink()
    assert (verify(log).name, verify(log).broken) == (second.name, 1)


def test_lines_that_changed_places_are_found(log: Path) -> None:
    lines = log.read_bytes().splitlines(keepends=True)
    file = log
    if len(lines) < 3:
        file = older(log)[0]
        lines = file.read_bytes().splitlines(keepends=True)
    lines[1], lines[2] = lines[2], lines[1]
    file.write_bytes(b"".join(lines))
    assert (verify(log).name, verify(log).broken) == (file.name, 2)


def test_an_end_that_was_cut_off_is_found_even_with_a_head_that_was_written_to_fit(
    log: Path,
) -> None:
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:-1]))
    assert "lines after it are gone" in verify(log).reason
    before = json.loads(lines[-1])["before"]
    forged = {"n": json.loads(lines[-1])["n"] - 1, "hash": before, "policy": ""}
    log.with_suffix(".head").write_bytes(sealed(forged, b"another key"))
    assert verify(log).broken


def test_lines_that_were_made_up_are_found(log: Path) -> None:
    line = log.read_bytes().splitlines()[-1]
    record = json.loads(line)
    made = {"n": record["n"] + 1, "before": hashlib.sha256(line).hexdigest(), "kind": "turn"}
    with log.open("ab") as file:
        file.write(sealed(made, b"another key") + b"\n")
    assert verify(log).broken == len(log.read_bytes().splitlines())


def test_a_log_that_was_replaced_by_one_without_seals_is_found(log: Path) -> None:
    for file in older(log):
        file.unlink()
    line = json.dumps({"before": START, "turn": "t", "decisions": []}).encode()
    log.write_bytes(line + b"\n")
    log.with_suffix(".head").write_bytes(hashlib.sha256(line).hexdigest().encode())
    assert verify(log).broken
    Audit(log).append("next", "done", [])
    assert verify(log).broken


def test_a_log_that_is_gone_is_missed_while_its_key_is_there(log: Path) -> None:
    for file in [*older(log), log, log.with_suffix(".head")]:
        file.unlink()
    assert verify(log).reason == "the lines are gone"


def test_without_its_key_no_seal_can_be_checked(log: Path) -> None:
    log.with_suffix(".key").unlink()
    assert "the key is gone" in verify(log).reason


def test_an_earlier_state_is_told_by_what_was_noted_down(tmp_path: Path, log: Path) -> None:
    """The one thing that this machine alone cannot tell: all of it put back to an earlier day."""
    kept = shutil.copytree(tmp_path, tmp_path.parent / f"{tmp_path.name}-kept")
    Audit(log, limits=SMALL).append("last", "done", [verdict()])
    noted = verify(log).last
    assert not verify(log, holds=noted).broken
    shutil.rmtree(tmp_path)
    shutil.copytree(kept, tmp_path)
    assert not verify(log).broken
    assert str(noted.number) in verify(log, holds=noted).reason
    assert verify(log, holds=Head(3, START)).broken


def test_the_oldest_files_go_and_the_rest_stays_whole(tmp_path: Path) -> None:
    log = tmp_path / "audit.jsonl"
    filled(log, 40, Limits(size=1500, files=3))
    assert len(older(log)) == 3
    assert not verify(log).broken
    older(log)[0].unlink()
    assert verify(log).broken == 1


def test_a_file_is_left_behind_by_its_age_and_a_clock_that_jumps_breaks_nothing(
    tmp_path: Path,
) -> None:
    log = tmp_path / "audit.jsonl"
    times: Iterator[datetime] = iter(
        [BEGIN, BEGIN + timedelta(days=40), BEGIN - timedelta(days=9), BEGIN]
    )
    audit = Audit(log, now=lambda: next(times))
    for number in range(4):
        audit.append(f"turn{number}", "done", [verdict()])
    whole = verify(log)
    assert not whole.broken
    assert len(older(log)) == 1
    assert whole.clock_back == (4,)  # after the line that opens the second file


def test_a_line_that_a_crash_cut_before_it_counted_is_taken_away(log: Path) -> None:
    with log.open("ab") as file:
        file.write(b'{"n":99,"bef')
    assert not verify(log).broken
    Audit(log, limits=SMALL).append("next", "done", [verdict()])
    assert not verify(log).broken
    assert "repaired" in [entry.kind for entry in entries(log)]


def test_a_crash_between_line_and_head_breaks_nothing(log: Path) -> None:
    head = log.with_suffix(".head").read_bytes()
    audit = Audit(log, limits=SMALL)
    audit.append("one", "done", [])
    log.with_suffix(".head").write_bytes(head)
    assert not verify(log).broken
    audit.append("two", "done", [])
    assert not verify(log).broken


def test_a_full_disk_leaves_no_half_line(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = log.read_bytes()

    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(UserError, match="No space left"):
            Audit(log).append("lost", "done", [verdict()])
    assert log.read_bytes() == before
    Audit(log).append("next", "done", [verdict()])
    assert not verify(log).broken


def test_a_log_of_an_older_version_goes_on_sealed(tmp_path: Path) -> None:
    log = tmp_path / "audit.jsonl"
    before = START
    for number in range(3):
        line = json.dumps({"before": before, "turn": f"t{number}", "decisions": []}).encode()
        before = hashlib.sha256(line).hexdigest()
        with log.open("ab") as file:
            file.write(line + b"\n")
    log.with_suffix(".head").write_text(before, encoding="ascii")
    assert not verify(log).broken
    Audit(log).append("new", "done", [verdict()])
    assert not verify(log).broken
    assert [entry.number for entry in entries(log)] == [1, 2, 3, 4, 5]
    log.write_bytes(log.read_bytes().replace(b'"t1"', b'"t9"'))
    assert verify(log).broken == 3


def test_the_policy_in_force_is_noted_when_it_changes(tmp_path: Path) -> None:
    log = tmp_path / "audit.jsonl"
    for fingerprint in ("a", "a", "b"):
        Audit(log).note_policy(fingerprint, own=fingerprint == "b")
        Audit(log).append("t", "done", [])
    kinds = [(entry.kind, entry.more.get("policy")) for entry in entries(log)]
    assert [one for one in kinds if one[0] == "policy"] == [("policy", "a"), ("policy", "b")]
    assert not verify(log).broken


def test_what_is_noted_hides_personal_data(tmp_path: Path) -> None:
    log = tmp_path / "audit.jsonl"
    Audit(log).note("fallback", reason="line 3, by ann@corp.org", line=3)
    assert b"ann@corp.org" not in log.read_bytes()
    assert next(iter(entries(log))).more["line"] == 3


def test_a_private_conversation_leaves_nothing(tmp_path: Path) -> None:
    audit = Audit(None)
    audit.append("t", "done", [verdict()])
    audit.note("appeal", turn="t")
    assert not list(tmp_path.iterdir())


def test_entries_are_found_by_time_action_and_category(tmp_path: Path) -> None:
    log = tmp_path / "audit.jsonl"
    times = iter([BEGIN, BEGIN + timedelta(days=1)])
    audit = Audit(log, now=lambda: next(times))
    audit.append("old", "done", [verdict()])
    audit.append("new", "blocked", [verdict(Action.BLOCK, "card"), verdict()])

    def found(wanted: Wanted) -> list[str]:
        return [entry.turn for entry in entries(log) if wanted.fits(entry)]

    assert found(Wanted()) == ["old", "new"]
    assert found(Wanted(since=BEGIN + timedelta(hours=1))) == ["new"]
    assert found(Wanted(action="block", category="card")) == ["new"]
    assert found(Wanted(action="block", category="email")) == []
    assert found(Wanted(category="email")) == ["old", "new"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_the_key_is_the_users_alone(log: Path) -> None:
    assert log.with_suffix(".key").stat().st_mode & 0o077 == 0
