"""The guard: every text passes it before a model, a person or a voice meets it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from perception.languages import language_of
from perception.messages import Notice
from safety.cascade import Cascade, Inquiry
from safety.characters import is_chinese
from safety.explain import (
    STRENGTH,
    Weighed,
    explain,
    ranked,
)
from safety.looking import look
from safety.policy import Choice, Lookup, Policy, Words, in_language
from safety.policy_file import KnownRules
from safety.policy_in_force import PolicyInForce, policy_in_force
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


_ORDERS, _PERSONAL = "injection", "privacy"
SERVER = "server"
"""The direction of a text that is about to leave this computer."""
DOCUMENT = "document"
"""The kind of evidence that is a page of a document."""
_PIECES = re.compile(r"[^.!?。！？;；\n]*(?:[.!?。！？;；]+[\"'”’)]*\s*|\n|$)")


class Guard:
    """Ordered rules under one policy. Safe to share between threads if its rules are."""

    def __init__(
        self,
        rules: Sequence[Rule],
        policy: Policy,
        troubles: Sequence[Notice] = (),
        cascade: Cascade | None = None,
    ) -> None:
        """`troubles` is what is wrong with the files of the policy: to be told at every start.

        Without a cascade nobody is asked, and the middle of the grey band decides.
        """
        self.troubles = tuple(troubles)
        self._cascade = cascade
        order = {name: place for place, name in enumerate(policy.rules())}
        self._rules = sorted(rules, key=lambda rule: order.get(rule.name, len(order)))
        self._policy = policy
        self._lookup = Lookup(policy)

    def under(self, in_force: PolicyInForce) -> Guard:
        """A guard with the same rules, which stay loaded, under another policy."""
        return Guard(self._rules, in_force.policy, in_force.troubles, self._cascade)

    def alone(self) -> Guard:
        """The same guard where nobody can be asked."""
        return Guard(self._rules, self._policy, self.troubles)

    @property
    def encoder(self) -> SentenceEncoder | None:
        """The sentence encoder that one of its rules has loaded; None where none has."""
        return next((rule for rule in self._rules if isinstance(rule, SentenceEncoder)), None)

    def judge(self, text: str, circumstance: Circumstance) -> Verdict:
        """Decide on `text`. Raises nothing that a rule raises: that is a BLOCK (law 3).

        On ADVISE for `in`, `text` is what the user said and `why.alternative` is to be told to
        them. On BLOCK, `text` stands in for what may not be shown or answered.
        """
        weighed = [self._settled(w, text) for w in self._weighed(text, circumstance)]
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

    def inquiries(self, text: str, circumstance: Circumstance) -> tuple[Inquiry, ...]:
        """What a model would be asked about this text, and was not yet; mostly nothing."""
        if self._cascade is None:
            return ()
        doubted = [w.finding.category for w in self._weighed(text, circumstance) if w.doubted]
        return self._cascade.inquiries(doubted, text)

    def openings(self) -> tuple[Inquiry, ...]:
        """All that a model may be asked, without a text: what can be read ahead."""
        return self._cascade.openings if self._cascade else ()

    def remember(self, inquiry: Inquiry, odds: float | None) -> None:
        """Keep the model's answer to an inquiry; None says that there is none."""
        if self._cascade is not None:
            self._cascade.remember(inquiry, odds)

    def _weighed(self, text: str, circumstance: Circumstance) -> list[Weighed]:
        return [self._weigh(f, circumstance, text) for f in self._findings(text, circumstance)]

    def _settled(self, item: Weighed, text: str) -> Weighed:
        if self._cascade is None or not item.doubted:
            return item
        return replace(item, finding=self._cascade.settled(item.finding, text))

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
            weighed = [self._weigh(found, data, words) for found in rule.check(words, data)]
            if any(w.finding.fired and w.action is not Action.ALLOW for w in weighed):
                return piece.replace(words, "")
        return piece

    def _findings(self, text: str, circumstance: Circumstance) -> Iterable[Finding]:
        disguised = tuple(readings(text))
        for rule in self._rules:
            if circumstance.direction == SERVER and rule.name != _PERSONAL:
                continue
            try:
                yield from look(rule, text, circumstance, disguised)
            except Exception as error:
                # The message may quote the text, so only its kind is kept as a reason.
                logger.error("The rule %s raised %s", rule.name, type(error).__name__)
                note = f"The rule {rule.name} raised {type(error).__name__}."
                yield Finding(rule.name, "failure", None, 1.0, 1.0, note)

    def _weigh(self, finding: Finding, circumstance: Circumstance, text: str) -> Weighed:
        if finding.category == "failure":
            return Weighed(finding, None, Action.BLOCK)
        choice = self._lookup.entry(finding.rule, finding.category, circumstance.profile)
        if choice is None:
            return Weighed(finding, None, Action.BLOCK)
        direction = circumstance.direction
        asks = self._cascade is not None and direction == "in"
        entry = choice.entry
        # Of a Chinese clause the middle of the band says nothing: harmless ones reach it too.
        clear = asks or (direction == "out" and is_chinese(text))
        threshold = entry.threshold_for(direction) if clear else entry.threshold_alone(direction)
        finding = replace(finding, threshold=threshold)
        general, action = self._policy.general, entry.action_for(direction)
        if _lacks_document(choice, circumstance):
            choice = _told(choice, general.unsupported, general.unsupported_alternative)
            return Weighed(finding, choice, Action.BLOCK)
        if direction == SERVER:
            said = general.unsent if action is Action.BLOCK else general.hidden_from_server
            choice = _told(choice, said, general.unsent_alternative)
        doubted = asks and action is not Action.ALLOW and not finding.fired
        doubted = doubted and finding.score >= entry.grey_for(direction)
        return Weighed(finding, choice, action, doubted)

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
    administrator: Path | None = None,
    cascade: Cascade | None = None,
) -> Guard:
    """Put the guard together.

    `policy` is the user's own policy, or None; `administrator` that of the administrator, else it
    is looked for in its own place. One that is broken is not used, which stands in `troubles`.
    `classifier` is the folder of the MiniLM model, or None where it is not there yet; `region`
    (ISO 3166) says how telephone numbers without a country code are read. UserError when any of
    these is broken; a rule that cannot be used for another reason holds every text back.
    `cascade` asks a model where the classifier is in doubt.
    """
    known = rules()
    in_force = policy_in_force(policy, known_rules(), administrator)
    source = RuleSource(in_force.policy, region, classifier, adapter)
    used = [rule for rule in known if classifier is not None or not _needs_classifier(rule)]
    usable = [loaded(rule, source) for rule in used]
    return Guard(usable, in_force.policy, in_force.troubles, cascade)


def known_rules() -> KnownRules:
    """The rules that a policy may name, and the policy texts that they bring along."""
    usable = [rule for rule in rules() if isinstance(rule, RuleDeclaration)]
    return KnownRules(
        [rule.name for rule in usable],
        [rule.name for rule in rules() if isinstance(rule, UnusableRule)],
        [(rule.name, rule.policy) for rule in usable if rule.policy],
    )


def _told(choice: Choice, headline: Words, alternative: Words) -> Choice:
    """The choice in other words."""
    entry = msgspec.structs.replace(
        choice.entry, headline=headline, alternative=alternative, appeal={}
    )
    return replace(choice, entry=entry)


def _lacks_document(choice: Choice, circumstance: Circumstance) -> bool:
    """Whether only documents may answer this, and none is there. A person in need is helped."""
    if choice.only_from != "documents" or choice.entry.help:
        return False
    spoken = circumstance.direction in ("in", "out")
    return spoken and not any(item.kind == DOCUMENT for item in circumstance.evidence)


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
