"""What several parts do with a layout."""

from PySide6.QtWidgets import QVBoxLayout


def clear(layout: QVBoxLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        widget = layout.takeAt(0).widget()
        widget.hide()
        widget.deleteLater()
