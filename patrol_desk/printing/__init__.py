"""Printed sheets: a pure page layout, one Qt renderer, PDF and PNG."""

from patrol_desk.printing.batch import PrintResult, print_sheets, print_squad_weeks, render_png
from patrol_desk.printing.fonts import unprintable
from patrol_desk.printing.kinds import Look

__all__ = ["Look", "PrintResult", "print_sheets", "print_squad_weeks", "render_png", "unprintable"]
