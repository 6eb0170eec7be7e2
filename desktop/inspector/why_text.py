"""Why an answer is as it is, in words: for the panel, the clipboard and the voice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QCoreApplication

from agent.types import (
    Asked,
    Ended,
    Reply,
    Sentence,
)
from desktop.i18n.messages import headline, next_step
from desktop.inspector.in_view import certainty, kind_name
from desktop.inspector.times import duration, stage_name
from perception.types import Evidence
from safety.registry import rules
from safety.rules import RuleDeclaration
from safety.types import Action, Finding


def outcome(ended: Ended) -> tuple[str, str]:
    """The icon and the words for how a turn ended."""
    translate = QCoreApplication.translate
    return {
        Ended.DONE: ("check", translate("Why", "Answered")),
        Ended.INTERRUPTED: ("square", translate("Why", "Stopped before the end")),
        Ended.BLOCKED: ("octagon-x", translate("Why", "Held back")),
        Ended.FAILED: ("triangle-alert", translate("Why", "Something went wrong")),
    }[ended]


def overall(sentences: Sequence[Sentence]) -> str:
    """How sure the whole answer is, in words and as a number; empty without sentences."""
    if not sentences:
        return ""
    mean = sum(sentence.confidence for sentence in sentences) / len(sentences)
    return sureness(mean)


def sureness(confidence: float) -> str:
    """A confidence in words and as a number."""
    words = certainty(confidence)
    return f"{words[:1].upper()}{words[1:]} ({confidence:.0%})"


def rule_name(rule: str) -> str:
    """What a rule looks for: translated where known, else the title that its file declares."""
    translate = QCoreApplication.translate
    names = {
        "patterns": translate("Why", "Acute dangers"),
        "privacy": translate("Why", "Personal data"),
        "injection": translate("Why", "Hidden instructions"),
        "classifier": translate("Why", "Harm classifier"),
        "grounding": translate("Why", "Match with what was seen"),
    }
    if rule in names:
        return names[rule]
    declared = {each.name: each.title for each in rules() if isinstance(each, RuleDeclaration)}
    return declared.get(rule) or rule.replace("_", " ").capitalize()


def weighing(finding: Finding) -> str:
    """A rule's score against its threshold, in one sentence."""
    translate = QCoreApplication.translate
    text = (
        translate("Why", "Score %1, acts from %2: it acted.")
        if finding.fired
        else translate("Why", "Score %1, acts from %2: it did not act.")
    )
    return text.replace("%1", f"{finding.score:.2f}").replace("%2", f"{finding.threshold:.2f}")


def category_name(finding: Finding) -> str:
    """What a rule found, as words."""
    return finding.category.replace("_", " ")


def strongest(findings: Iterable[Finding]) -> list[Finding]:
    """One finding a rule and category, those that acted first, then by how near they came."""
    best: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        key = (finding.rule, finding.category)
        if key not in best or _nearness(finding) > _nearness(best[key]):
            best[key] = finding
    return sorted(best.values(), key=lambda f: (not f.fired, -_nearness(f)))


def _nearness(finding: Finding) -> float:
    return finding.score / finding.threshold if finding.threshold > 0 else finding.score


def evidence_line(evidence: Evidence) -> str:
    """One piece of evidence with its number."""
    return f"[{evidence.id}] {kind_name(evidence.kind)}: {evidence.text}"


def changes(reply: Reply, sentences: Sequence[Sentence]) -> list[tuple[str, str, str]]:
    """What was changed or held back: reason, what else can be had, how to appeal; each once."""
    explanations = [s.verdict.why for s in sentences if s.verdict.action is not Action.ALLOW]
    noted = any(finding.fired for finding in reply.why.findings)
    touched = noted and not reply.why.untouched
    if not explanations and (reply.ended is Ended.BLOCKED or touched):
        explanations = [reply.why]
    rows = ((headline(why), next_step(why), why.appeal) for why in explanations)
    return list(dict.fromkeys(rows))


def timing_lines(timings_ms: dict[str, float]) -> Iterator[tuple[str, str]]:
    """Stages with their times, in the order in which they were measured."""
    for stage, value in timings_ms.items():
        yield stage_name(stage), duration(value)


def as_text(asked: Asked, reply: Reply, sentences: Sequence[Sentence]) -> str:
    """The whole account as plain text, the most telling first."""
    translate = QCoreApplication.translate
    lines = [headline(reply.why) or outcome(reply.ended)[1]]
    if sure := overall(sentences):
        lines.append(translate("Why", "How sure: %1").replace("%1", sure))
    evidence = asked.evidence or reply.why.evidence
    lines += ["", translate("Why", "Sources")]
    lines += [f"- {evidence_line(item)}" for item in evidence] or [
        "- " + translate("Why", "Nothing seen, heard or read: only what the model learned.")
    ]
    if changed := changes(reply, sentences):
        lines += ["", translate("Why", "What was changed")]
        lines += ["- " + " ".join(filter(None, row)) for row in changed]
    if found := strongest(reply.why.findings):
        lines += ["", translate("Why", "Safety checks")]
        lines += [f"- {rule_name(f.rule)} ({category_name(f)}): {weighing(f)}" for f in found]
    if sentences:
        lines += ["", translate("Why", "Sentence by sentence")]
        lines += [f"- {s.text.strip()} {sureness(s.confidence)}" for s in sentences]
    if reply.timings_ms:
        lines += ["", translate("Why", "Times")]
        lines += [f"- {stage}: {value}" for stage, value in timing_lines(reply.timings_ms)]
    return "\n".join(lines)
