"""The application's style sheet from its template and a theme's colours."""

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from patrol_desk.ui.resources import resource

_LENGTH = re.compile(r"#(\d+)#")
_ROLE = re.compile(r"@([a-zA-Z]\w*)")
_PICTURE = re.compile(r"url\(@@([a-z-]+)\)")


def style_sheet(colors: Mapping[str, str], scale: float, *, compact: bool) -> str:
    """Return the style sheet.

    Parameters
    ----------
    colors
        Role → ``#RRGGBB``.
    scale
        Factor on every length of the template that is written ``#n#``.
    compact
        Controls two pixels lower, for low screens.
    """
    template = resource("themes", "desk.qss").read_text(encoding="utf-8")
    pictured = _PICTURE.sub(lambda match: f'url("{_picture(match[1], colors)}")', template)
    sized = _LENGTH.sub(lambda match: f"{_length(int(match[1]), scale, compact=compact)}px", pictured)
    return _ROLE.sub(lambda match: colors[match[1]], sized)


def _length(size: int, scale: float, *, compact: bool) -> int:
    lower = 2 if compact and size in (26, 28) else 0
    return round((size - lower) * scale)


def _picture(name: str, colors: Mapping[str, str]) -> str:
    """Return the path of a recoloured icon; a style sheet takes pictures only as files."""
    icon, _, on = name.partition("-on")
    color = colors["onAccent"] if on or name.endswith("-on") else colors["text2"]
    folder = Path(tempfile.gettempdir()) / "patrol-desk-icons"
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}-{color.strip('#')}.svg"
    svg = resource("icons", f"{icon}.svg").read_text(encoding="utf-8").replace("currentColor", color)
    if not file.exists() or file.read_text(encoding="utf-8") != svg:
        file.write_text(svg, encoding="utf-8")
    return file.as_posix()
