"""What a painted widget is for a screen reader: Qt knows the role of its own classes only."""

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QApplication, QWidget

Role = QAccessible.Role
ATTRIBUTE: Final = "heard_as"
"""A widget that is painted as a whole, or its class, says here which `Role` it has."""
_TOLD: Final = "rolesTold"


def tell_roles(app: QApplication) -> None:
    """Let screen readers hear the roles of painted widgets; once a process, however many windows it opens."""
    if not app.property(_TOLD):
        app.setProperty(_TOLD, True)
        QAccessible.installFactory(_interface)


def _interface(_name: str, found: QObject) -> QAccessibleInterface | None:
    role = getattr(found, ATTRIBUTE, None)
    return QAccessibleWidget(found, role) if isinstance(found, QWidget) and isinstance(role, Role) else None
