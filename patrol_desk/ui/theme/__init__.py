"""Colours, fonts, sizes and icons of the window, by role."""

from patrol_desk.ui.theme.theme import Theme

__all__ = ["Theme"]
