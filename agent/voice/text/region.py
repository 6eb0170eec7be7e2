"""Where the user writes a date: what 3/4/2026 means there."""

from __future__ import annotations

from collections.abc import Mapping

# The month comes first here; the whole world else begins with the day, or with the year.
_MONTH_FIRST = ("US", "PH", "CA", "PR", "GU")
_SETTINGS = ("LC_ALL", "LC_TIME", "LANG")


def day_comes_first(environment: Mapping[str, str]) -> bool:
    """What the system's own setting for times says; False, as the voice is American, without."""
    setting = next((environment[name] for name in _SETTINGS if environment.get(name)), "")
    _, mark, country = setting.partition(".")[0].partition("_")
    return bool(mark) and country[:2].upper() not in _MONTH_FIRST
