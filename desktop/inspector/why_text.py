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


def overall(evidence: Sequence[Evidence], sentences: Sequence[Sentence]) -> str:
    """How far an answer can be relied on: it counts what was checked; empty without words.

    How probable its words were to the model says nothing about truth, and is not told.
    """
    worded = [sentence for sentence in sentences if sentence.text.strip()]
    if not worded:
        return ""
    checked = [sentence for sentence in worded if rests(sentence, evidence)]
    if not checked:
        return unchecked()
    words = QCoreApplication.translate("Why", "%1 of %2 sentences rest on what was seen or read")
    return words.replace("%1", str(len(checked))).replace("%2", str(len(worded)))


def unchecked() -> str:
    """What is said of words that rest on nothing that could be checked."""
    return QCoreApplication.translate("Why", "from memory, not checked")


def rests(sentence: Sentence, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence of a sentence that was checked against it, with nothing found wrong."""
    if any(f.fired and f.rule == "grounding" for f in sentence.verdict.why.findings):
        return ()
    shown = (item for item in evidence if item.kind != "heard")
    return tuple(item for item in shown if item.id in sentence.evidence)


def standing(sentence: Sentence, evidence: Sequence[Evidence]) -> str:
    """How sure a sentence is: as sure as what it rests on was seen, or not checked at all."""
    found = rests(sentence, evidence)
    if not found:
        return unchecked()
    marks = "".join(f"[{item.id}]" for item in found)
    sure = certainty(min(item.confidence for item in found))
    words = QCoreApplication.translate("Why", "rests on %1, %2")
    return words.replace("%1", marks).replace("%2", sure)


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


def shown_evidence(asked: Asked, reply: Reply) -> tuple[Evidence, ...]:
    """What the answer may rest on; what the user said themself is the source of nothing."""
    evidence = asked.evidence or reply.why.evidence
    return tuple(item for item in evidence if item.kind != "heard")


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
    evidence = shown_evidence(asked, reply)
    if sure := overall(evidence, sentences):
        lines.append(translate("Why", "How sure: %1").replace("%1", sure))
    lines += ["", translate("Why", "What it rests on")]
    lines += [f"- {evidence_line(item)}" for item in evidence] or [
        "- " + translate("Why", "Nothing seen, heard or read: only what the model learned.")
    ]
    if changed := changes(reply, sentences):
        lines += ["", translate("Why", "What was changed")]
        lines += ["- " + " ".join(filter(None, row)) for row in changed]
    if found := strongest(reply.why.findings):
        lines += ["", translate("Why", "Rules that looked at it")]
        lines += [f"- {rule_name(f.rule)} ({category_name(f)}): {weighing(f)}" for f in found]
    if sentences:
        lines += ["", translate("Why", "Sentence by sentence")]
        lines += [f"- {s.text.strip()} ({standing(s, evidence)})" for s in sentences]
    if reply.timings_ms:
        lines += ["", translate("Why", "Times")]
        lines += [f"- {stage}: {value}" for stage, value in timing_lines(reply.timings_ms)]
    return "\n".join(lines)
