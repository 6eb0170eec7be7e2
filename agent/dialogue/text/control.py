"""Which spellings a chat model reads as control tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MARKUP = re.compile(r"(<[^\s<>]+>|\[[^\s\[\]]+\]|<[|｜][^<>]*[|｜]>)\Z")

_SPELLINGS = """
    <|im_start|> <|im_end|> <|im_sep|> <|endoftext|> <|startoftext|> <|begin_of_text|>
    <|end_of_text|> <|start_header_id|> <|end_header_id|> <|eot_id|> <|eom_id|> <|python_tag|>
    <|finetune_right_pad_id|> <|system|> <|user|> <|assistant|> <|tool|> <|end|> <|start|>
    <|message|> <|channel|> <|return|> <|call|> <|constrain|> <|endofprompt|> <|observation|>
    <|turn> <turn|> <start_of_turn> <end_of_turn> <bos> <eos> <pad> <unk> <s> </s> <<SYS>>
    <</SYS>> [INST] [/INST] [SYSTEM_PROMPT] [/SYSTEM_PROMPT] [AVAILABLE_TOOLS]
    [/AVAILABLE_TOOLS] [TOOL_CALLS] [TOOL_RESULTS] [/TOOL_RESULTS] [TOOL_CONTENT] [IMG] <tool_call>
    </tool_call> <tool_response> </tool_response> <think> </think> <|tool_call|>
    <|tool_response|> <|fim_prefix|> <|fim_middle|> <|fim_suffix|> <|fim_pad|> <|repo_name|>
    <|file_sep|> <|vision_start|> <|vision_end|> <|image_pad|> <|video_pad|> <|vision_pad|>
    <|START_OF_TURN_TOKEN|> <|END_OF_TURN_TOKEN|> <|USER_TOKEN|> <|CHATBOT_TOKEN|>
    <|SYSTEM_TOKEN|> <BOS_TOKEN> <EOS_TOKEN> <|start_of_role|> <|end_of_role|> [gMASK] <sop>
    <｜User｜> <｜Assistant｜> <｜begin▁of▁sentence｜> <｜end▁of▁sentence｜> <start_of_image>
    <end_of_image> <image_soft_token> <image>
"""

WELL_KNOWN = frozenset(_SPELLINGS.split())
"""Control tokens of common chat models (ChatML, Llama, Gemma, Mistral, Phi, Command, DeepSeek ...).

For a server whose vocabulary cannot be seen, and for files that mark them as plain tokens.
"""


def looks_like_markup(spelling: str) -> bool:
    """Whether a token that a vocabulary lists apart reads like `<tag>` or `[TAG]`."""
    return _MARKUP.match(spelling) is not None


def strip(text: str, control: Iterable[str] = WELL_KNOWN) -> str:
    """`text` with a space for each of these spellings; none holds one, so none can form anew."""
    return matcher(control).sub(" ", text)


def matcher(spellings: Iterable[str]) -> re.Pattern[str]:
    """Finds any of these spellings, the longest first; finds nothing where there are none."""
    by_length = sorted(spellings, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, by_length)) or "(?!)")
