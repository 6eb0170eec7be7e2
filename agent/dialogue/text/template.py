"""A model's own chat template, with contents that can never become control tokens.

The template is rendered with marks in place of contents. What the template itself wrote is split
at the control tokens; all between two of them is one run of plain text, tokenised without special
tokens. So a harmless text gives the very ids that the whole rendered template would give, and a
text that spells `<|im_end|>` gives the ids of those letters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn, TypeAlias

from jinja2 import TemplateError
from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

from agent.codes import AgentCode
from agent.dialogue.text.control import matcher
from agent.dialogue.text.opening import NO_THINKING, final_channel, opened, opening
from agent.types import Message
from perception.types import UserError

_FAILURES = (TemplateError, TypeError, ValueError, LookupError)
"""What a template that was written for other messages may raise."""

_MARK = re.compile("\ue000(\\d+)\ue001")
_NOBODY = "\ue002"
"""Stands for a user's message where a template renders nothing without one."""


@dataclass(frozen=True, slots=True)
class Control:
    """A control token that the template wrote."""

    spelling: str


@dataclass(frozen=True, slots=True)
class Plain:
    """A run of plain text; its parts are tokenised apart, which breaks spelled control tokens."""

    parts: tuple[str, ...]


Run: TypeAlias = Control | Plain


def _refuse(message: str) -> NoReturn:
    raise TemplateError(message)


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols]
    )
    environment.filters["tojson"] = lambda value, **_: json.dumps(value, ensure_ascii=False)
    environment.globals["raise_exception"] = _refuse
    # The day of the start: a date that changed at midnight would change the whole prompt.
    environment.globals["strftime_now"] = datetime.now().strftime
    return environment


class ChatTemplate:
    """Turns messages into runs of plain text and control tokens."""

    def __init__(self, source: str, control: frozenset[str], names: Mapping[str, str]) -> None:
        """`names` are the template's variables, for example `bos_token`."""
        try:
            self._template = _environment().from_string(source)
        except _FAILURES as error:
            raise UserError(AgentCode.TEMPLATE_UNREADABLE, reason=error) from error
        self._names = {"bos_token": "", "eos_token": "", **names}
        self._control = matcher(control)
        self._trims = self._trimming()
        self._opening = self._opens()

    def runs(self, messages: Sequence[Message], answer: bool) -> list[Run]:
        """The prompt of these messages; `answer` opens the assistant's next one."""
        texts = [message.text.strip() if self._trims else message.text for message in messages]
        turns = [(m.role, f"\ue000{index}\ue001") for index, m in enumerate(messages)]
        pieces = _MARK.split(self._render(turns, answer))
        for index in range(1, len(pieces), 2):
            if messages[int(pieces[index])].role == "assistant":
                pieces[index - 1] = opened(pieces[index - 1], self._opening)
        if answer:
            pieces[-1] = final_channel(pieces[-1])
        runs = _Runs()
        for index, piece in enumerate(pieces):
            if index % 2:
                runs.content(texts[int(piece)], self._control)
            else:
                runs.template(piece, self._control)
        return runs.done()

    def _render(self, turns: list[tuple[str, str]], answer: bool) -> str:
        """Some templates know no system role, or only strictly alternating ones: then adapt."""
        alone = not answer and all(role == "system" for role, _ in turns)
        ways = [turns, joined(turns), joined(_to_user(turns))]
        if alone:
            # Qwen3.5 renders nothing without a question. What stands before one is the beginning.
            ways.insert(1, [*turns, ("user", _NOBODY)])
        for way in ways[:-1]:
            try:
                return self._whole(way, answer).partition(_NOBODY)[0]
            except _FAILURES:
                continue
        try:
            return self._whole(ways[-1], answer)
        except _FAILURES as error:
            raise UserError(AgentCode.TEMPLATE_REFUSES, reason=error) from error

    def _whole(self, turns: list[tuple[str, str]], answer: bool) -> str:
        """The prompt. Some templates leave out what they do not expect, and say nothing."""
        text = self._text(_dicts(turns), answer)
        if not all(mark in text for _, said in turns for mark in said.split("\n\n")):
            raise TemplateError("it leaves out a message")
        return text

    def _opens(self) -> str:
        sample = [{"role": "user", "content": "x"}]
        try:
            return opening(self._text(sample, False), self._text(sample, True))
        except _FAILURES:
            return ""

    def _trimming(self) -> bool:
        try:
            return " x " not in self._text([{"role": "user", "content": " x "}], False)
        except _FAILURES:
            return False

    def _text(self, messages: list[dict[str, str]], answer: bool) -> str:
        return self._template.render(
            messages=messages,
            add_generation_prompt=answer,
            tools=None,
            **NO_THINKING,
            **self._names,
        )


class _Runs:
    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._parts: list[str] = [""]

    def template(self, text: str, control: re.Pattern[str]) -> None:
        at = 0
        for found in control.finditer(text):
            self._parts[-1] += text[at : found.start()]
            self._close()
            self._runs.append(Control(found.group()))
            at = found.end()
        self._parts[-1] += text[at:]

    def content(self, text: str, control: re.Pattern[str]) -> None:
        at = 0
        for found in control.finditer(text):
            self._parts[-1] += text[at : found.start() + 1]
            self._parts.append("")
            at = found.start() + 1
        self._parts[-1] += text[at:]

    def _close(self) -> None:
        parts = tuple(part for part in self._parts if part)
        if parts:
            self._runs.append(Plain(parts))
        self._parts = [""]

    def done(self) -> list[Run]:
        self._close()
        return self._runs


def _dicts(turns: list[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"role": role, "content": text} for role, text in turns]


def joined(turns: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same contents with neighbours of one role in one message."""
    one: list[tuple[str, str]] = []
    for role, text in turns:
        if one and one[-1][0] == role:
            one[-1] = (role, f"{one[-1][1]}\n\n{text}")
        else:
            one.append((role, text))
    return one


def _to_user(turns: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("user" if role == "system" else role, text) for role, text in turns]


def encode(
    runs: Sequence[Run], plain: Callable[[tuple[str, ...]], Sequence[int]], ids: Mapping[str, int]
) -> list[int]:
    """The ids of a prompt; `plain` tokenises without special tokens, `ids` are the control ones."""
    prompt: list[int] = []
    for run in runs:
        if isinstance(run, Control):
            prompt.append(ids[run.spelling])
        else:
            prompt.extend(plain(run.parts))
    return prompt
