"""The policy in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from safety.categories import Category
from safety.policy import Stance
from safety.policy_changes import value_of
from safety.types import Action

FIELDS: dict[Category, tuple[str, ...]] = {
    Category.SCENE: ("out", "threshold"),
    Category.INJECTION: ("data", "threshold"),
    Category.PRIVACY: ("out", "server", "threshold"),
    Category.ADVICE_HEALTH: ("out", "only_from"),
    Category.ADVICE_LEGAL: ("out", "only_from"),
    Category.ADVICE_FINANCE: ("out", "only_from"),
}
"""What matters of a category; else what is asked, what is answered, and how strictly."""
ADVICE = frozenset((Category.ADVICE_HEALTH, Category.ADVICE_LEGAL, Category.ADVICE_FINANCE))
_USUAL = ("in", "out", "threshold")


def fields_of(category: Category) -> tuple[str, ...]:
    """The fields of a category that a person may change."""
    return FIELDS.get(category, _USUAL)


def name_of(category: Category) -> str:
    """What a category is called."""
    translate = QCoreApplication.translate
    return {
        Category.VIOLENCE: translate("Policy", "Violence"),
        Category.WEAPONS: translate("Policy", "Weapons"),
        Category.SELF_HARM: translate("Policy", "Self-harm"),
        Category.HATE: translate("Policy", "Hate"),
        Category.HARASSMENT: translate("Policy", "Harassment and threats"),
        Category.SEXUAL: translate("Policy", "Sexual content"),
        Category.MINORS: translate("Policy", "Sexual content about children"),
        Category.CRIME: translate("Policy", "Crime and fraud"),
        Category.CYBER: translate("Policy", "Attacks on computers"),
        Category.PROFANITY: translate("Policy", "Insults and coarse words"),
        Category.PRIVACY: translate("Policy", "Personal data"),
        Category.ADVICE_HEALTH: translate("Policy", "Advice on health"),
        Category.ADVICE_LEGAL: translate("Policy", "Advice on law"),
        Category.ADVICE_FINANCE: translate("Policy", "Advice on money"),
        Category.SCENE: translate("Policy", "Claims about what is in view"),
        Category.INJECTION: translate("Policy", "Orders in what is seen or read"),
    }[category]


def field_name(field: str) -> str:
    """What a field is called."""
    translate = QCoreApplication.translate
    return {
        "in": translate("Policy", "Requests"),
        "data": translate("Policy", "When it is found"),
        "out": translate("Policy", "In answers"),
        "server": translate("Policy", "Before it goes to a server"),
        "threshold": translate("Policy", "Strictness"),
        "only_from": translate("Policy", "Answers come from"),
    }[field]


def options(category: Category, field: str) -> list[tuple[str, str]]:
    """The values of a field, each with its name, the strictest first."""
    translate = QCoreApplication.translate
    every = {
        "in": [
            ("block", translate("Policy", "Refuse")),
            ("advise", translate("Policy", "Give a note first")),
            ("allow", translate("Policy", "Allow")),
        ],
        "data": [
            ("advise", translate("Policy", "Tell me")),
            ("allow", translate("Policy", "Say nothing")),
        ],
        "out": [
            ("block", translate("Policy", "Hold back")),
            ("redact", translate("Policy", "Hide")),
            ("advise", translate("Policy", "Keep, with a note")),
            ("allow", translate("Policy", "Allow")),
        ],
        "server": [
            ("block", translate("Policy", "Send nothing")),
            ("redact", translate("Policy", "Hide")),
            ("allow", translate("Policy", "Allow")),
        ],
        "threshold": [
            ("strict", translate("Policy", "Strict")),
            ("normal", translate("Policy", "Normal")),
            ("lenient", translate("Policy", "Lenient")),
        ],
        "only_from": [
            ("documents", translate("Policy", "Only documents that were given")),
            ("anything", translate("Policy", "All that the model knows")),
        ],
    }[field]
    if field == "out" and category in ADVICE:
        return [
            ("block", translate("Policy", "Refuse")),
            ("advise", translate("Policy", "Give a note")),
            ("allow", translate("Policy", "Allow")),
        ]
    # Only personal data has a place in a sentence that can be hidden alone.
    hides = category is Category.PRIVACY
    return [one for one in every if hides or one[0] != "redact"]


def value_name(category: Category, field: str, value: str | float) -> str:
    """What a value of a field is called; a score is said as it is."""
    return dict(options(category, field)).get(str(value), f"{value}")


def told(category: Category, stance: Stance) -> str:
    """What is done about a category, in sentences."""
    if category in ADVICE:
        return _of_advice(stance)
    said = [_sentence(field, value_of(stance, field)) for field in fields_of(category)]
    if category is Category.SELF_HARM:
        said.append(
            QCoreApplication.translate("Policy", "Who thinks of it is helped, and never refused.")
        )
    return " ".join(filter(None, said))


def _of_advice(stance: Stance) -> str:
    translate = QCoreApplication.translate
    if stance.only_from == "documents":
        return translate("Policy", "Answered only from documents that were given.")
    if stance.out == Action.BLOCK:
        return translate("Policy", "Not answered.")
    if stance.out in (Action.ADVISE, Action.REDACT):
        return translate("Policy", "Answered, with a note that it is only general.")
    return translate("Policy", "Answered like anything else.")


def _sentence(field: str, value: str | float | None) -> str:
    translate = QCoreApplication.translate
    if isinstance(value, float):
        return translate("Policy", "Judged from a score of {n}.").format(n=value)
    usual = "normal" if field == "threshold" else "allow"
    return {
        ("in", "block"): translate("Policy", "Requests are refused."),
        ("in", "advise"): translate("Policy", "Requests are answered, with a note first."),
        ("in", "redact"): translate("Policy", "Requests are answered without it."),
        ("in", "allow"): translate("Policy", "Requests are answered."),
        ("data", "advise"): translate("Policy", "You are told of it, and it is never obeyed."),
        ("data", "allow"): translate("Policy", "You are not told of it, and it is never obeyed."),
        ("out", "block"): translate("Policy", "In answers it is held back."),
        ("out", "redact"): translate("Policy", "In answers it is hidden."),
        ("out", "advise"): translate("Policy", "In answers it stays, with a note."),
        ("out", "allow"): translate("Policy", "In answers it stays."),
        ("server", "block"): translate("Policy", "Nothing that holds it goes to a server."),
        ("server", "redact"): translate("Policy", "It is hidden from a server."),
        ("server", "allow"): translate("Policy", "A server gets it."),
        ("threshold", "strict"): translate("Policy", "Judged strictly."),
        ("threshold", "lenient"): translate("Policy", "Judged leniently."),
    }.get((field, value or usual), "")
