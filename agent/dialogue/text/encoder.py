"""From messages to token ids, the same for every engine that holds its own vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from agent.codes import AgentCode
from agent.dialogue.text.template import ChatTemplate, Plain, encode
from agent.types import Message
from perception.types import UserError

_MOST_REMEMBERED = 4096


class Encoder:
    """Encodes prompts and remembers the ids of texts, and those that the model itself chose."""

    def __init__(
        self,
        template: ChatTemplate,
        tokenize: Callable[[str], Sequence[int]],
        control: Mapping[str, int],
        bos: int | None,
    ) -> None:
        """`tokenize` reads plain text; `bos` is the id that must stand first, if any."""
        self._template, self._tokenize, self._control, self._bos = template, tokenize, control, bos
        self._forbidden = frozenset(control.values())
        self._ids: dict[tuple[str, ...], tuple[int, ...]] = {}

    def ids(self, messages: Sequence[Message], answer: bool = True) -> list[int]:
        """The token ids of a prompt; `answer` opens the assistant's next message."""
        prompt = encode(self._template.runs(messages, answer), self._plain, self._control)
        if self._bos is None or prompt[:1] == [self._bos]:
            return prompt
        return [self._bos, *prompt]

    def fitting(self, messages: Sequence[Message], answer: bool, context: int) -> list[int]:
        """The ids; UserError where they leave no room in `context` for an answer."""
        if answer and goes_on(messages):
            prompt = self.without_end(self.ids(messages, False))
        else:
            prompt = self.ids(messages, answer)
        if len(prompt) >= context:
            raise UserError(
                AgentCode.CONVERSATION_HAS_TOO_MANY_TOKENS, prompt=len(prompt), context=context
            )
        return prompt

    def without_end(self, prompt: list[int]) -> list[int]:
        """The prompt up to the mark that ends its last message."""
        marks = [place for place, token in enumerate(prompt) if token in self._forbidden]
        return prompt[: marks[-1]] if marks else prompt

    def count(self, text: str) -> int:
        """How many tokens `text` is."""
        return len(self._plain((text,)))

    def text(self, text: str) -> tuple[int, ...]:
        """The ids of `text` alone, without any control token."""
        return self._plain((text,))

    def remember(self, messages: Sequence[Message], text: str, ids: Sequence[int]) -> None:
        """Let `ids` stand for the answer `text`, so that the next prompt meets the cache.

        They may differ from those of its text, which could be split in another way.
        """
        if goes_on(messages) or self._forbidden.intersection(ids):
            return
        asked = self._template.runs(messages, answer=True)[-1]
        before = asked.parts if isinstance(asked, Plain) else ("",)
        told = self._template.runs([*messages, Message("assistant", text)], answer=False)
        run = Plain((*before[:-1], before[-1] + text))
        if run in told:
            self._ids[run.parts] = (*(self._plain(before) if any(before) else ()), *ids)

    def _plain(self, parts: tuple[str, ...]) -> tuple[int, ...]:
        if parts not in self._ids:
            if len(self._ids) >= _MOST_REMEMBERED:
                self._ids.pop(next(iter(self._ids)))
            ids = (id for part in parts for id in self._tokenize(part))
            self._ids[parts] = tuple(id for id in ids if id not in self._forbidden)
        return self._ids[parts]


def goes_on(messages: Sequence[Message]) -> bool:
    """Whether the answer is begun already: the model writes on where it ends."""
    return bool(messages) and messages[-1].role == "assistant"
