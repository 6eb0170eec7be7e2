"""What the tests themselves rest on: markers, waiting, comparing words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.needs import is_left_out, markers, missing, need_programs
from tests.waiting import until
from tests.wording import denies, share, words


def test_markers_come_from_fixtures(request: pytest.FixtureRequest) -> None:
    here = Path(__file__)
    assert markers(("tmp_path", "room", "models"), here) == {"sound", "models"}
    assert markers(("tmp_path",), here) == set()
    assert markers((), here.parent / "faults" / "test_kills.py") == {"attacks"}
    for item in request.session.items:
        wanted = markers(getattr(item, "fixturenames", ()), item.path)
        assert wanted <= {mark.name for mark in item.iter_markers()}, item.nodeid


def test_what_is_left_out_is_not_imported() -> None:
    here = Path(__file__).parent
    assert is_left_out(here / "faults" / "test_kills.py", "not slow and not attacks")
    assert not is_left_out(here / "faults" / "test_kills.py", "not slow")
    assert is_left_out(here / "agent" / "training" / "test_loop.py", "not torch")
    assert not is_left_out(here / "agent" / "training" / "test_loop.py", "torch")
    assert not is_left_out(Path(__file__), "not slow and not torch and not attacks")


def test_what_is_missing_skips_here_and_fails_on_a_build_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no-such-program"):
        need_programs(("sh", "no-such-program"), "some-package")
    monkeypatch.setenv("CI", "1")
    with pytest.raises(pytest.fail.Exception, match="some-package"):
        need_programs(("sh", "no-such-program"), "some-package")
    with pytest.raises(pytest.fail.Exception, match="no model"):
        missing("no model")


def test_until_waits_as_long_as_it_must() -> None:
    looks = iter((False, False, True))
    assert until(lambda: next(looks), 5)
    assert not until(lambda: False, 0.02)


def test_words_are_compared_without_case_and_punctuation() -> None:
    assert words("It's 14:35, Leeds!") == ["it's", "14", "35", "leeds"]
    assert share("the capital of France", "What is, the Capital of france?") == 1.0
    assert share("no no", "no") == 0.5
    assert share("one two three four", "three, four") == 0.5
    assert denies("I can’t tell.") and not denies("It is brown.")
