"""Checking a profile's file: every field, with the line where something is wrong."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from agent.codes import AgentCode
from agent.profiles.profile import Profile, Words
from perception.languages import languages
from perception.types import UserError

MOST_FACT = 240
"""Characters of one fact: several stand in a prompt together."""

_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)$")
_FIELD = re.compile(r" - at `(\$[^`]*)`$")
_STEP = re.compile(r"\.?([A-Za-z_][\w-]*)|\[(\d+|\.\.\.)\]")
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")


def checked(file: Path, data: bytes) -> Profile:
    """The profile in these bytes; UserError with line and field for the first thing wrong."""
    try:
        text = data.decode()
        found = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise _broken(file, data[: error.start].count(b"\n") + 1, "", "it is no UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = _TOML_LINE.search(str(error))
        why = _TOML_LINE.sub("", str(error)).strip()
        raise _broken(file, int(at[1]) if at else 1, "", why) from error
    try:
        profile = msgspec.convert(found, Profile)
    except msgspec.ValidationError as error:
        at = _FIELD.search(str(error))
        field = at[1].removeprefix("$").lstrip(".") if at else ""
        why = _FIELD.sub("", str(error))
        if "unknown field" in why and (named := re.search(r"`([^`]+)`$", why)):
            field = f"{field}.{named[1]}".lstrip(".")
        raise _broken(file, line_of(text, field), field, why) from error
    for field, why in _wrong(profile, file.stem):
        raise _broken(file, line_of(text, field), field, why)
    return profile


def line_of(text: str, field: str) -> int:
    """The line of a field such as `facts[1].text.en`, from 1; of the last part that is found."""
    lines = text.splitlines()
    here, table = 1, ""
    for name, index in _STEP.findall(field):
        if index:
            heads = [n for n, line in enumerate(lines, 1) if line.strip() == f"[[{table}]]"]
            if index.isdecimal() and int(index) < len(heads):
                here = heads[int(index)]
            continue
        table = f"{table}.{name}" if table else name
        begins = re.compile(
            rf"^\s*(?:\[+{re.escape(table)}\]+|{re.escape(name)}\s*[=.])|[{{,]\s*{re.escape(name)}\s*="
        )
        here = next(
            (n for n, line in enumerate(lines, 1) if n >= here and begins.search(line)), here
        )
    return here


def _wrong(profile: Profile, name: str) -> Iterator[tuple[str, str]]:
    """Fields that are well formed and still wrong, each with its reason."""
    if not _NAME.fullmatch(name):
        yield "", "the file's name must be small letters, digits, - and _"
    known = languages()
    for place, language in enumerate(profile.languages):
        if language not in known:
            yield f"languages[{place}]", f"{language} is no language of Candor"
    needed = profile.languages or ("en",)
    yield from _worded("title", profile.title, needed)
    if profile.idle.end_after <= profile.idle.ask_after:
        yield "idle.end_after", "it must be more than ask_after"
    yield from _reaching(profile.person_command)
    for place, question in enumerate(profile.questions):
        yield from _worded(f"questions[{place}].text", question.text, needed)
    for place, fact in enumerate(profile.facts):
        yield from _worded(f"facts[{place}].text", fact.text, needed, MOST_FACT)
        if not any(word.strip() for words in fact.about.values() for word in words):
            yield f"facts[{place}].about", "it names no word of a question"
    if profile.facts_only:
        if not profile.topics:
            yield "topics", "facts_only needs words of questions that concern the place"
        yield from _worded("desk", profile.desk, needed, MOST_FACT)


def _worded(
    field: str, words: Words, needed: tuple[str, ...], most: int = 1000
) -> Iterator[tuple[str, str]]:
    for language in needed:
        if not words.get(language, "").strip():
            yield field, f"it has no text in {language}"
    for language, text in words.items():
        if len(text) > most:
            yield f"{field}.{language}", f"it is longer than {most} characters"


def _reaching(command: str) -> Iterator[tuple[str, str]]:
    """What is wrong in how a person is called: an address of another computer, open quotes."""
    try:
        if not command.startswith(("http://", "https://")):
            shlex.split(command)
        elif urlsplit(command).hostname not in ("127.0.0.1", "::1", "localhost"):
            yield "person_command", "the address is not on this computer (http://127.0.0.1:8080/)"
    except ValueError as error:
        yield "person_command", str(error)


def _broken(file: Path, line: int, field: str, reason: str) -> UserError:
    where = f"{field}: {reason}" if field else reason
    return UserError(AgentCode.PROFILE_BROKEN, file=file, line=line, reason=where)
