"""A block that paints itself as wide as its place and as high as what it shows."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from patrol_desk.ui.theme import Theme


class PaintedBlock(QWidget):
    """Takes the width it gets and its own height, and is measured and painted anew with the theme.

    Parameters
    ----------
    theme
        Gives colours, fonts and the scale.
    name
        By which it is found.
    """

    def __init__(self, theme: Theme, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
