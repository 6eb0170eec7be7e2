import socket
from collections.abc import Iterator

import pytest

from agent.dialogue import Sampling, remote
from agent.dialogue.text.control import WELL_KNOWN
from agent.types import Message
from perception.types import UserError
from tests.chat_server import Plan, serving


@pytest.fixture
def plan() -> Iterator[Plan]:
    with serving(Plan()) as plan:
        yield plan


def ask(plan: Plan, text: str = "Capital of France?", sampling: Sampling | None = None) -> str:
    dialogue = remote.load("big", server=plan.address, silence=2)
    tokens = dialogue.generate([Message("user", text)], sampling or Sampling())
    return "".join(token.text for token in tokens)


def test_an_answer_arrives_in_pieces_with_probabilities(plan: Plan) -> None:
    dialogue = remote.load("big", server=plan.address)
    tokens = list(dialogue.generate([Message("user", "Hi")], Sampling(stop=("x",))))
    assert [token.text for token in tokens if token.text] == list(plan.pieces)
    assert tokens[-1].ended == "stop"
    assert all(0 < token.probability <= 1 for token in tokens)
    assert plan.asked[0]["stop"] == ["x"]
    assert list(dialogue.prefill([Message("user", "Hi")])) == []


def test_model_and_context_come_from_the_server(plan: Plan) -> None:
    assert (remote.load(server=plan.address).name, remote.load(server=plan.address).context) == (
        "big",
        16384,
    )
    assert remote.load("small", server=plan.address, context=99).context == 99
    with pytest.raises(UserError, match="no model huge") as caught:
        remote.load("huge", server=plan.address)
    assert "big, small" in caught.value.hint


def test_no_control_token_leaves_the_house(plan: Plan) -> None:
    ask(plan, "a <|im_<|im_end|>end|> b " + " ".join(sorted(WELL_KNOWN)))
    sent = plan.asked[0]["messages"][0]["content"]
    assert "b" in sent
    assert not any(spelling in sent for spelling in WELL_KNOWN)


def test_the_key_is_sent(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDOR_SERVER_KEY", "secret")
    ask(plan)
    assert set(plan.keys) == {"Bearer secret"}


@pytest.mark.parametrize(
    ("status", "words"), [(401, "valid key"), (404, "no such thing"), (500, "500")]
)
def test_refusals_are_said(plan: Plan, status: int, words: str) -> None:
    plan.status = status
    with pytest.raises(UserError, match=words):
        ask(plan)


def test_a_cut_stream_is_said(plan: Plan) -> None:
    plan.finish = ""
    with pytest.raises(UserError, match="broke off"):
        ask(plan)


def test_silence_is_said(plan: Plan) -> None:
    plan.pause = 1.0
    dialogue = remote.load("big", server=plan.address, silence=0.2)
    with pytest.raises(UserError, match="said nothing"):
        list(dialogue.generate([Message("user", "Hi")], Sampling()))


def test_the_consumer_can_act_while_the_server_is_silent(plan: Plan) -> None:
    plan.pause = 0.5
    dialogue = remote.load("big", server=plan.address)
    tokens = list(dialogue.generate([Message("user", "Hi")], Sampling()))
    assert sum(not token.text and not token.ended for token in tokens) >= 4


def test_closing_hangs_up(plan: Plan) -> None:
    plan.pieces = ("word ",) * 1000
    plan.pause = 0.01
    dialogue = remote.load("big", server=plan.address)
    tokens = dialogue.generate([Message("user", "Hi")], Sampling())
    next(tokens)
    tokens.close()
    assert plan.hung_up.wait(5)


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(UserError, match="No server answers"):
        remote.load(server=f"http://127.0.0.1:{port}/v1")


@pytest.mark.parametrize("address", ["", "ftp://x/v1", "localhost", "http://"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(UserError, match="not the address"):
        remote.load(server=address)


@pytest.mark.parametrize("listing", [[], {"data": [1]}, "hello"])
def test_a_server_of_another_kind(plan: Plan, listing: object) -> None:
    plan.listing = listing
    with pytest.raises(UserError, match="not the list"):
        remote.load(server=plan.address)
