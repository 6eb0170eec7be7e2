"""The categories of the policy: what a person reads, and changes."""

from __future__ import annotations

from enum import StrEnum


class Category(StrEnum):
    """One kind of content. Every category of every rule stands under one of these."""

    VIOLENCE = "violence"
    WEAPONS = "weapons"
    SELF_HARM = "self_harm"
    HATE = "hate"
    HARASSMENT = "harassment"
    SEXUAL = "sexual"
    MINORS = "minors"
    CRIME = "crime"
    CYBER = "cyber"
    PROFANITY = "profanity"
    PRIVACY = "privacy"
    ADVICE_HEALTH = "advice_health"
    ADVICE_LEGAL = "advice_legal"
    ADVICE_FINANCE = "advice_finance"
    SCENE = "scene"
    """What is said of a picture, page or sound and was not there."""
    INJECTION = "injection"
    """Orders in what was seen or read."""
