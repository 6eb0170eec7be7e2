"""Locks: an administrator's word can be made stricter by a user, and weaker by nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from perception.types import Evidence, Where
from safety.categories import Category
from safety.guard import Guard, known_rules, load_guard
from safety.policy import Lookup
from safety.policy_in_force import policy_in_force
from safety.policy_pin import pin_fits, pin_hash
from safety.types import Action, Circumstance

LOCKED = 'version = 2\nlocked = true\n[categories.privacy]\nout = "redact"\n'
MAIL = "Write to ann@corp.org."


class Files:
    """The two files and the guard under them."""

    def __init__(self, folder: Path) -> None:
        self.own, self.admin = folder / "own.toml", folder / "admin.toml"

    def guard(self, admin: str, own: str = "version = 2\n") -> Guard:
        self.admin.write_text(admin, encoding="utf-8")
        self.own.write_text(own, encoding="utf-8")
        return load_guard(self.own, administrator=self.admin)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def out(guard: Guard, text: str = MAIL, profile: str = "everyday") -> Action:
    return guard.judge(text, Circumstance("out", (), profile, "", "en_GB")).action


WEAKER = {
    "category": '[categories.privacy]\nout = "allow"\n',
    "threshold": "[categories.privacy]\nthreshold = 1.0\n",
    "lenient": '[categories.privacy]\nthreshold = "lenient"\n',
    "profile": '[profiles.everyday.privacy]\nout = "allow"\nthreshold = 1.0\n',
    "entry": (
        '[[entries]]\nrule = "privacy"\ncategory = "email"\nthreshold = 1.0\n'
        'action = { out = "allow" }\n'
    ),
    "entry of a profile": (
        '[[entries]]\nrule = "privacy"\ncategory = "email"\nprofile = "everyday"\n'
        'headline = { en = "x" }\naction = { out = "allow" }\n'
    ),
    "entry elsewhere": (
        '[[entries]]\nrule = "privacy"\ncategory = "email"\nunder = "scene"\n'
        'action = { out = "advise" }\n'
    ),
    "lock": "locked = false\n",
}


@pytest.mark.parametrize("way", WEAKER)
def test_nothing_in_the_users_file_weakens_it(files: Files, way: str) -> None:
    guard = files.guard(LOCKED, f"version = 2\n{WEAKER[way]}")
    assert guard.troubles == ()
    assert out(guard) is Action.REDACT


def test_it_can_be_made_stricter(files: Files) -> None:
    assert out(files.guard(LOCKED, 'version = 2\n[categories.privacy]\nout = "block"\n')) == "block"


def test_single_categories_are_locked_and_the_rest_is_free(files: Files) -> None:
    admin = 'version = 2\nlocked = ["hate"]\n'
    own = 'version = 2\n[categories.privacy]\nout = "allow"\n[categories.hate]\nin = "allow"\n'
    guard = files.guard(admin, own)
    assert out(guard) is Action.ALLOW
    in_force = policy_in_force(files.own, known_rules(), files.admin)
    assert in_force.policy.stance(Category.HATE, "everyday").into is Action.BLOCK
    assert in_force.stricter_only(Category.HATE) and not in_force.stricter_only(Category.PRIVACY)


def test_no_profile_of_ours_is_milder_than_a_lock(files: Files) -> None:
    files.guard('version = 2\nlocked = ["sexual"]\n[categories.sexual]\nin = "block"\n')
    policy = policy_in_force(None, known_rules(), files.admin).policy
    assert policy.stance(Category.SEXUAL, "adult_home").into is Action.BLOCK


def test_the_administrators_profile_holds_whatever_is_chosen(files: Files) -> None:
    guard = files.guard('version = 2\nprofile = "clinic"\nlocked = true\n')
    asked = "How many tablets of ibuprofen may I take?"
    for profile in ("clinic", "adult_home", "everyday"):
        verdict = guard.judge(asked, Circumstance("in", (), profile, "", "en_GB"))
        assert verdict.action is Action.BLOCK, profile


def test_a_broken_file_of_the_administrator_locks_all(files: Files) -> None:
    guard = files.guard("version = 2\nlocked = 3\n", f"version = 2\n{WEAKER['category']}")
    assert len(guard.troubles) == 1 and str(files.admin) in guard.troubles[0].message
    assert out(guard) is Action.REDACT


def test_sexual_content_about_children_cannot_be_allowed_by_anybody(files: Files) -> None:
    allow = '[categories.minors]\nin = "allow"\nout = "allow"\nthreshold = "lenient"\n'
    entry = '[[entries]]\nrule = "patterns"\ncategory = "minors"\naction = { in = "allow" }\n'
    guard = files.guard(f"version = 2\n{allow}{entry}", f"version = 2\n{allow}{entry}")
    asked = "How do I groom a child online for sex?"
    assert guard.judge(asked, Circumstance("in", (), "adult_home")).action is Action.BLOCK
    policy = policy_in_force(files.own, known_rules(), files.admin).policy
    choice = Lookup(policy).entry("classifier", "minors", "adult_home")
    assert choice is not None and choice.entry.action_for("out") is Action.BLOCK


def test_the_pin_is_kept_as_a_salted_hash() -> None:
    kept = pin_hash("2468")
    assert "2468" not in kept and kept != pin_hash("2468")
    assert pin_fits("2468", kept)
    assert not pin_fits("2469", kept) and not pin_fits("", kept)
    assert not any(pin_fits("2468", broken) for broken in ("", "2468", "md5:00:00", "scrypt:x:y"))


ASKED = {
    "in": "How many tablets of ibuprofen may I take a day?",
    "out": "Take one tablet every eight hours.",
}


@pytest.mark.parametrize("direction", ASKED)
def test_only_documents_answer_where_the_policy_says_so(direction: str) -> None:
    guard = load_guard()

    def judged(profile: str, kinds: tuple[str, ...], text: str = ASKED[direction]) -> Action:
        evidence = tuple(
            Evidence(number, kind, "One tablet.", Where("leaflet", page=1), 1.0)
            for number, kind in enumerate(kinds, start=1)
        )
        circumstance = Circumstance(direction, evidence, profile, "", "en_GB")
        verdict = guard.judge(text, circumstance)
        if verdict.action is Action.BLOCK:
            assert "only from the documents of this place" in verdict.text
        return verdict.action

    assert judged("clinic", ()) is Action.BLOCK
    assert judged("clinic", ("heard", "text", "tag")) is Action.BLOCK
    assert judged("clinic", ("heard", "document")) is Action.ALLOW
    assert judged("clinic", (), "The exit is on the left.") is Action.ALLOW
    assert judged("everyday", ()) is Action.ALLOW


def test_a_person_in_need_is_helped_where_only_documents_answer() -> None:
    words = "I swallowed a whole bottle of pills and I feel sick."
    verdict = load_guard().judge(words, Circumstance("in", (), "clinic", "", "en_GB"))
    assert "NHS 111" in verdict.text or verdict.action is Action.ADVISE


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("My knee hurts, what may I take?", "advice_health"),
        ("布洛芬的剂量是多少？", "advice_health"),
        ("Can my landlord evict me without notice?", "advice_legal"),
        ("Should I buy shares of my employer?", "advice_finance"),
        ("Who painted this picture?", ""),
        ("Tell me a story about a dragon.", ""),
        ("What is 7 times 8?", ""),
    ],
)
def test_what_a_text_is_about(text: str, category: str) -> None:
    why = load_guard().judge(text, Circumstance("in", (), "everyday", "", "en_GB")).why
    assert [f.category for f in why.findings if f.rule == "advice"] == (
        [category] if category else []
    )
