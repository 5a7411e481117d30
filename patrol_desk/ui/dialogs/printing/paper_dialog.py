"""What the dialogs that print have in common: a run that can be stopped, and the keys of saving and printing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from typing_extensions import override

from patrol_desk.ui.dialogs.printing.foot import PrintFoot
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog


class PaperDialog(Dialog):
    """A dialog that stays open while it prints or saves; see `PrintDialog` and `TownshipDialog`.

    Whoever derives from it makes the foot with the progress and the two buttons before the dialog itself.
    """

    work: PrintFoot
    save_button: Button
    print_button: Button

    @override
    def accept(self) -> None:
        """The primary button saves; the dialog stays open for more."""

    @override
    def reject(self) -> None:
        """Stop what runs; close when nothing does."""
        if self.work.busy:
            self.work.progress.stop()
        else:
            super().reject()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = QKeySequence(event.keyCombination())
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif pressed in {QKeySequence("Ctrl+S"), QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")}:
            self.save_button.click()
        elif pressed == QKeySequence("Ctrl+P"):
            self.print_button.click()
        event.accept()
