"""The guard: every text passes it before a model, a person or a voice meets it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from perception.languages import language_of
from safety.explain import (
    STRENGTH,
    Weighed,
    explain,
    ranked,
)
from safety.looking import look
from safety.policy import Lookup, Policy, in_language
from safety.policy_file import load_policy
from safety.registry import UnusableRule, loaded, rules
from safety.rules import Rule, RuleDeclaration, RuleSource, SentenceEncoder
from safety.text.readings import readings
from safety.types import (
    Action,
    Circumstance,
    Finding,
    Verdict,
)

logger = logging.getLogger("candor.safety")


_ORDERS = "injection"
_PIECES = re.compile(r"[^.!?。！？;；\n]*(?:[.!?。！？;；]+[\"'”’)]*\s*|\n|$)")


class Guard:
    """Ordered rules under one policy. Safe to share between threads if its rules are."""

    def __init__(self, rules: Sequence[Rule], policy: Policy) -> None:
        order = {name: place for place, name in enumerate(policy.rules())}
        self._rules = sorted(rules, key=lambda rule: order.get(rule.name, len(order)))
        self._policy = policy
        self._lookup = Lookup(policy)

    @property
    def encoder(self) -> SentenceEncoder | None:
        """The sentence encoder that one of its rules has loaded; None where none has."""
        return next((rule for rule in self._rules if isinstance(rule, SentenceEncoder)), None)

    def judge(self, text: str, circumstance: Circumstance) -> Verdict:
        """Decide on `text`. Raises nothing that a rule raises: that is a BLOCK (law 3).

        On ADVISE for `in`, `text` is what the user said and `why.alternative` is to be told to
        them. On BLOCK, `text` stands in for what may not be shown or answered.
        """
        weighed = [self._weigh(f, circumstance) for f in self._findings(text, circumstance)]
        language = language_of(text, circumstance.locale)
        why = explain(weighed, circumstance, language, self._policy)
        effective = ranked(weighed)
        action = max((w.action for w in effective), key=STRENGTH.__getitem__, default=Action.ALLOW)
        rules = [f"{w.finding.rule} {w.finding.score:.2f}" for w in effective]
        logger.debug("%s for %s: %s", action, circumstance.direction, rules)
        if action is Action.BLOCK:
            return Verdict(action, f"{why.headline} {why.alternative}".strip(), why)
        shown = self._redacted(text, effective, language) if action is Action.REDACT else text
        if circumstance.direction == "out":
            shown = self._marked(shown, effective, language)
        return Verdict(action, shown, why)

    def neutral(self, text: str) -> str:
        """Data for a model, without the sentences that give orders.

        The user is told of it by the verdict on the data. What the policy does not advise on as
        data stays as it is.
        """
        return "".join(self._neutral_piece(piece) for piece in _PIECES.findall(text))

    def orders(self, text: str) -> tuple[str, ...]:
        """The sentences of a text that give orders: what `neutral` takes out of it."""
        pieces = (piece.strip() for piece in _PIECES.findall(text) if piece.strip())
        return tuple(piece for piece in pieces if not self._neutral_piece(piece).strip())

    def _neutral_piece(self, piece: str) -> str:
        words = piece.strip()
        data = Circumstance("data", (), "")
        orders = [rule for rule in self._rules if rule.name == _ORDERS]
        for rule in orders if words else ():
            weighed = [self._weigh(found, data) for found in rule.check(words, data)]
            if any(w.finding.fired and w.action is not Action.ALLOW for w in weighed):
                return piece.replace(words, "")
        return piece

    def _findings(self, text: str, circumstance: Circumstance) -> Iterable[Finding]:
        disguised = tuple(readings(text))
        for rule in self._rules:
            try:
                yield from look(rule, text, circumstance, disguised)
            except Exception as error:
                # The message may quote the text, so only its kind is kept as a reason.
                logger.error("The rule %s raised %s", rule.name, type(error).__name__)
                note = f"The rule {rule.name} raised {type(error).__name__}."
                yield Finding(rule.name, "failure", None, 1.0, 1.0, note)

    def _weigh(self, finding: Finding, circumstance: Circumstance) -> Weighed:
        if finding.category == "failure":
            return Weighed(finding, None, Action.BLOCK)
        choice = self._lookup.entry(finding.rule, finding.category, circumstance.profile)
        if choice is None:
            return Weighed(finding, None, Action.BLOCK)
        threshold = choice.entry.threshold_for(circumstance.direction)
        action = choice.entry.action_for(circumstance.direction)
        return Weighed(replace(finding, threshold=threshold), choice, action)

    def _redacted(self, text: str, effective: Sequence[Weighed], language: str) -> str:
        spans = [(w.finding.span or (0, len(text)), w) for w in effective]
        spans = [(span, w) for span, w in spans if w.action is Action.REDACT]
        removed = in_language(self._policy.general.removed, language)
        pieces: list[str] = []
        end = 0
        for start, stop, label in _merged(spans, language):
            pieces += [text[end:start], removed.replace("{label}", label)]
            end = stop
        return "".join(pieces) + text[end:]

    @staticmethod
    def _marked(text: str, effective: Sequence[Weighed], language: str) -> str:
        marks = (in_language(w.entry.mark, language) for w in effective if w.entry)
        added = " ".join(dict.fromkeys(mark for mark in marks if mark))
        if not added:
            return text
        body = text.rstrip()
        return f"{body} {added}{text[len(body) :]}"


def load_guard(
    policy: Path | None = None,
    classifier: Path | None = None,
    *,
    region: str = "",
    adapter: Path | None = None,
) -> Guard:
    """Put the guard together.

    `policy` is the user's policy, or None for the shipped one; `classifier` is the folder of the
    MiniLM model, or None where it is not there yet; `region` (ISO 3166) says how telephone
    numbers without a country code are read. UserError when any of it is broken; a rule that cannot
    be used for another reason holds every text back.
    """
    known = rules()
    loaded_policy = load_policy(
        policy,
        [rule.name for rule in known if isinstance(rule, RuleDeclaration)],
        unusable=[rule.name for rule in known if isinstance(rule, UnusableRule)],
        beside=[
            (rule.name, rule.policy)
            for rule in known
            if isinstance(rule, RuleDeclaration) and rule.policy
        ],
    )
    source = RuleSource(loaded_policy, region, classifier, adapter)
    used = [rule for rule in known if classifier is not None or not _needs_classifier(rule)]
    return Guard([loaded(rule, source) for rule in used], loaded_policy)


def _needs_classifier(rule: RuleDeclaration | UnusableRule) -> bool:
    return isinstance(rule, RuleDeclaration) and rule.needs_classifier


def _merged(
    spans: Sequence[tuple[tuple[int, int], Weighed]], language: str
) -> list[tuple[int, int, str]]:
    """Overlapping and touching spans joined; each with the label of its longest part."""
    merged: list[tuple[int, int, str, int]] = []
    for (start, stop), item in sorted(spans, key=lambda pair: pair[0]):
        label = in_language(item.entry.label, language) if item.entry else item.finding.category
        size = stop - start
        if merged and start < merged[-1][1]:
            first, last, old, longest = merged[-1]
            best = label if size > longest else old
            merged[-1] = (first, max(last, stop), best, max(longest, size))
        else:
            merged.append((start, stop, label, size))
    return [(start, stop, label) for start, stop, label, _ in merged]
