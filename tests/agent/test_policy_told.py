"""A policy that cannot be used is told at every start, and stands in the log of decisions."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

from agent.commands import Say
from agent.engines.current_guard import CurrentGuard
from agent.events import AssistantState, Failed
from agent.settings import Settings
from agent.types import Ended, Phase
from safety.audit.verification import verify
from safety.guard import Guard, load_guard
from safety.types import Action, Circumstance
from tests.engines import Talk, engines, scripted

BROKEN = 'version = 2\n[categories.hate]\nin = "shrug"\n'
OUT = Circumstance("out", (), "everyday", "", "en_GB")


def start(folder: Path, policy: Path) -> Talk:
    parts = replace(engines(folder, scripted("Hello.")), guard=CurrentGuard(policy, load_guard))
    talk = Talk(folder, parts, settings=Settings())
    talk.until(lambda event: event == AssistantState(Phase.IDLE, ""))
    return talk


def test_it_is_told_at_every_start_and_kept_in_the_log(tmp_path: Path) -> None:
    policy, log = tmp_path / "policy.toml", tmp_path / "audit.jsonl"
    policy.write_text(BROKEN, encoding="utf-8")
    for number in (1, 2):
        talk = start(tmp_path, policy)
        told = [event.told for event in talk.seen if isinstance(event, Failed)]
        assert len(told) == 1 and "line 3, categories.hate.in" in told[0].message
        assert "came with Candor is in force" in told[0].message
        reply = talk.say(Say(f"t{number}", None, "Good morning."))
        assert reply.ended is Ended.DONE
        talk.close()
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    failures = [line for line in lines if line["ended"] == "policy"]
    assert len(failures) == 2
    assert "categories.hate.in" in failures[0]["decisions"][0]["findings"][0]["note"]
    assert verify(log).broken == 0


def test_a_policy_that_is_whole_says_nothing(tmp_path: Path) -> None:
    talk = start(tmp_path, tmp_path / "policy.toml")
    assert not [event for event in talk.seen if isinstance(event, Failed)]
    talk.close()
    assert not (tmp_path / "audit.jsonl").exists()


def test_a_changed_file_holds_at_once_and_the_rules_stay_loaded(tmp_path: Path) -> None:
    file, loads = tmp_path / "policy.toml", list[Path | None]()

    def load(own: Path | None) -> Guard:
        loads.append(own)
        return load_guard(own)

    guard = CurrentGuard(file, load)
    words = "Write to ann@corp.org."
    assert guard().judge(words, OUT).action is Action.REDACT
    same = guard()
    assert guard() is same
    file.write_text('version = 2\n[categories.privacy]\nout = "block"\n', encoding="utf-8")
    assert guard().judge(words, OUT).action is Action.BLOCK
    file.write_text(BROKEN, encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert guard().judge(words, OUT).action is Action.REDACT
    assert len(guard().troubles) == 1
    file.unlink()
    assert guard().troubles == ()
    assert loads == [None]
