"""The kiosk's numbers, and that they are for this computer alone."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.events import Reply
from agent.types import Ended
from desktop.kiosk.counting import count_reply
from desktop.kiosk.health import HealthPage, is_loopback_host
from desktop.kiosk.metrics import KioskMetrics, QuestionEnd, percentile
from perception.types import UserError
from safety.types import Explanation


@pytest.fixture
def metrics(tmp_path: Path) -> KioskMetrics:
    made = KioskMetrics(tmp_path, restarts=3)
    made.set_model('small "1"', "ab12")
    made.count_session(20.0, ("en", "zh", "en"))
    made.count_session(700.0, ("zh",))
    for tenths in range(1, 21):
        made.count_question(QuestionEnd.ANSWERED, tenths / 10)
    made.count_question(QuestionEnd.WITHHELD)
    return made


@pytest.fixture
def page(metrics: KioskMetrics) -> Iterator[HealthPage]:
    served = HealthPage(metrics, 0)
    yield served
    served.close()


def asked(page: HealthPage, path: str, host: str | None = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", page.port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": host} if host is not None else {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_the_numbers_are_those_that_were_counted(page: HealthPage) -> None:
    status, text = asked(page, "/metrics")
    lines = text.splitlines()
    assert status == 200
    for line in (
        "candor_kiosk_restarts_total 3",
        'candor_kiosk_session_seconds_bucket{le="15"} 0',
        'candor_kiosk_session_seconds_bucket{le="30"} 1',
        'candor_kiosk_session_seconds_bucket{le="+Inf"} 2',
        "candor_kiosk_session_seconds_sum 720",
        'candor_kiosk_sessions_by_language_total{language="en"} 1',
        'candor_kiosk_sessions_by_language_total{language="zh"} 2',
        'candor_kiosk_questions_total{end="answered"} 20',
        'candor_kiosk_questions_total{end="withheld"} 1',
        'candor_kiosk_questions_total{end="abstained"} 0',
        'candor_kiosk_answer_latency_seconds{quantile="0.5"} 1',
        'candor_kiosk_answer_latency_seconds{quantile="0.95"} 1.9',
        'candor_kiosk_model_info{model="small \\"1\\"",sha256="ab12"} 1',
    ):
        assert line in lines


@pytest.mark.parametrize(
    ("ended", "timings", "counted"),
    [
        (Ended.DONE, {"first_token": 5.0, "first_sentence": 250.0}, "answered"),
        (Ended.DONE, {"abstained": 1.0, "first_sentence": 2.0}, "abstained"),
        (Ended.BLOCKED, {}, "withheld"),
        (Ended.FAILED, {}, "failed"),
        (Ended.INTERRUPTED, {"first_sentence": 250.0}, "answered"),
        (Ended.INTERRUPTED, {}, ""),
    ],
)
def test_a_turn_counts_by_its_end_and_nothing_of_its_words(
    tmp_path: Path, ended: Ended, timings: dict[str, float], counted: str
) -> None:
    metrics = KioskMetrics(tmp_path)
    count_reply(metrics, Reply("turn", "secret words", ended, Explanation.of_notes(), timings))
    page = metrics.page()
    ones = [
        line for line in page.splitlines() if "questions_total{" in line and line.endswith(" 1")
    ]
    assert ones == ([f'candor_kiosk_questions_total{{end="{counted}"}} 1'] if counted else [])
    assert "secret" not in page
    assert ('quantile="0.5"} 0.25' in page) == (timings.get("first_sentence") == 250)


def test_the_state_in_a_few_words(page: HealthPage) -> None:
    status, text = asked(page, "/health")
    state = json.loads(text)
    assert status == 200 and state["status"] == "ok" and state["sessions"] == 2
    assert state["disk_free_bytes"] > 0 and state["model_sha256"] == "ab12"
    assert asked(page, "/other")[0] == 404


@pytest.mark.parametrize("host", ["example.org", "10.0.0.1:80", "localhost.example.org", ""])
def test_a_page_of_elsewhere_gets_nothing(page: HealthPage, host: str) -> None:
    status, text = asked(page, "/metrics", host)
    assert status == 403 and "candor_kiosk" not in text


def test_hosts_of_this_computer() -> None:
    assert all(map(is_loopback_host, ("localhost", "LOCALHOST:80", "127.0.0.1:9", "[::1]:9")))


def test_a_taken_port_is_told(page: HealthPage, metrics: KioskMetrics) -> None:
    with pytest.raises(UserError) as told:
        HealthPage(metrics, page.port)
    assert str(page.port) in told.value.message


def test_percentiles_of_few_values() -> None:
    assert percentile([3.0], 0.5) == percentile([3.0], 0.95) == 3.0
    assert percentile([], 0.5) != percentile([], 0.5)
