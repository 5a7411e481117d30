"""A solver run's certificate as it is kept with a plan version."""

import gzip
import json
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from patrol_desk.engine.plan import Certificate


def pack(certificate: Certificate, demand_hash: str, people: Sequence[str]) -> bytes:
    """Return the certificate as gzip JSON, tied to the demand it prices and to the ids of the people it pays."""
    text = json.dumps(
        {
            "demand": demand_hash,
            "shortage_prices": certificate.shortage_prices.tolist(),
            "cost_prices": certificate.cost_prices.tolist(),
            "people": _digest(people),
            "wages": certificate.wages.tolist(),
        },
        separators=(",", ":"),
    )
    return gzip.compress(text.encode(), mtime=0)


def _digest(people: Sequence[str]) -> str:
    """Return what tells whether people are the same, in the same order."""
    return blake2b("\n".join(people).encode(), digest_size=16).hexdigest()


def unpack(packed: bytes | None, demand_hash: str, people: Sequence[str] = ()) -> Certificate | None:
    """Return the certificate, or None when there is none or the demand has changed since.

    The prices prove a bound whatever the people's data has become meanwhile (weak duality holds for any
    prices), but they must name the same seat groups. The wages are given back to whoever names the same people: they
    prove more of the cost, and take longer.
    """
    if packed is None:
        return None
    held = json.loads(gzip.decompress(packed))
    if held["demand"] != demand_hash:
        return None
    wages = held.get("wages", []) if people and held.get("people") == _digest(people) else []
    return Certificate(
        shortage_prices=np.array(held["shortage_prices"], dtype=np.int32),
        cost_prices=np.array(held["cost_prices"], dtype=np.int32),
        wages=np.array(wages, dtype=np.int32).reshape(len(wages), -1 if wages else 0),
    )
