"""What kind of Patrol Desk file a database is, written in the file itself."""

from enum import StrEnum
from types import MappingProxyType

APPLICATION_ID = 0x50444B31
"""``PDK1``: SQLite's application_id of every Patrol Desk file."""


class Marker(StrEnum):
    """Kind of file; a sample takes no real people's data."""

    STATION = "station"
    PLAIN_STATION = "plain-station"
    SAMPLE = "sample"


USER_VERSIONS = MappingProxyType({Marker.STATION: 1, Marker.PLAIN_STATION: 2, Marker.SAMPLE: 3})
"""Marker → SQLite's user_version."""


def marker_of(user_version: int) -> Marker | None:
    """Return the marker a user_version stands for; None for a number of nobody's."""
    return next((marker for marker, number in USER_VERSIONS.items() if number == user_version), None)
