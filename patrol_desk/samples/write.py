"""A generated township into an empty database."""

from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, Progress, never_cancelled, no_progress, raise_if_cancelled
from patrol_desk.samples.sample import Sample
from patrol_desk.storage import bulk
from patrol_desk.storage.unit_of_work import UnitOfWork

_CHUNK = 8000


def write_sample(
    unit: UnitOfWork, sample: Sample, progress: Progress = no_progress, cancelled: Cancelled = never_cancelled
) -> int:
    """Insert all rows of a sample and return how many; the caller commits.

    Parameters
    ----------
    unit
        A transaction on a database without records of its own.
    sample
        What `generate` returned.
    progress
        Told after every few thousand rows.
    cancelled
        Asked as often.

    Raises
    ------
    CancelledByUserError
        The user stopped; leaving the transaction without commit writes nothing.
    InvalidDataError
        The database already holds something that the sample holds too.
    """
    total = sum(len(rows) for rows in sample.rows.values())
    done = 0
    for model, rows in sample.rows.items():
        for start in range(0, len(rows), _CHUNK):
            raise_if_cancelled(cancelled)
            done += bulk.insert(unit, model, rows[start : start + _CHUNK])
            progress(Message("sample.writing"), done, total)
    return done
