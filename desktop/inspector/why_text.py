"""Why an answer is as it is, in words: for the panel, the clipboard and the voice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from agent.causes.telling import deciding_words, told_causes
from agent.types import Ended
from desktop.i18n.messages import headline, message
from desktop.inspector.in_view import certainty, kind_name
from desktop.inspector.times import duration, stage_name
from perception.types import Evidence
from safety.registry import rules
from safety.rules import RuleDeclaration
from safety.types import CauseKind, Change, Explanation, Finding, GivenSentence


def outcome(ended: Ended) -> tuple[str, str]:
    """The icon and the words for how a turn ended."""
    translate = QCoreApplication.translate
    return {
        Ended.DONE: ("check", translate("Why", "Answered")),
        Ended.INTERRUPTED: ("square", translate("Why", "Stopped before the end")),
        Ended.BLOCKED: ("octagon-x", translate("Why", "Held back")),
        Ended.FAILED: ("triangle-alert", translate("Why", "Something went wrong")),
    }[ended]


def overall(why: Explanation) -> str:
    """How far an answer can be relied on: it counts what was checked; empty without words.

    How probable its words were to the model says nothing about truth, and is not told.
    """
    worded = [sentence for sentence in why.sentences if sentence.text.strip()]
    if not worded:
        return ""
    checked = [sentence for sentence in worded if rests(sentence, why.evidence)]
    if not checked:
        return unchecked()
    words = QCoreApplication.translate("Why", "%1 of %2 sentences rest on what was seen or read")
    return words.replace("%1", str(len(checked))).replace("%2", str(len(worded)))


def unchecked() -> str:
    """What is said of words that rest on nothing that could be checked."""
    return QCoreApplication.translate("Why", "from memory, not checked")


def rests(sentence: GivenSentence, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence of a sentence that was checked against it, with nothing found wrong."""
    if sentence.doubted:
        return ()
    return tuple(item for item in shown_evidence(evidence) if item.id in sentence.evidence)


def standing(sentence: GivenSentence, evidence: Sequence[Evidence]) -> str:
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
        "advice": translate("Why", "Health, law and money"),
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


def remarks(why: Explanation) -> str:
    """What is said above the changes, which have the words of the policy already."""
    return " ".join(map(message, why.notes)) if why.changes else headline(why)


def shown_evidence(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """What an answer may rest on; what the user said themself is the source of nothing."""
    return tuple(item for item in evidence if item.kind != "heard")


def change_line(change: Change) -> str:
    """What was changed or held back: reason, what else can be had, how to appeal."""
    return " ".join(filter(None, (change.headline, change.alternative, change.appeal)))


def timing_lines(timings_ms: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    """Stages with their times, in the order in which they were measured."""
    for stage, value in timings_ms.items():
        yield stage_name(stage), duration(value)


def as_text(why: Explanation, ended: Ended, timings_ms: Mapping[str, float]) -> str:
    """The whole explanation as plain text, the most telling first."""
    translate = QCoreApplication.translate
    lines = [headline(why) or outcome(ended)[1]]
    if sure := overall(why):
        lines.append(translate("Why", "How sure: %1").replace("%1", sure))
    if why.deciding is not None:
        lines.append(message(deciding_words(why.deciding)))
    if told := [each for each in told_causes(why) if each.cause.kind is not CauseKind.OWN]:
        lines += ["", translate("Why", "What it rests on, measured")]
        lines += [f"- {each.text} {' '.join(map(message, each.told))}" for each in told]
    lines += ["", translate("Why", "Sources")]
    lines += [f"- {evidence_line(item)}" for item in shown_evidence(why.evidence)] or [
        "- " + translate("Why", "Nothing seen, heard or read: only what the model learned.")
    ]
    if why.changes:
        lines += ["", translate("Why", "What was changed")]
        lines += [f"- {change_line(change)}" for change in why.changes]
    if found := strongest(why.findings):
        lines += ["", translate("Why", "Safety checks")]
        lines += [f"- {rule_name(f.rule)} ({category_name(f)}): {weighing(f)}" for f in found]
    if why.sentences:
        lines += ["", translate("Why", "Sentence by sentence")]
        lines += [f"- {s.text.strip()} ({standing(s, why.evidence)})" for s in why.sentences]
    if timings_ms:
        lines += ["", translate("Why", "Times")]
        lines += [f"- {stage}: {value}" for stage, value in timing_lines(timings_ms)]
    return "\n".join(lines)
