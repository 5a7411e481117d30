"""How badly something stands against a duty: the word, the icon and its colour."""

from typing import Final

from patrol_desk.ui.i18n import tr

ICONS: Final = {"block": ("octagon-x", "red"), "warn": ("triangle-alert", "amber"), "note": ("info", "accentText")}
"""Severity → icon and role of its colour."""


def severity_word(severity: str) -> str:
    """Return a severity in words."""
    if severity == "block":
        return tr("阻止")
    return tr("警告") if severity == "warn" else tr("提示")
