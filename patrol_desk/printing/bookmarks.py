"""Places in a document, by name."""

from typing import NamedTuple


class Bookmark(NamedTuple):
    """A place: its name, its page from 0, and the places under it."""

    text: str
    page: int
    under: "tuple[Bookmark, ...]" = ()
