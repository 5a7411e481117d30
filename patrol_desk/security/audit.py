"""The hash chain of the audit log."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from patrol_desk.security.redaction import redact

GENESIS = "0" * 64
"""Previous hash of the first entry."""


class HashChain:
    """SHA-256 over the previous hash and the entry's canonical JSON; personal values are masked first."""

    def link(self, previous_hash: str, entry: Mapping[str, object]) -> str:
        """Return the hash, as 64 hex digits, of an entry that follows the one with the previous hash."""
        return hashlib.sha256(previous_hash.encode("ascii") + b"\n" + canonical(entry)).hexdigest()

    def redact(self, kind: str, fields: Mapping[str, object]) -> dict[str, object]:
        """Return the fields of a record of the kind with personal values masked."""
        return redact(fields, kind)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the chain found.

    Parameters
    ----------
    count
        Entries checked.
    head
        Hash of the last good entry.
    broken_at
        Position, from 1, of the first entry that does not fit; None when all do.
    """

    count: int
    head: str
    broken_at: int | None

    @property
    def whole(self) -> bool:
        """Whether every entry fits."""
        return self.broken_at is None


def canonical(entry: Mapping[str, object]) -> bytes:
    """Return an entry's canonical JSON: sorted names, no spaces, UTF-8; raise ValueError for NaN."""
    text = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def verify(chain: HashChain, entries: Iterable[tuple[Mapping[str, object], str, str]]) -> Verdict:
    """Check a log from its beginning and name the first broken link.

    Parameters
    ----------
    chain
        The chain that made it.
    entries
        Entry, previous hash and hash, in order. Entries are numbered from 1 without a gap.

    Notes
    -----
    Entries missing at the end show only against a head noted elsewhere: compare `Verdict.head`.
    """
    count, head = 0, GENESIS
    for entry, previous, own in entries:
        count += 1
        if entry.get("number") != count or previous != head or chain.link(previous, entry) != own:
            return Verdict(count, head, count)
        head = own
    return Verdict(count, head, None)
