"""Faces, objects, tags and codes with the real models."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
import zxingcpp

from perception.seeing.eyes import Codes
from perception.seeing.faces import Faces
from perception.seeing.objects import Objects
from perception.seeing.tags import Tags
from perception.types import UserError
from tests.perception.seeing.drawing import (
    clock,
    monitor,
    plain,
    portrait,
    shot,
)

Models = Callable[[str], Path]


def test_two_faces_are_found_where_they_are(models: Models) -> None:
    sheet = plain(640, 480, 130)
    face = cv2.resize(portrait(), (220, 220), interpolation=cv2.INTER_AREA)
    sheet[20:240, 40:260], sheet[200:420, 380:600] = face, face
    found = sorted(Faces(models("centerface"), 2).find(shot(sheet)), key=lambda i: i.box.left)
    assert [item.label for item in found] == ["face", "face"]
    assert [item.box.left + item.box.width / 2 for item in found] == pytest.approx(
        [150 / 640, 490 / 640], abs=0.03
    )


def test_no_face_on_an_empty_sheet_of_any_shape(models: Models) -> None:
    faces = Faces(models("centerface"), 2)
    assert [faces.find(shot(plain(w, h))) for w, h in ((640, 480), (17, 900), (33, 16))] == [()] * 3


def test_objects_have_a_label_and_a_place() -> None:
    (found,) = Objects(2).find(shot(monitor()))
    assert found.label == "computer monitor"
    assert found.box.left < 0.25 and found.box.left + found.box.width > 0.75


def test_the_shipped_detector_is_small_and_has_its_labels_and_notice() -> None:
    folder = Path(__file__).parents[3] / "perception" / "seeing"
    assert (folder / "objects.onnx").stat().st_size < 6_000_000
    assert len((folder / "objects.txt").read_text("utf-8").split("\n")) == 24
    assert "Apache License" in (folder / "objects.notice.txt").read_text("utf-8")


def test_tags_name_what_fills_the_picture_and_are_silent_else(models: Models) -> None:
    tags = Tags(models("efficientnet-lite0"), 2)
    assert next(item.label for item in tags.find(shot(clock()))).endswith("clock")
    assert tags.find(shot(plain())) == ()


def test_the_converted_files_are_made_once(models: Models, tmp_path: Path) -> None:
    original = tmp_path / "efficientnet-lite0"
    original.mkdir()
    (original / "model.pth").symlink_to(models("efficientnet-lite0") / "model.pth")
    Tags(original, 1)
    [made] = (original / "converted").glob("efficientnet-lite0-*.onnx")
    before = made.stat().st_mtime_ns
    Tags(original, 1)
    assert made.stat().st_mtime_ns == before
    assert [file.name for file in made.parent.iterdir()] == [made.name]


@pytest.mark.usefixtures("processes")
def test_a_missing_or_damaged_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="missing"):
        Faces(tmp_path, 1)
    (tmp_path / "model.onnx").write_bytes(b"not a model")
    (tmp_path / "model.pth").write_bytes(b"not a model")
    with pytest.raises(UserError, match="models verify"):
        Faces(tmp_path, 1)
    with pytest.raises(UserError, match="models verify"):
        Tags(tmp_path, 1)


@pytest.mark.parametrize(
    ("kind", "text", "label"),
    [
        ("QRCode", "https://example.org/a?b=1", "QR code: https://example.org/a?b=1"),
        ("EAN13", "4006381333931", "EAN-13 barcode: 4006381333931"),
        ("Code128", "LOT-4711", "Code 128 barcode: LOT-4711"),
    ],
)
def test_codes(kind: str, text: str, label: str) -> None:
    code = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind))
    image = np.asarray(code.to_image(scale=4))
    sheet = plain(image.shape[1] + 300, image.shape[0] + 200, 255)
    sheet[100 : 100 + image.shape[0], 50 : 50 + image.shape[1]] = image[..., None]
    turned = np.rot90(sheet)
    for pixels in (sheet, turned):
        (found,) = Codes().find(shot(pixels))
        assert found.label == label
    assert found.box.top + found.box.height > 0.7


def test_no_code_on_an_empty_sheet() -> None:
    assert Codes().find(shot(plain())) == ()
