"""Addresses as words: mail, web pages, files. Short, since the whole is on the screen."""

from __future__ import annotations

import re

from agent.voice.text.vocabulary import ENDINGS

Found = re.Match[str]


def mail(found: Found) -> str:
    """Groups: name, host."""
    return f"{_dotted(found[1].replace('_', ' underscore '))} at {_dotted(found[2])}"


def host(found: Found) -> str:
    """Group: the host, which is all that is said of a web address."""
    return _dotted(found[1].removeprefix("www."))


def path(found: Found) -> str:
    """The last name of a path."""
    parts = [part for part in re.split(r"[/\\]", found[0]) if part not in ("", "~", ".", "..")]
    if not parts:
        return " "
    name, dot, ending = parts[-1].rpartition(".")
    if dot and name and ending.lower() in ENDINGS:
        return file_name(parts[-1])
    return f"the folder {_dotted(parts[-1].lstrip('.'))}" if len(parts) > 1 else _dotted(parts[0])


def file(found: Found) -> str:
    """A file's name without a folder."""
    return file_name(found[0])


def file_name(text: str) -> str:
    """ "notes.txt" is "notes dot text"."""
    name, _, ending = text.rpartition(".")
    return f"{_dotted(name)} dot {ENDINGS.get(ending.lower(), ending)}"


def _dotted(text: str) -> str:
    text = text.strip(".").replace(".", " dot ").replace("+", " plus ")
    return re.sub(r"[_-]+", lambda mark: " dash " if mark[0] == "-" else " ", text)
