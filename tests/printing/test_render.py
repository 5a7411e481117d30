"""The renderer: picture and PDF show the same, and the picture shows what the layout says."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from patrol_desk.common.errors import PatrolError
from patrol_desk.printing import Look, print_sheets, print_squad_weeks, render_png
from patrol_desk.printing.fonts import PrintFont, print_font
from patrol_desk.printing.kinds import Laying
from patrol_desk.printing.layout.tree import Area, Hatch, Matrix
from patrol_desk.printing.render_qt import QtFont, ensure_gui_application, hatch_lines, page_image
from patrol_desk.printing.sheets.squad_week import SquadWeekLayout
from tests.printing import specimens
from tests.printing.specimens_of_kinds import ORDINARY

DPI = 144
BLOCK = 8


def grey_of_image(image: QImage) -> NDArray[np.float64]:
    """Return the picture's brightness, rows by columns, 0 to 255."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return rows[:, : grey.width()].astype(np.float64)


def grey_of_pdf(file: Path, page: int) -> NDArray[np.float64]:
    """Return the brightness of a page of the PDF as another program paints it."""
    with pypdfium2.PdfDocument(file) as document:
        pixels = document[page].render(scale=DPI / 72, grayscale=True).to_numpy()
    return np.asarray(pixels, np.float64).reshape(pixels.shape[0], pixels.shape[1])


def blurred(pixels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean brightness of blocks of pixels, so that the smoothing of edges does not count."""
    rows, columns = (length // BLOCK for length in pixels.shape)
    cut = pixels[: rows * BLOCK, : columns * BLOCK]
    means: NDArray[np.float64] = cut.reshape(rows, BLOCK, columns, BLOCK).mean(axis=(1, 3))
    return means


@pytest.mark.parametrize("name", [*ORDINARY, "hard"])
def test_picture_and_pdf_show_the_same(tmp_path: Path, name: str) -> None:
    """Painted by another program, the PDF of every kind differs from the picture by the smoothing of edges alone."""
    sheet = specimens.hard() if name == "hard" else ORDINARY[name]()
    file = tmp_path / "sheet.pdf"
    print_sheets([sheet], file)
    page = Laying(sheet.KIND, Look()).pages(sheet)[0]
    picture = blurred(grey_of_image(page_image(page, QtFont(print_font()), DPI)))
    paper = blurred(grey_of_pdf(file, 0))
    height, width = (min(sizes) for sizes in zip(picture.shape, paper.shape, strict=True))
    difference = np.abs(picture[:height, :width] - paper[:height, :width])
    assert difference.mean() < 4.0
    assert np.quantile(difference, 0.99) < 45.0


def test_the_comparison_sees_a_missing_name(tmp_path: Path) -> None:
    """The tolerance is not so wide that another sheet would pass for this one."""
    file = tmp_path / "sheet.pdf"
    print_squad_weeks([specimens.crowd(13)], file)
    page = SquadWeekLayout("zh").pages(specimens.ordinary())[0]
    ensure_gui_application()
    picture = blurred(grey_of_image(page_image(page, QtFont(print_font()), DPI)))
    paper = blurred(grey_of_pdf(file, 0))
    height, width = (min(sizes) for sizes in zip(picture.shape, paper.shape, strict=True))
    assert np.quantile(np.abs(picture[:height, :width] - paper[:height, :width]), 0.99) > 45.0


def test_the_code_is_painted_module_by_module() -> None:
    """Each module of the QR code is dark or light on the picture as the layout says."""
    ensure_gui_application()
    page = SquadWeekLayout("zh").pages(specimens.ordinary())[0]
    pixels = grey_of_image(page_image(page, QtFont(print_font()), 300))
    matrix = next(item for item in page.items if isinstance(item, Matrix))
    side = matrix.area.width / len(matrix.modules)
    for row, modules in enumerate(matrix.modules):
        for column, module in enumerate(modules):
            x, y = matrix.area.x + (column + 0.5) * side, matrix.area.y + (row + 0.5) * side
            assert (pixels[int(y * 300 / 25.4), int(x * 300 / 25.4)] < 128) == (module == "#")


def test_a_page_as_png() -> None:
    """The picture is a PNG of the wanted resolution, white at its edge."""
    image = QImage.fromData(render_png(specimens.crowd(60), page=2, dpi=100))
    assert (image.width(), image.height()) == (1169, 827)
    assert image.pixelColor(2, 2).lightness() == 255
    assert grey_of_image(image).min() < 40


@pytest.mark.parametrize("page", [0, 2])
def test_a_page_that_is_not_there(page: int) -> None:
    """Pages count from one to the last."""
    with pytest.raises(IndexError):
        render_png(specimens.ordinary(), page=page)


def test_hatching_stays_inside_and_meets_its_neighbour() -> None:
    """Lines end at the area's edges, and go on where they ended in the area beside it."""
    left, right = Area(10.0, 20.0, 5.0, 8.0), Area(15.0, 20.0, 5.0, 8.0)
    ends: list[set[float]] = []
    for area in (left, right):
        lines = hatch_lines(Hatch(area, 2.0, 0.1))
        assert lines
        for x1, y1, x2, y2 in lines:
            assert x2 - x1 == pytest.approx(y1 - y2)
            assert area.x <= min(x1, x2) + 1e-9
            assert max(x1, x2) <= area.right + 1e-9
            assert area.y <= min(y1, y2) + 1e-9
            assert max(y1, y2) <= area.bottom + 1e-9
        ends.append({round(y, 6) for x1, y1, x2, y2 in lines for x, y in ((x1, y1), (x2, y2)) if round(x, 6) == 15.0})
    assert ends[0] == ends[1]


def test_a_damaged_font_file_is_named(tmp_path: Path) -> None:
    """A font file that cannot be read is named in a sentence."""
    ensure_gui_application()
    file = tmp_path / "Broken.otf"
    file.write_bytes(b"not a font")
    with pytest.raises(PatrolError) as caught:
        QtFont(PrintFont("No Such Family", (file, file), (), (), ({}, {})))
    assert caught.value.message.params["file"] == "Broken.otf"
    assert BytesIO(file.read_bytes()).read() == b"not a font"
