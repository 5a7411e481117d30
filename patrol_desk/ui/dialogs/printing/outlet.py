"""Printers of this machine."""

import asyncio
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

RESOLUTION = 600


class Outlet(Protocol):
    """Where pages go on paper."""

    def available(self) -> bool:
        """Say whether there is a printer at all."""
        ...

    async def printer(self, host: QWidget, title: str) -> QPrinter | None:
        """Let the user choose a printer; None when they changed their mind."""
        ...


class SystemOutlet:
    """The printers that the system knows, chosen in the system's own dialog."""

    def available(self) -> bool:
        """Say whether there is a printer at all."""
        return bool(QPrinterInfo.availablePrinterNames())

    async def printer(self, host: QWidget, title: str) -> QPrinter | None:
        """Let the user choose a printer; None when they changed their mind."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(RESOLUTION)
        printer.setDocName(title)
        chosen: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

        def settle(result: int) -> None:
            if not chosen.done():
                chosen.set_result(bool(result))

        dialog = QPrintDialog(printer, host)
        dialog.setWindowTitle(title)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.finished.connect(settle)
        dialog.show()
        try:
            return printer if await chosen else None
        finally:
            if isValid(dialog):
                dialog.close()
                dialog.deleteLater()
