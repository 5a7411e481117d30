"""What the tests of printing share: the dialog opened, a PDF saved and read, pictures compared, printers."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QWidget

from patrol_desk.common.actor import Actor
from patrol_desk.models import Person
from patrol_desk.services.sheets_week import open_sheets
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.ui.dialogs.printing.dialog import PrintDialog, open_print
from patrol_desk.ui.dialogs.printing.outlet import Outlet
from patrol_desk.ui.dialogs.printing.request import PrintRequest
from patrol_desk.ui.widgets.file_picker import FilePicker
from tests.helpers.desk import WEEK, Act, DeskTest

Desk = Callable[[Act], None]
SQUADS = 24
BLOCK = 8
"""Pixels over which brightness is averaged, so that the smoothing of edges does not count."""
MEAN, EDGE = 7.0, 40.0
"""Tolerance at 96 dpi: mean difference of brightness out of 255 (the other program draws thin lines one pixel wide),
and of the worst hundredth of the blocks; another squad's page differs by some 90 there."""


async def opened(test: DeskTest, request: PrintRequest | None = None, outlet: Outlet | None = None) -> PrintDialog:
    """Open the dialog and wait for its first page."""
    test.window.activateWindow()
    await test.until(test.window.isActiveWindow)
    dialog = open_print(test.desk, request, picker=FilePicker(native=False), outlet=outlet)
    await painted(test)
    return dialog


async def painted(test: DeskTest) -> None:
    """Wait until nothing is being read or painted."""
    running = test.window.tasks
    await test.until(lambda: not {"print sheets", "print preview"} & set(running.running), 20)


async def saved(test: DeskTest, path: Path) -> None:
    """Save a PDF through the file dialog and wait until it is written."""
    await begin_saving(test, path)
    await test.until(lambda: "print" not in test.window.tasks.running, 20)
    # Without a window manager nobody gives the focus back when a dialog of the system has gone.
    test.window.activateWindow()
    await test.until(test.window.isActiveWindow)


async def begin_saving(test: DeskTest, path: Path) -> None:
    """Press save and name the file in the file dialog."""
    test.click(test.find(QPushButton, "print_save_button"))
    await test.until(lambda: bool(test.window.findChildren(QFileDialog)))
    asking = test.window.findChildren(QFileDialog)[-1]
    field = asking.findChild(QLineEdit, "fileNameEdit")
    assert field is not None
    field.setText(str(path))
    test.key(Qt.Key.Key_Return, field)


def texts(file: Path) -> list[str]:
    """Return the text of each page."""
    with pypdfium2.PdfDocument(file) as document:
        return [page.get_textpage().get_text_range() for page in document]


def people_of(test: DeskTest, code: str) -> list[str]:
    """Return the names on a squad's sheet, from the file itself."""
    with test.fresh() as station:
        sheets = open_sheets(station, station.system_actor(), WEEK)
        line = next(line for line in sheets.squads if line.code == code)
        return [member.name for member in sheets.reading.members(line.id)]


def grey(image: QImage) -> NDArray[np.float64]:
    """Return a picture's brightness, rows by columns."""
    flat = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(flat.constBits(), np.uint8).reshape(flat.height(), flat.bytesPerLine())
    return rows[:, : flat.width()].astype(np.float64)


def blurred(pixels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean brightness of blocks."""
    rows, columns = (length // BLOCK for length in pixels.shape)
    means: NDArray[np.float64] = (
        pixels[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns, BLOCK).mean(axis=(1, 3))
    )
    return means


def difference(image: QImage, file: Path, page: int) -> NDArray[np.float64]:
    """Return by how much the preview and a page of the PDF differ, as another program paints it."""
    with pypdfium2.PdfDocument(file) as document:
        width, _ = document[page].get_size()
        pixels = document[page].render(scale=image.width() / width, grayscale=True).to_numpy()
    paper = blurred(np.asarray(pixels, np.float64).reshape(pixels.shape[0], pixels.shape[1]))
    shown = blurred(grey(image))
    height, width = (min(sizes) for sizes in zip(shown.shape, paper.shape, strict=True))
    return np.abs(shown[:height, :width] - paper[:height, :width])


class PaperOutlet:
    """A printer that prints into a file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def available(self) -> bool:
        """Say that it is there."""
        return True

    async def printer(self, host: QWidget, title: str) -> QPrinter | None:
        """Return it."""
        del host
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self._file))
        printer.setDocName(title)
        return printer


class NoOutlet:
    """A machine without a printer."""

    def available(self) -> bool:
        """Say that there is none."""
        return False

    async def printer(self, host: QWidget, title: str) -> QPrinter | None:
        """Never asked."""
        raise AssertionError((host, title))


def rename(station: Station, actor: Actor, person_id: str, name: str = "甲乙丙丁") -> Done[None]:
    """Give somebody another name."""
    with station.write(actor, "test.rename") as unit:
        unit.session.get_one(Person, person_id).name = name
        return finish(unit, None)
