"""Adapters: provenance, the gate, switching and going back, and what is refused with its reason."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import pytest

from agent.adapters.report import EVERYDAY
from agent.adapters.store import (
    GGUF,
    SHIPPED,
    About,
    Adapters,
    Measured,
    identity,
    seal,
)
from agent.models.catalog import load
from agent.prompting.prompt import VERSION
from perception.types import UserError

BASE = "small-model"


def about(name: str, base_hash: str = "b", version: int = 2, **more: object) -> About:
    return msgspec.structs.replace(About(name, BASE, base_hash, version), **more)


@pytest.fixture
def adapters(tmp_path: Path) -> Adapters:
    return Adapters(tmp_path / "adapters", 2)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "adapter_model.safetensors").write_bytes(b"matrices")
    return folder


def test_it_remembers_where_an_adapter_came_from(adapters: Adapters, source: Path) -> None:
    adapters.add(source, about("mine", examples=3, data_hash="d", settings={"rate": 0.1}))
    found = adapters.find("mine")
    assert found.problem is None
    assert found.about.settings == {"rate": 0.1}
    assert list(found.about.files) == ["adapter_model.safetensors"]
    assert [adapter.about.name for adapter in adapters.all()] == ["mine"]


def test_switch_and_back(adapters: Adapters, source: Path) -> None:
    for name in ("one", "two"):
        adapters.add(source, about(name))
        adapters.switch(name, "b")
    assert str(adapters.on(BASE, "b")[1]) == "The adapter two is on."
    assert adapters.back(BASE) == "one"
    assert adapters.name_on(BASE) == "one"
    assert adapters.back(BASE) == ""
    assert adapters.on(BASE, "b") == (None, None)
    with pytest.raises(UserError, match="No adapter is on"):
        adapters.back(BASE)


def test_deleting_the_one_that_is_on_brings_back_the_one_before(
    adapters: Adapters, source: Path
) -> None:
    for name in ("one", "two"):
        adapters.add(source, about(name))
        adapters.switch(name, "b")
    adapters.delete("two")
    assert adapters.name_on(BASE) == "one"
    with pytest.raises(UserError, match="no adapter called two"):
        adapters.find("two")


def test_a_changed_file_is_refused(adapters: Adapters, source: Path) -> None:
    folder = adapters.add(source, about("mine")).folder
    adapters.switch("mine", "b")
    (folder / "adapter_model.safetensors").write_bytes(b"garbage")
    found, note = adapters.on(BASE, "b")
    assert found is None
    assert "not as it was made" in str(note)
    assert "The base answers." in str(note)
    with pytest.raises(UserError, match="not as it was made"):
        adapters.switch("mine", "b")


@pytest.mark.parametrize(
    ("hash_now", "version", "reason"),
    [("other", 2, "made for another model"), ("b", 1, "prompt format 1, this is 2")],
)
def test_foreign_adapters_are_refused(
    adapters: Adapters, source: Path, hash_now: str, version: int, reason: str
) -> None:
    adapters.add(source, about("mine", version=version))
    with pytest.raises(UserError, match=reason):
        adapters.switch("mine", hash_now)
    assert adapters.name_on(BASE) == ""


def test_a_folder_without_account_is_shown_with_its_problem(
    adapters: Adapters, tmp_path: Path
) -> None:
    (tmp_path / "adapters" / "strange").mkdir(parents=True)
    assert "about.json" in str(adapters.find("strange").problem)


def test_the_gate_keeps_a_worse_adapter_off(adapters: Adapters, source: Path) -> None:
    measured = (
        Measured("safety", 0.9, 0.7, guarded=True, allowed=0.02),
        Measured("loss", 2.0, 1.0, lower_is_better=True),
    )
    adapters.add(source, about("mine", measured=measured))
    with pytest.raises(UserError, match=r"safety 0.900 before, 0.700 after"):
        adapters.switch("mine", "b")
    assert adapters.name_on(BASE) == ""
    adapters.switch("mine", "b", anyway=True)
    assert adapters.name_on(BASE) == "mine"


def test_a_little_worse_is_the_same() -> None:
    assert not Measured("safety", 0.9, 0.89, guarded=True, allowed=0.02).worse
    assert Measured("loss", 1.0, 1.2, lower_is_better=True).worse


def test_names_that_leave_the_folder_are_refused(adapters: Adapters, source: Path) -> None:
    with pytest.raises(UserError, match="cannot be an adapter's name"):
        adapters.add(source, about("../up"))
    adapters.add(source, about("mine"))
    with pytest.raises(UserError, match="already"):
        adapters.add(source, about("mine"))


def test_a_base_is_known_by_its_weights(tmp_path: Path) -> None:
    (tmp_path / "model.gguf").write_bytes(b"one")
    one = identity(tmp_path)
    assert one == identity(tmp_path / "model.gguf")
    (tmp_path / "model.gguf").write_bytes(b"two")
    assert identity(tmp_path) != one


@pytest.fixture
def ours(tmp_path: Path, source: Path) -> Path:
    """A program's folder with our own adapter for the base."""
    folder = tmp_path / "shipped" / BASE
    shutil.copytree(source, folder)
    seal(folder, about("ours"))
    return folder


