"""The QR code of a sheet's reference."""

from functools import lru_cache

import segno


@lru_cache(maxsize=2048)
def qr_modules(content: str) -> tuple[str, ...]:
    """Return the rows of the QR code's modules, ``#`` for dark, without the quiet zone."""
    code = segno.make_qr(content, error="m", boost_error=False)
    return tuple("".join("#" if module else "." for module in row) for row in code.matrix)
