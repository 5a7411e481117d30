"""The first start: a sample township, a station of one's own, or a file that exists already."""

from patrol_desk.services.starting.checks import (
    LEAST_DISTINCT,
    LEAST_LENGTH,
    NewStation,
    Passphrase,
    check_passphrase,
    check_start_field,
    suggest_letters,
)
from patrol_desk.services.starting.known import (
    KnownStation,
    needs_passphrase,
    open_existing,
    recent_stations,
    sample_path,
    suggest_folder,
)
from patrol_desk.services.starting.making import SampleStep, create_station, make_sample

__all__ = [
    "LEAST_DISTINCT",
    "LEAST_LENGTH",
    "KnownStation",
    "NewStation",
    "Passphrase",
    "SampleStep",
    "check_passphrase",
    "check_start_field",
    "create_station",
    "make_sample",
    "needs_passphrase",
    "open_existing",
    "recent_stations",
    "sample_path",
    "suggest_folder",
    "suggest_letters",
]
