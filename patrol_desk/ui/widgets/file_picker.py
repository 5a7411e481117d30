"""Asking for files and folders without stopping the window."""

import asyncio
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid


class Picker(Protocol):
    """Asks the user for paths; None or nothing when they changed their mind."""

    async def file(self, host: QWidget, title: str, folder: Path, pattern: str) -> Path | None:
        """Return one file that exists."""
        ...

    async def files(self, host: QWidget, title: str, folder: Path, pattern: str) -> list[Path]:
        """Return files that exist."""
        ...

    async def folder(self, host: QWidget, title: str, folder: Path) -> Path | None:
        """Return a folder."""
        ...

    async def save(self, host: QWidget, title: str, suggestion: Path, pattern: str) -> Path | None:
        """Return where a file is to be written."""
        ...


class FilePicker:
    """The dialogs of the system, or Qt's own.

    Parameters
    ----------
    native
        The system's; Qt's own are drawn in the window's look and take a test's keys.
    """

    def __init__(self, *, native: bool = True) -> None:
        self._native = native

    async def file(self, host: QWidget, title: str, folder: Path, pattern: str) -> Path | None:
        """Return one file that exists."""
        dialog = self._dialog(host, title, folder, pattern)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        found = await _answer(dialog)
        return found[0] if found else None

    async def files(self, host: QWidget, title: str, folder: Path, pattern: str) -> list[Path]:
        """Return files that exist."""
        dialog = self._dialog(host, title, folder, pattern)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        return await _answer(dialog)

    async def folder(self, host: QWidget, title: str, folder: Path) -> Path | None:
        """Return a folder."""
        dialog = self._dialog(host, title, folder, "")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        found = await _answer(dialog)
        return found[0] if found else None

    async def save(self, host: QWidget, title: str, suggestion: Path, pattern: str) -> Path | None:
        """Return where a file is to be written."""
        dialog = self._dialog(host, title, suggestion.parent, pattern)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.selectFile(suggestion.name)
        dialog.setDefaultSuffix(suggestion.suffix.lstrip("."))
        found = await _answer(dialog)
        return found[0] if found else None

    def _dialog(self, host: QWidget, title: str, folder: Path, pattern: str) -> QFileDialog:
        # The nearest folder that exists: a dialog opened anywhere else starts at a place of its own.
        place = next((near for near in (folder, *folder.parents) if near.is_dir()), Path.home())
        dialog = QFileDialog(host, title, str(place), pattern)
        dialog.setObjectName("filePicker")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, not self._native)
        return dialog


async def _answer(dialog: QFileDialog) -> list[Path]:
    """Open a dialog, wait for its end and return what was chosen."""
    chosen: asyncio.Future[list[Path]] = asyncio.get_running_loop().create_future()

    def settle(result: int) -> None:
        if not chosen.done():
            chosen.set_result([Path(name) for name in dialog.selectedFiles()] if result else [])

    dialog.finished.connect(settle)
    dialog.open()
    try:
        return await chosen
    finally:
        if isValid(dialog):
            dialog.close()
            dialog.deleteLater()
