"""The station's signature of a sheet's reference: whoever scans it knows that the sheet came from here."""

import base64
import binascii
from typing import Protocol

from patrol_desk.services.printed.ask import with_frame
from patrol_desk.services.printed.content import PrintedSheet, reference, short_hash


class Seal(Protocol):
    """Signs and checks texts with the station's key."""

    def sign(self, text: str) -> bytes:
        """Return the signature of a text."""
        ...

    def holds(self, text: str, signature: bytes) -> bool:
        """Say whether a signature is the station's."""
        ...


def sealed(sheet: PrintedSheet, seal: Seal) -> PrintedSheet:
    """Return the sheet with the signature of its reference: capital letters and digits (base 32)."""
    signature = seal.sign(reference(sheet, short_hash(sheet)))
    return with_frame(sheet, signature=base64.b32encode(signature).decode("ascii").rstrip("="))


def signature_in(text: str) -> bytes | None:
    """Return the bytes of a signature as it is printed, None when it is none."""
    try:
        return base64.b32decode(text + "=" * (-len(text) % 8))
    except binascii.Error:
        return None
