"""The left of a print dialog's foot: what will be printed, how far the work is, what came of it, and where it lies."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from patrol_desk.common.message import Message
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import ElidedLabel
from patrol_desk.ui.widgets.progress import ProgressPanel


class PrintFoot(QWidget):
    """Words, or while something runs its progress.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    name
        Of the dialog: `print` names its parts ``print_result``, ``print_stop`` and ``print_folder_button``.
    """

    busy_changed = Signal(bool)

    def __init__(self, theme: Theme, name: str = "print") -> None:
        super().__init__()
        self._busy = False
        self._saved: Path | None = None
        self._result: Callable[[], str] = str
        self._idle = ""
        self._words = ElidedLabel("secondary")
        self._words.setObjectName(f"{name}_result")
        self.folder_button = Button(theme, "folder-open", "link")
        self.folder_button.setObjectName(f"{name}_folder_button")
        self.folder_button.clicked.connect(self._show_folder)
        self.progress = ProgressPanel(theme)
        self.progress.button.setObjectName(f"{name}_stop")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self.folder_button)
        row.addWidget(self.progress, 1)
        self.setMinimumWidth(theme.px(380))
        self._show()

    @property
    def busy(self) -> bool:
        """Whether something runs."""
        return self._busy

    def begin(self, what: Message) -> None:
        """Show that something runs."""
        self.progress.begin(what)
        self._turn(busy=True)
        # What had the focus is locked or hidden now; without one no key would reach the dialog.
        self.progress.button.setFocus()

    def end(self, result: Callable[[], str], saved: Path | None = None) -> None:
        """Show what came of it.

        Parameters
        ----------
        result
            Says it in the language of the moment.
        saved
            The file or folder that was written.
        """
        self._result, self._saved = result, saved
        self._turn(busy=False)

    def idle(self, words: str) -> None:
        """Show what will be printed, until something comes of it."""
        self._idle = words
        self._show()

    def forget(self) -> None:
        """No longer show what came of the last work: something else is chosen."""
        self._result, self._saved = str, None
        self._show()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.folder_button.setText(tr("打开所在文件夹"))
        self._show()

    def _turn(self, *, busy: bool) -> None:
        self._busy = busy
        self._show()
        self.busy_changed.emit(busy)

    def _show(self) -> None:
        self._words.setText(self._result() or self._idle)
        self._words.setVisible(not self._busy)
        self.progress.setVisible(self._busy)
        self.folder_button.setVisible(self._saved is not None and not self._busy)

    def _show_folder(self) -> None:
        if self._saved is not None:
            folder = self._saved if self._saved.is_dir() else self._saved.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
