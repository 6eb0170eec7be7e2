"""Whom to call, by region."""

from __future__ import annotations

import locale as system_locale
import re

from perception.languages import languages
from safety.policy import Lines, Policy

_REGION = re.compile(r"[A-Za-z]{2,3}[-_](?:[A-Za-z]{4}[-_])?([A-Za-z]{2})(?![A-Za-z])")
_NAMES = ("crisis", "emergency", "poison", "abuse", "child")


def region_of(locale: str, language: str) -> str:
    """The ISO 3166 code in `en_GB`, `en-GB.UTF-8` and the like.

    Without one the region of the text's language counts (a Chinese text means China), and where
    it has none the system's own; else it is empty.
    """
    known = languages().get(language)
    if known and known.region and not _REGION.match(locale):
        return known.region
    for name in (locale, system_locale.getlocale()[0] or ""):
        if match := _REGION.match(name):
            return match[1].upper()
    return ""


def lines_for(policy: Policy, region: str) -> Lines:
    """The help lines of a region; the last entry of the policy is for everywhere else."""
    found = (lines for lines in policy.help if region in lines.regions)
    return next(found, policy.help[-1])


def fill(text: str, policy: Policy, locale: str, language: str) -> str:
    """Put the numbers for the user's region in place of `{crisis}`, `{emergency}` and so on."""
    if "{" not in text:
        return text
    lines = lines_for(policy, region_of(locale, language))
    for name in _NAMES:
        text = text.replace("{" + name + "}", getattr(lines, name))
    return text


def numbers(policy: Policy) -> frozenset[str]:
    """Every telephone number of the help lines, as it is written: these are nobody's own."""
    texts = (getattr(lines, name) for lines in policy.help for name in _NAMES)
    return frozenset(found for text in texts for found in re.findall(r"\d[\d -]+\d", text))