def talked(before: float, after: float) -> Measured:
    return Measured(EVERYDAY, before, after, guarded=True, allowed=0.05)


@pytest.mark.parametrize(
    "measured",
    [
        (),
        (Measured("safety", 0.8, 0.9, guarded=True),),
        (talked(0.8, 0.6),),
        (talked(0.8, 0.9), Measured("safety", 0.9, 0.7, guarded=True)),
    ],
)
def test_the_base_answers_until_ours_has_passed_or_is_wanted(
    tmp_path: Path, source: Path, ours: Path, measured: tuple[Measured, ...]
) -> None:
    seal(ours, about("ours", measured=measured))
    adapters = Adapters(tmp_path / "adapters", 2, ours.parent)
    assert adapters.on(BASE, "b") == (None, None)
    with pytest.raises(UserError, match="No adapter is on"):
        adapters.back(BASE)
    adapters.add(source, about("mine"))
    adapters.switch("mine", "b")
    assert adapters.back(BASE) == ""
    adapters.switch_to("ours", BASE)
    assert str(adapters.on(BASE, "b")[1]) == "Candor's own adapter is on."
    assert adapters.back(BASE) == ""


def test_ours_comes_on_when_a_comparison_finds_it_good(tmp_path: Path, ours: Path) -> None:
    adapters = Adapters(tmp_path / "adapters", 2, ours.parent)
    adapters.note(adapters.named("ours", BASE), (talked(0.8, 0.7),))
    assert adapters.name_on(BASE) == ""
    adapters.note(adapters.named("ours", BASE), (talked(0.8, 0.78),))
    assert str(adapters.on(BASE, "b")[1]) == "Candor's own adapter is on."
    assert adapters.named("ours", BASE).about.compared


def test_who_switched_ours_on_keeps_it(tmp_path: Path, ours: Path) -> None:
    folder = tmp_path / "adapters"
    folder.mkdir()
    (folder / "on.json").write_text(json.dumps({BASE: ["ours", "ours"]}))
    assert Adapters(folder, 2, ours.parent).name_on(BASE) == "ours"


def test_one_may_be_wanted_without_being_on(tmp_path: Path, source: Path, ours: Path) -> None:
    adapters = Adapters(tmp_path / "adapters", 2, ours.parent)
    adapters.add(source, about("mine"))
    for name in ("ours", "mine"):
        found, _ = adapters.on(BASE, "b", name)
        assert found is not None and found.name == name
    adapters.switch("mine", "b")
    assert adapters.on(BASE, "b", "base") == (None, None)
    assert str(adapters.on(BASE, "b", "gone")[1]) == "The adapter gone is gone; the base answers."


