"""Make the guides' pictures small: ``python packaging/pictures.py SHOTS`` writes `docs/pictures`.

`SHOTS` is a folder that ``patrol-desk shots --quick`` has filled. Each picture is scaled down and gets a palette of
its most frequent colours; one that stays too big is refused.
"""

import sys
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SCENES = {
    "today": "today",
    "roster-gap": "roster",
    "planning-done": "planning",
    "people-times": "people",
    "places-place": "places",
    "finder": "find",
}
"""Scene → name of the picture in the guides."""
WIDTH = 1200
MOST_BYTES = 120 * 1024
COLOURS = 256
FEWER = (256, 128, 64)
"""Sizes of palette, tried until the file is small enough."""


def palette(image: QImage, colours: int) -> list[int]:
    """Return an image's most frequent colours, as Qt writes them.

    Parameters
    ----------
    image
        In 32 bits a pixel.
    colours
        How many; colours that differ only in the last three bits of a channel count as one.
    """
    pixels = np.frombuffer(image.constBits(), dtype=np.uint32).reshape(image.height(), -1)[:, : image.width()]
    flat = np.ascontiguousarray(pixels).ravel() | np.uint32(0xFF000000)
    exact, count = np.unique(flat, return_counts=True)
    order = np.argsort(-count, kind="stable")
    chosen: dict[int, int] = {}
    for colour in exact[order].tolist():
        chosen.setdefault(colour & 0xFFF8F8F8, colour)
        if len(chosen) == colours:
            break
    return list(chosen.values())


def shrink(source: Path) -> bytes:
    """Return a picture as a small PNG.

    Raises
    ------
    SystemExit
        The file is no picture, or it stays bigger than `MOST_BYTES`.
    """
    whole = QImage(str(source))
    if whole.isNull():
        sys.exit(f"{source} is no picture")
    scaled = whole.scaledToWidth(min(WIDTH, whole.width()), Qt.TransformationMode.SmoothTransformation)
    image = scaled.convertToFormat(QImage.Format.Format_RGB32)
    for colours in FEWER:
        few = image.convertToFormat(
            QImage.Format.Format_Indexed8, palette(image, colours), Qt.ImageConversionFlag.ThresholdDither
        )
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        # Quality 0 is the strongest compression of a PNG; nothing is lost by it.
        few.save(buffer, "PNG", 0)  # type: ignore[call-overload]  # PySide6's stub wants bytes, its code a text
        data = bytes(buffer.data().data())
        if len(data) <= MOST_BYTES:
            return data
    sys.exit(f"{source.name} stays over {MOST_BYTES // 1024} KB")


def main(shots: Path) -> None:
    """Write the pictures of all scenes.

    Parameters
    ----------
    shots
        Folder with one PNG per scene.
    """
    for scene, name in SCENES.items():
        data = shrink(shots / f"{scene}.png")
        (TARGET / f"{name}.png").write_bytes(data)
        sys.stdout.write(f"{name}.png {len(data) / 1024:.0f} KB\n")


if __name__ == "__main__":
    if len(sys.argv) != len(("script", "folder")):
        sys.exit("usage: python packaging/pictures.py SHOTS")
    main(Path(sys.argv[1]))
