"""The codes of what safety tells the user; their sentences are in perception/languages."""

from __future__ import annotations

from enum import StrEnum


class SafetyCode(StrEnum):
    """A message of safety."""

    NOTHING_CHANGED = "nothing-changed"
    NOT_READ_ALOUD = "not-read-aloud"
    AUDIT_UNREADABLE = "audit-unreadable"
    AUDIT_LOCKED = "audit-locked"
    AUDIT_NOT_WRITTEN = "audit-not-written"
    HARM_CLASSIFIER_UNREADABLE = "harm-classifier-unreadable"
    SAFETY_POLICY_UNUSABLE = "safety-policy-unusable"
    SAFETY_POLICY_NOT_CHANGED = "safety-policy-not-changed"
    SAFETY_POLICY_FELL_BACK = "safety-policy-fell-back"
    HARM_CLASSIFIER_NOT_LOADED = "harm-classifier-not-loaded"
