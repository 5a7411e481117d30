"""The QR code of a sheet's reference."""

from functools import lru_cache

import segno

_MASK = 2
"""Columns in threes: what looks like one of the corner marks hardly ever comes of it."""


@lru_cache(maxsize=2048)
def qr_modules(content: str) -> tuple[str, ...]:
    """Return the rows of the QR code's modules, ``#`` for dark, without the quiet zone.

    The mask is always the same one: trying all eight takes most of the time, and the signature is as good as
    random, so that none of them is better than another by much.
    """
    code = segno.make_qr(content, error="m", boost_error=False, mask=_MASK)
    return tuple("".join("#" if module else "." for module in row) for row in code.matrix)
