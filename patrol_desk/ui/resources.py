"""Where the files beside the program are."""

import sys
from functools import cache
from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a file or folder under ``resources/``: beside the package, or in a frozen program's folder."""
    return _root(getattr(sys, "_MEIPASS", None)).joinpath("resources", *parts)


@cache
def _root(frozen: str | None) -> Path:
    """Return the folder that holds them, found once: each icon asks for it."""
    return Path(frozen) if frozen else Path(__file__).resolve().parents[2]
