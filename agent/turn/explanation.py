"""Why an answer is as it is: all verdicts of a turn in one explanation."""

from __future__ import annotations

from collections.abc import Sequence

from perception.messages import Notice, notice
from perception.types import Evidence
from safety.codes import SafetyCode
from safety.explain import STRENGTH
from safety.types import Action, Explanation, Verdict


def account(
    verdicts: Sequence[Verdict], evidence: Sequence[Evidence], notes: Sequence[Notice] = ()
) -> Explanation:
    """The whole turn: the strongest decision speaks first, every finding is kept once."""
    strongest = max(verdicts, key=lambda verdict: STRENGTH[verdict.action], default=None)
    findings = tuple(dict.fromkeys(f for verdict in verdicts for f in verdict.why.findings))
    changed = strongest is not None and strongest.action is not Action.ALLOW
    untouched = () if changed else (notice(SafetyCode.NOTHING_CHANGED),)
    return Explanation(
        headline=strongest.why.headline if strongest and changed else "",
        findings=findings,
        evidence=tuple(evidence),
        alternative=strongest.why.alternative if strongest and changed else "",
        appeal=strongest.why.appeal if strongest and changed else "",
        notes=(*untouched, *notes),
        region=strongest.why.region if strongest and changed else "",
    )
