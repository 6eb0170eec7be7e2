"""How a template opens the assistant's message: the same when it is asked for and when it is told.

With thinking switched off, Qwen, SmolLM and Gemma open an answer with an empty thought, and leave
that out when the answer is part of the history. Then every turn would change the prompt before its
end, and a cache that cannot be cut (Qwen3.5, Granite 4 hybrids) would be read anew each time.
"""

from __future__ import annotations

NO_THINKING = {"enable_thinking": False, "thinking": False, "reasoning_effort": "low"}
"""What templates call the switch. A template takes what it knows and leaves the rest."""

_FINAL = "<|channel|>final<|message|>"
_HARMONY = "<|start|>assistant"


def opening(told: str, asked: str) -> str:
    """What `asked`, a prompt that ends where an answer begins, has more than `told`."""
    return final_channel(asked[len(told) :]) if asked.startswith(told) else ""


def final_channel(prompt: str) -> str:
    """The prompt; gpt-oss has no switch, but does not think where its final channel is open."""
    return f"{prompt}{_FINAL}" if prompt.endswith(_HARMONY) else prompt


def opened(before: str, wanted: str) -> str:
    """`before`, what stands in front of an answer that was given, made the whole opening."""
    for end in range(len(wanted), 0, -1):
        if wanted[:end].isspace():
            break
        if before.endswith(wanted[:end]):
            return before + wanted[end:]
    return before
