"""What processes of a bench's pool do in tests; functions of a module, as a spawned process needs them."""

import os
import time

from patrol_desk.bench.jobs import Job

Row = dict[str, object]


def told(job: Job) -> Row:
    """Return what the process knows of itself."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    return {"pid": os.getpid(), "seed": job.seed, "cores": cores}


def falls_over(job: Job) -> Row:
    """Break every second job, in the middle."""
    if job.seed % 2:
        os._exit(3)
    return {"seed": job.seed}


def never_ends(_job: Job) -> Row:
    """Stay busy until somebody ends the process."""
    while True:
        time.monotonic()


def hoards(_job: Job) -> Row:
    """Hold 300 MB and stay."""
    held = bytearray(300_000_000)
    for place in range(0, len(held), 4096):
        held[place] = 1
    return never_ends(_job)
