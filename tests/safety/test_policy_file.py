"""The policy's files: every error names file, line and field, and is told, never passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from perception.messages import message
from perception.types import UserError
from safety.categories import Category
from safety.guard import known_rules, load_guard
from safety.policy import Entry, Lookup
from safety.policy_file import SHIPPED, load_policy, shipped_policy
from safety.registry import rule_names
from safety.types import Action

HEAD = "version = 2\n"
ENTRY = '[[entries]]\nrule = "privacy"\ncategory = "ip"\n'

BROKEN = {
    "version": ("version = 3\n", 1, "version", "3"),
    "no version": ("", 1, "-", "version"),
    "no table": (f"{HEAD}[general.appeal\n", 2, "-", "table"),
    "no TOML": ("hello", 1, "-", "="),
    "action": (f'{HEAD}[categories.weapons]\nin = "shrug"\n', 3, "categories.weapons.in", "shrug"),
    "category": (f'{HEAD}[categories.wepons]\nin = "block"\n', 2, "categories.wepons", "wepons"),
    "field": (f"{HEAD}[categories.hate]\nins = 3\n", 3, "categories.hate.ins", "ins"),
    "of a profile": (
        f'{HEAD}\n[profiles.clinic]\nhate = {{ in = "block" }}\nsexual = {{ out = "hm" }}\n',
        5,
        "profiles.clinic.sexual.out",
        "hm",
    ),
    "rule": (f'{HEAD}[[entries]]\nrule = "grounds"\ncategory = "*"\n', 3, "rule", "grounds"),
    "threshold": (f"{HEAD}{ENTRY}threshold = 0.0\n", 5, "threshold", "above 0"),
    "level": (f"{HEAD}[categories.hate]\nthreshold = 1.5\n", 3, "threshold", "1 at most"),
    "grey": (f"{HEAD}{ENTRY}grey = -0.1\n", 5, "grey", "above 0"),
    "twice": (f"{HEAD}{ENTRY}\n{ENTRY}", 6, "entries[1]", "twice"),
    "second entry": (f"{HEAD}{ENTRY}\n[[entries]]\nhelps = true\n", 7, "entries[1]", "helps"),
    "language": (f'{HEAD}{ENTRY}headline = {{ em = "x" }}\n', 5, "headline", "'em'"),
    "new entry": (f'{HEAD}[[entries]]\nrule = "privacy"\ncategory = "x"\n', 2, "[0]", "headline"),
    "lock": (f'{HEAD}locked = ["wepons"]\n', 2, "locked[0]", "wepons"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_an_error_names_file_line_and_field_and_is_told(tmp_path: Path, kind: str) -> None:
    text, line, field, reason = BROKEN[kind]
    file = tmp_path / "policy.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_policy(file, rule_names())
    args = caught.value.notice.args
    assert args["path"] == str(file)
    assert args["line"] == line
    assert field in str(args["field"])
    assert reason in str(args["reason"])
    (told,) = load_guard(file).troubles
    assert f"line {line}" in told.message and str(file) in told.message
    assert "came with Candor is in force" in told.message
    assert f"第 {line} 行" in message(told, "zh")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x00" * 10, b"version = 1e999\n"])
def test_bytes_that_are_no_policy_are_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "policy.toml"
    file.write_bytes(content)
    assert len(load_guard(file).troubles) == 1


def test_a_missing_file_is_told() -> None:
    missing = Path("/nowhere/policy.toml")
    assert len(load_guard(missing).troubles) == 1
    assert load_guard(None).troubles == ()


def test_what_came_with_candor_copied_whole_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_bytes(SHIPPED.read_bytes())
    assert load_guard(file).troubles == ()
    assert load_policy(file, rule_names()) == load_policy(None, rule_names())


def test_a_file_of_the_first_version_still_holds(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    action = 'action = { in = "allow", data = "allow", out = "block" }\n'
    file.write_text(f"version = 1\n{ENTRY}threshold = 0.4\n{action}", encoding="utf-8")
    entry = _entry(file, "privacy", "ip")
    assert (entry.threshold_for("out"), entry.action_for("out")) == (0.4, Action.BLOCK)
    assert entry.headline["zh"]


def test_every_category_of_every_rule_stands_under_one_of_the_policy() -> None:
    policy = shipped_policy(known_rules())
    assert set(policy.categories) == set(Category)
    apart = {(entry.rule, entry.category) for entry in policy.entries if entry.under is None}
    assert apart == {("classifier", "*")}


def test_a_category_changes_all_its_entries(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(
        f'{HEAD}[categories.hate]\nin = "advise"\nthreshold = "strict"\n'
        '[categories.privacy]\nout = "block"\n[categories.cyber]\nthreshold = 0.6\n',
        encoding="utf-8",
    )
    hate = _entry(file, "classifier", "hate")
    assert (hate.action_for("in"), hate.action_for("out")) == (Action.ADVISE, Action.BLOCK)
    assert hate.threshold_for("in") == pytest.approx(0.56)
    assert _entry(file, "privacy", "phone").action_for("out") is Action.BLOCK
    assert _entry(file, "privacy", "birth_date").action_for("out") is Action.ALLOW
    cyber = _entry(file, "classifier", "cyber")
    assert (cyber.threshold_for("in"), cyber.grey_for("in")) == (0.6, 0.6)


def test_a_profile_is_stricter_or_milder_and_help_stays() -> None:
    lookup = Lookup(load_policy(None, rule_names()))

    def action(profile: str, direction: str) -> Action:
        choice = lookup.entry("classifier", "sexual", profile)
        assert choice is not None
        return choice.entry.action_for(direction)

    assert action("everyday", "in") is Action.ADVISE
    assert action("school", "in") is action("clinic", "in") is action("kiosk", "in") is Action.BLOCK
    assert (action("adult_home", "in"), action("adult_home", "out")) == ("allow", "advise")
    for profile in ("everyday", "school", "adult_home"):
        choice = lookup.entry("patterns", "self_harm", profile)
        assert choice is not None and choice.entry.action_for("in") is Action.ADVISE


def test_the_grey_band_lies_below_the_threshold() -> None:
    lookup = Lookup(load_policy(None, rule_names()))
    for entry in load_policy(None, rule_names()).entries:
        choice = lookup.entry(entry.rule, entry.category, entry.profile)
        assert choice is not None
        for direction in ("in", "data", "out", "server"):
            assert 0 < choice.entry.grey_for(direction) <= choice.entry.threshold_for(direction)


def _entry(file: Path, rule: str, category: str) -> Entry:
    choice = Lookup(load_policy(file, rule_names())).entry(rule, category, "everyday")
    assert choice is not None
    return choice.entry
