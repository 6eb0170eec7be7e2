"""Whatever a text spells, the template alone writes control tokens."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agent.dialogue.text.control import WELL_KNOWN, strip
from agent.dialogue.text.template import Control, Plain
from agent.types import Message
from tests.agent.dialogue.test_template import TOKENS, chatml, written
from tests.properties import PROPERTY

_PIECES = (*sorted(TOKENS), "<|im_", "start|>", "<|", "|>", "<", ">", "\ue0000\ue001", "\ue000")
_TEXTS = st.lists(st.sampled_from(_PIECES) | st.text(max_size=4), max_size=8).map("".join)
_MESSAGES = st.lists(
    st.builds(Message, st.sampled_from(("system", "user", "assistant")), _TEXTS),
    min_size=1,
    max_size=4,
)
_SPELLED = st.lists(
    st.sampled_from(sorted(WELL_KNOWN)).flatmap(
        lambda token: st.integers(0, len(token)).map(lambda cut: token[:cut])
    )
    | st.sampled_from(sorted(WELL_KNOWN))
    | st.text(max_size=3),
    max_size=10,
).map("".join)


@PROPERTY
@given(messages=_MESSAGES, answer=st.booleans())
def test_only_the_template_writes_control_tokens(messages: list[Message], answer: bool) -> None:
    runs = chatml().runs(messages, answer)
    expected = "".join(f"<|im_start|>{m.role}\n{m.text}<|im_end|>\n" for m in messages)
    assert written(runs) == expected + ("<|im_start|>assistant\n" if answer else "")
    controls = [run.spelling for run in runs if isinstance(run, Control)]
    opened = ["<|im_start|>"] if answer else []
    assert controls == ["<|im_start|>", "<|im_end|>"] * len(messages) + opened
    parts = [part for run in runs if isinstance(run, Plain) for part in run.parts]
    assert not [part for part in parts if any(token in part for token in TOKENS)]


@PROPERTY
@given(text=_SPELLED)
def test_nothing_is_left_that_forms_a_token(text: str) -> None:
    stripped = strip(text)
    assert not [token for token in WELL_KNOWN if token in stripped]
