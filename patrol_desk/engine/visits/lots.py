"""The lottery's random numbers: a keyed stream that nobody can continue without the secret."""

from hashlib import shake_256
from typing import Final

import numpy as np

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message

SECRET_BYTES: Final = 32
"""Least length of a secret, from the operating system's generator."""

_BLOCK: Final = 4_096
"""Numbers made at a time."""

_UNIT: Final = 2.0**-53


class Lots:
    """Uniform numbers out of SHAKE-256 over a secret and a count (an extendable-output function, FIPS 202).

    The same secret, use and number give the same stream. Nothing else goes in: no clock, no date, no solver's seed. Who
    has seen any part of the stream, without the secret, knows nothing of the rest.

    Parameters
    ----------
    secret
        At least `SECRET_BYTES` bytes out of the operating system's generator.
    use
        What the numbers are for; other uses have other streams.
    number
        Which draw of that use it is, counted by the caller.

    Raises
    ------
    InvalidDataError
        The secret is too short.
    """

    def __init__(self, secret: bytes, use: str, number: int) -> None:
        if len(secret) < SECRET_BYTES:
            raise InvalidDataError(Message("visits.short_secret", {"value": len(secret), "right": SECRET_BYTES}))
        parts = (secret, use.encode(), str(number).encode())
        self._stem = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
        self._blocks = 0
        self._left: list[float] = []

    def uniform(self) -> float:
        """Return a number in [0, 1)."""
        if not self._left:
            block = shake_256(self._stem + self._blocks.to_bytes(8, "big")).digest(8 * _BLOCK)
            self._left = ((np.frombuffer(block, dtype=">u8") >> 11) * _UNIT).tolist()
            self._blocks += 1
        return self._left.pop()

    def below(self, count: int) -> int:
        """Return a whole number in 0 … count - 1, each as likely (to within count · 2⁻⁵³)."""
        return int(self.uniform() * count)
