"""How times and measures of a training are said."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from agent.adapters.store import Measured

_SHORT = 90


def duration(seconds: float) -> str:
    """A time, no more exact than it is known."""
    translate = QCoreApplication.translate
    if seconds < _SHORT:
        return translate("Training", "{n} seconds").format(n=max(1, round(seconds)))
    minutes = seconds / 60
    if minutes < _SHORT:
        return translate("Training", "{n} minutes").format(n=round(minutes))
    return translate("Training", "{n} hours").format(n=f"{minutes / 60:.1f}")


def measure(name: str) -> str:
    """The name of a measure in the user's language."""
    translate = QCoreApplication.translate
    names = {
        "loss on your own rows": translate("Training", "Loss on your own examples"),
        "accuracy on your own rows": translate("Training", "Accuracy on your own examples"),
        "safety": translate("Training", "Safety"),
        "grounding": translate("Training", "Grounding (keeps to what is there)"),
        "everyday": translate("Training", "Ordinary talk (helps with what is asked)"),
        "knowledge": translate("Training", "General knowledge"),
        "word errors, you": translate("Training", "Words misheard, you"),
        "word errors, others": translate("Training", "Words misheard, other people"),
        "word errors, you, lora": translate("Training", "Words misheard, you (small change)"),
        "word errors, you, encoder": translate("Training", "Words misheard, you (whole ear)"),
    }
    return names.get(name, name)


def value(measured: Measured, number: float) -> str:
    """A measure's value: shares as percent."""
    return f"{number:.2f}" if "loss" in measured.name else f"{number:.1%}"


def verdict(measured: Measured) -> tuple[str, str, str]:
    """Whether it became better: an icon, a colour, and a word."""
    translate = QCoreApplication.translate
    if measured.worse:
        return "triangle-alert", "warn", translate("Training", "worse")
    step = measured.after - measured.before
    if (step < 0) == measured.lower_is_better and abs(step) > 0:
        return "check", "accent", translate("Training", "better")
    return "minus", "muted", translate("Training", "the same")
