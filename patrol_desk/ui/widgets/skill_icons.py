"""Which icon stands for a skill."""

from types import MappingProxyType
from typing import Final

_ICONS: Final = MappingProxyType(
    {
        "first_aid": "heart-pulse", "AID": "heart-pulse", "driving": "car", "DRV": "car", "radio": "radio",
        "RAD": "radio", "language": "languages", "LNG": "languages",
    }
)  # fmt: skip


def skill_icon(code: str, other: str = "badge-check") -> str:
    """Return the icon of a skill by its code; `other` for a skill of the station's own."""
    return _ICONS.get(code, other)
