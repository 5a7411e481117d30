"""The print font as data: where its files are, what it covers, how wide its characters are. No Qt, no font library."""

import json
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

REPLACEMENT = "〓"
"""Printed for a character the font lacks: the printers' old mark for a missing sort."""

_EM = 1000


@dataclass(frozen=True)
class PrintFont:
    """Coverage and advance widths of the print font.

    Parameters
    ----------
    family
        Its name, as Qt knows it once the files are loaded.
    files
        The regular and the bold weight's files.
    starts, ends
        Covered code points as sorted inclusive ranges.
    widths
        For regular and bold, by character: advance width in ems. A character that is not here is one em wide.
    """

    family: str
    files: tuple[Path, Path]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    widths: tuple[Mapping[str, float], Mapping[str, float]]

    def covers(self, character: str) -> bool:
        """Say whether the font has the character."""
        point = ord(character)
        place = bisect_right(self.starts, point) - 1
        return place >= 0 and point <= self.ends[place]

    def width(self, text: str, size: float, *, bold: bool) -> float:
        """Return the width of a line of text at a size: the sum of the advances, in the unit of the size."""
        widths = self.widths[bold]
        return size * sum([widths.get(character, 1.0) for character in text])

    def printable(self, text: str) -> str:
        """Return the text as it can be printed.

        A character that the font lacks becomes `REPLACEMENT`, a tab or line break a space; marks without a shape of
        their own (variation selectors, joiners) are left out.
        """
        return "".join([self._printable(character) for character in text])

    def lacks(self, character: str) -> bool:
        """Say whether the character ought to be seen on paper but cannot."""
        return not (self.covers(character) or character.isspace() or _is_shapeless(character))

    def _printable(self, character: str) -> str:
        if self.covers(character):
            return character
        if _is_shapeless(character):
            return ""
        return " " if character.isspace() else REPLACEMENT


def _is_shapeless(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or unicodedata.name(character, "").startswith("VARIATION SELECTOR")


def font_folder() -> Path:
    """Return the folder of the font files: beside the package, or in a frozen program's own folder."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parents[2]
    return root / "resources" / "fonts"


@cache
def print_font() -> PrintFont:
    """Return the print font's figures, read once from ``metrics.json``."""
    folder = font_folder()
    raw = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    regular, bold = (_widths(raw["weights"][style]["widths"]) for style in ("Regular", "Bold"))
    return PrintFont(
        family=raw["family"],
        files=(folder / raw["files"]["Regular"], folder / raw["files"]["Bold"]),
        starts=tuple(first for first, _last in raw["covered"]),
        ends=tuple(last for _first, last in raw["covered"]),
        widths=(regular, bold),
    )


def _widths(raw: Mapping[str, int]) -> dict[str, float]:
    return {chr(int(point)): width / _EM for point, width in raw.items()}


def unprintable(names: Iterable[str]) -> list[str]:
    """Return the characters of the names that the print font lacks, each once, in order of appearance.

    They print as `REPLACEMENT`; whoever prints should be told before, not by the person whose name it is.
    """
    font = print_font()
    missing = {character: None for name in names for character in name if font.lacks(character)}
    return list(missing)