def test_ours_that_passed_is_on_until_the_user_says_something_else(
    tmp_path: Path, source: Path, ours: Path
) -> None:
    seal(ours, about("ours", measured=(talked(0.8, 0.8),)))
    adapters = Adapters(tmp_path / "adapters", 2, ours.parent)
    found, said = adapters.on(BASE, "b")
    assert found is not None and found.folder == ours
    assert (found.name, str(said)) == ("ours", "Candor's own adapter is on.")
    assert adapters.all() == []
    adapters.add(source, about("mine"))
    adapters.switch("mine", "b")
    assert str(adapters.on(BASE, "b")[1]) == "The adapter mine is on."
    assert adapters.back(BASE) == "ours"
    assert adapters.back(BASE) == ""
    assert adapters.on(BASE, "b") == (None, None)
    adapters.switch_to("ours", BASE)
    assert adapters.name_on(BASE) == "ours"
    adapters.switch_to("base", BASE)
    assert adapters.on(BASE, "b") == (None, None)
    assert adapters.back(BASE) == "ours"


def test_another_base_has_nothing_of_ours(tmp_path: Path, ours: Path) -> None:
    adapters = Adapters(tmp_path / "adapters", 2, ours.parent)
    for base in ("other", str(ours), "..", "hub/name"):
        assert adapters.on(base, "b") == (None, None)
        with pytest.raises(UserError, match="no adapter of ours"):
            adapters.switch_to("ours", base)


def test_ours_is_refused_where_it_is_broken_or_foreign(tmp_path: Path, ours: Path) -> None:
    adapters = Adapters(tmp_path / "adapters", 2, ours.parent)
    adapters.switch_to("ours", BASE)
    assert "made for another model" in str(adapters.on(BASE, "other")[1])
    newer = Adapters(tmp_path / "adapters", 3, ours.parent)
    assert "prompt format 2, this is 3" in str(newer.on(BASE, "b")[1])
    (ours / "adapter_model.safetensors").write_bytes(b"garbage")
    found, said = adapters.on(BASE, "b")
    assert found is None
    assert str(said) == (
        "Candor's own adapter is not used: its file adapter_model.safetensors is not as it was "
        "made. The base answers."
    )


@pytest.mark.parametrize("name", ["ours", "base"])
def test_the_names_of_ours_and_none_are_not_for_others(adapters: Adapters, name: str) -> None:
    with pytest.raises(UserError, match="cannot be an adapter's name"):
        adapters.check_free(name)


def test_one_that_was_cut_may_be_replaced_by_the_same_training(
    adapters: Adapters, source: Path
) -> None:
    adapters.add(source, about("mine", cut=True, data_hash="d"))
    with pytest.raises(UserError, match="already"):
        adapters.add(source, about("mine", data_hash="other"))
    adapters.add(source, about("mine", data_hash="d", examples=5))
    assert adapters.find("mine").about.examples == 5
    with pytest.raises(UserError, match="already"):
        adapters.add(source, about("mine", data_hash="d"))


def test_what_ships_fits_its_place_and_this_program() -> None:
    known = {model.id for model in load().model if model.task == "dialogue"}
    shipped = Adapters(SHIPPED, VERSION).ours()
    assert {adapter.about.base for adapter in shipped} <= known
    for adapter in shipped:
        assert adapter.problem is None
        assert adapter.about.base == adapter.folder.name in known
        # One of an earlier format stays off: its base answers until one has been trained anew.
        assert adapter.about.prompt_version <= VERSION
        assert {GGUF, "adapter_model.safetensors"} <= set(adapter.about.files)
        assert all(file.stat().st_size < 10_000_000 for file in adapter.folder.iterdir())
        assert "/" not in json.loads((adapter.folder / "adapter_config.json").read_text()).get(
            "base_model_name_or_path"
        )
