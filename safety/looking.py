"""How a rule looks at a text: as it stands, without disguise, and after what came before it.

A finding of a disguise or of what came before only adds: it never makes another one weaker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from safety.rules import Rule
from safety.text.readings import Reading
from safety.types import Circumstance, Finding

_LITERAL = frozenset({"grounding", "injection"})
"""Rules to which the very signs matter, or that undo disguises themselves."""
_IN_CONTEXT = frozenset({"patterns", "classifier"})
"""Rules of harm, which may show only in two clauses together."""


def look(
    rule: Rule, text: str, circumstance: Circumstance, disguised: Sequence[Reading]
) -> list[Finding]:
    """All that the rule finds, each with its place in the text as it stands."""
    found = list(rule.check(text, circumstance))
    if rule.name not in _LITERAL:
        for reading in disguised:
            found = _with(found, _read(rule, reading, circumstance))
    if circumstance.before and rule.name in _IN_CONTEXT:
        found = _with(found, _after(rule, text, circumstance))
    return found


def _read(rule: Rule, reading: Reading, circumstance: Circumstance) -> Iterator[Finding]:
    for finding in rule.check(reading.text, circumstance):
        span = reading.span(*finding.span) if finding.span else reading.piece
        note = f"{finding.note} Read through a disguise: {reading.disguise}."
        yield replace(finding, span=span, note=note)


def _after(rule: Rule, text: str, circumstance: Circumstance) -> Iterator[Finding]:
    """What the end of the answer so far and this text are together."""
    shift = len(circumstance.before)
    for finding in rule.check(circumstance.before + text, circumstance):
        note = f"{finding.note} Together with what was said before."
        if finding.span is None:
            yield replace(finding, note=note)
        elif finding.span[1] > shift:
            span = (max(0, finding.span[0] - shift), finding.span[1] - shift)
            yield replace(finding, span=span, note=note)


def _with(found: list[Finding], more: Iterable[Finding]) -> list[Finding]:
    """The findings with those of another reading that are stronger than all of their kind."""
    best = dict[tuple[str, str], float]()
    for each in found:
        key = each.rule, each.category
        best[key] = max(best.get(key, 0.0), each.score)
    stronger = [each for each in more if each.score > best.get((each.rule, each.category), 0.0)]
    replaced = {(each.rule, each.category) for each in stronger if each.span is None}
    kept = [each for each in found if (each.rule, each.category) not in replaced]
    return [*kept, *stronger]
