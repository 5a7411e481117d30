"""A solver run's certificate as it is kept with a plan version."""

import gzip
import json

import numpy as np

from patrol_desk.engine.plan import Certificate


def pack(certificate: Certificate, demand_hash: str) -> bytes:
    """Return the certificate as gzip JSON, tied to the demand it prices."""
    text = json.dumps(
        {
            "demand": demand_hash,
            "shortage_prices": certificate.shortage_prices.tolist(),
            "cost_prices": certificate.cost_prices.tolist(),
        },
        separators=(",", ":"),
    )
    return gzip.compress(text.encode(), mtime=0)


def unpack(packed: bytes | None, demand_hash: str) -> Certificate | None:
    """Return the certificate, or None when there is none or the demand has changed since.

    The prices prove a bound whatever the people's data has become meanwhile (weak duality holds for any
    prices), but they must name the same seat groups.
    """
    if packed is None:
        return None
    held = json.loads(gzip.decompress(packed))
    if held["demand"] != demand_hash:
        return None
    return Certificate(
        shortage_prices=np.array(held["shortage_prices"], dtype=np.int32),
        cost_prices=np.array(held["cost_prices"], dtype=np.int32),
    )
