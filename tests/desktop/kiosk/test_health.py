"""The kiosk's numbers, and that they are for this computer alone."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.kiosk.health import HealthPage, is_loopback_host
from desktop.kiosk.metrics import KioskMetrics, QuestionEnd, percentile
from perception.types import UserError


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
