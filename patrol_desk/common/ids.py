"""Record ids: UUIDv7 as hyphenated lower-case text."""

import hashlib
import uuid

import uuid_utils


def new_id() -> str:
    """Return a fresh UUIDv7, hyphenated and in lower case."""
    return str(uuid_utils.uuid7())


def seeded_id(seed: int, kind: str, number: int) -> str:
    """Return the UUIDv7-shaped id of a generated record: the same arguments give the same id.

    Parameters
    ----------
    seed
        Seed of the generated township.
    kind
        Table of the record.
    number
        Running number within the table; it stands in the time field, so ids sort by it.
    """
    digest = hashlib.blake2b(f"{seed}/{kind}/{number}".encode(), digest_size=10).digest()
    value = int.from_bytes(number.to_bytes(6, "big") + digest, "big")
    value &= ~(0xF000 << 64) & ~(0xC000 << 48)
    value |= (0x7000 << 64) | (0x8000 << 48)
    return str(uuid.UUID(int=value))
