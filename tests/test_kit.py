"""What the tests themselves rest on: markers, waiting, comparing words."""

from __future__ import annotations

import pytest

from tests.needs import markers, missing, need_programs
from tests.waiting import until
from tests.wording import denies, share, words


def test_markers_come_from_fixtures(request: pytest.FixtureRequest) -> None:
    assert markers(("tmp_path", "room", "models")) == {"sound", "models"}
    assert markers(("tmp_path",)) == set()
    for item in request.session.items:
        wanted = markers(getattr(item, "fixturenames", ()))
        assert wanted <= {mark.name for mark in item.iter_markers()}, item.nodeid


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
