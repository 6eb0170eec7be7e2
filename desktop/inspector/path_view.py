"""The way of a turn from what was perceived to what was given, as a short picture with words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from agent.types import Ended
from desktop import theme
from desktop.inspector import why_text
from desktop.widgets.collapsible import Collapsible
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label
from safety.types import Explanation


@dataclass(frozen=True, slots=True)
class PathStep:
    """A station: its icon, what it is, what happened there; `acted` where something was decided."""

    glyph: str
    name: str
    told: str
    acted: bool = False


def steps(why: Explanation, ended: Ended) -> Iterator[PathStep]:
    """The stations in order. Where the question was held back, no model wrote anything."""
    translate = QCoreApplication.translate
    shown = why_text.shown_evidence(why.evidence)
    lines = translate("Why", "%1 lines shown").replace("%1", str(len(shown)))
    nothing = translate("Why", "only your words")
    yield PathStep("eye", translate("Why", "Perceived"), lines if shown else nothing)
    found = [finding for finding in why.findings if finding.fired]
    rules = ", ".join(dict.fromkeys(why_text.rule_name(finding.rule) for finding in found))
    checks = translate("Why", "nothing to act on")
    acted = translate("Why", "acted: %1").replace("%1", rules)
    yield PathStep(
        "shield-check", translate("Why", "Checked"), acted if found else checks, bool(found)
    )
    if ended is not Ended.BLOCKED:
        count = sum(bool(sentence.text.strip()) for sentence in why.sentences)
        written = translate("Why", "%1 sentences").replace("%1", str(count))
        yield PathStep("cpu", translate("Why", "Written"), written)
    glyph, words = why_text.outcome(ended)
    changes = translate("Why", "%1 changes").replace("%1", str(len(why.changes)))
    yield PathStep(glyph, words, changes if why.changes else "", bool(why.changes))


def path(why: Explanation, ended: Ended) -> QWidget:
    """The stations below one another, joined by arrows; a screen reader reads them as one line."""
    fold = Collapsible(QCoreApplication.translate("Why", "From percept to verdict"))
    shown = list(steps(why, ended))
    told = " → ".join(f"{step.name}: {step.told}" if step.told else step.name for step in shown)
    fold.setAccessibleDescription(told)
    for place, step in enumerate(shown):
        if place:
            fold.rows.addWidget(Glyph("chevron-down", "muted"))
        row = QHBoxLayout()
        row.setSpacing(theme.gap(2))
        row.addWidget(Glyph(step.glyph, "warn" if step.acted else "accent"))
        row.addWidget(label(step.name, wrap=False))
        row.addWidget(label(step.told, "caption"), 1)
        fold.rows.addLayout(row)
    return fold
