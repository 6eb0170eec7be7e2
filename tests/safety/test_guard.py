"""The guard: what wins, what is shown, and that every failure closes."""

from __future__ import annotations

from collections.abc import Iterator

from perception.types import Evidence, Where
from safety.guard import Guard, load_guard
from safety.policy_file import load_policy
from safety.registry import rule_names
from safety.rules import Rule
from safety.types import Action, Circumstance, Finding

OUT = Circumstance("out", (), "everyday", "", "en_GB")
IN = Circumstance("in", (), "everyday", "", "en_GB")


class Says:
    """A rule that says what it is told to."""

    def __init__(self, name: str, *findings: Finding) -> None:
        self.name = name
        self._findings = findings

    def check(self, text: str, circumstance: Circumstance) -> Iterator[Finding]:
        """The findings it was made with."""
        yield from self._findings


class Raises:
    """A rule that is broken."""

    name = "privacy"

    def check(self, text: str, circumstance: Circumstance) -> Iterator[Finding]:
        """Raises in the middle, with the text in its message."""
        yield Finding("privacy", "email", None, 0.1, 0.5, "")
        raise RuntimeError(f"no {text}")


def guard_of(*rules: Rule) -> Guard:
    return Guard(rules, load_policy(None, rule_names()))


def test_a_rule_that_raises_is_a_block_with_that_as_its_reason() -> None:
    verdict = guard_of(Raises()).judge("my secret", OUT)
    assert verdict.action is Action.BLOCK
    assert "my secret" not in verdict.text
    assert verdict.why.headline == "A safety check failed, so this is held back."
    notes = [finding.note for finding in verdict.why.findings]
    assert "The rule privacy raised RuntimeError." in notes
    assert not any("my secret" in note for note in notes)


def test_a_category_that_the_policy_does_not_name_is_a_block() -> None:
    finding = Finding("patterns", "unheard_of", None, 1.0, 0.5, "")
    assert guard_of(Says("patterns", finding)).judge("x", OUT).action is Action.BLOCK


def test_findings_below_their_threshold_are_kept_and_do_nothing() -> None:
    finding = Finding("privacy", "email", (0, 3), 0.2, 0.9, "faint")
    verdict = guard_of(Says("privacy", finding)).judge("abc", OUT)
    assert verdict.action is Action.ALLOW
    assert verdict.text == "abc"
    assert [(f.note, f.threshold, f.fired) for f in verdict.why.findings] == [("faint", 0.5, False)]


def test_the_strongest_action_wins() -> None:
    redact = Finding("privacy", "email", (0, 3), 1.0, 0.5, "")
    block = Finding("patterns", "minors", None, 1.0, 0.5, "")
    verdict = guard_of(Says("privacy", redact), Says("patterns", block)).judge("abc", OUT)
    assert verdict.action is Action.BLOCK
    assert "abc" not in verdict.text


def test_overlapping_spans_are_removed_once() -> None:
    findings = (
        Finding("privacy", "email", (4, 9), 1.0, 0.5, ""),
        Finding("privacy", "phone", (7, 14), 1.0, 0.5, ""),
        Finding("privacy", "ip", (16, 18), 1.0, 0.5, ""),
    )
    verdict = guard_of(Says("privacy", *findings)).judge("abc defghijklm no pq rs", OUT)
    assert verdict.action is Action.REDACT
    assert verdict.text == "abc [phone number hidden] n[network address hidden]pq rs"


def test_help_stands_before_a_wall() -> None:
    risk = Finding("patterns", "self_harm", None, 1.0, 0.5, "")
    danger = Finding("classifier", "crime", None, 1.0, 0.5, "")
    verdict = guard_of(Says("classifier", danger), Says("patterns", risk)).judge("x", IN)
    assert verdict.action is Action.BLOCK
    assert verdict.text.startswith("What you say sounds very heavy")
    assert "116 123" in verdict.text


def test_a_profile_may_be_stricter() -> None:
    finding = Finding("classifier", "sexual", None, 0.85, 0.5, "")
    guard = guard_of(Says("classifier", finding))
    assert guard.judge("x", IN).action is Action.ADVISE
    assert guard.judge("x", Circumstance("in", (), "kiosk")).action is Action.BLOCK


def test_every_entry_speaks_both_languages() -> None:
    for entry in load_policy(None, rule_names()).entries:
        for words in (entry.headline, entry.alternative, entry.appeal, entry.label, entry.mark):
            assert not words or words.keys() == {"en", "zh"}, (entry.rule, entry.category)
        assert entry.headline["en"], (entry.rule, entry.category)


def test_an_explanation_keeps_the_evidence_and_says_how_to_appeal() -> None:
    evidence = (Evidence(1, "text", "Call us", Where("camera"), 0.9),)
    circumstance = Circumstance("out", evidence, "everyday")
    verdict = load_guard().judge("Mail ann@corp.org.", circumstance)
    assert verdict.why.evidence == evidence
    assert verdict.why.appeal
    assert verdict.why.alternative
