"""How much memory this process has needed at most, and how much is free."""

import os
import sys


def peak_mb() -> float:
    """Return the process's peak memory in MB (10⁶ bytes)."""
    import psutil

    info = psutil.Process(os.getpid()).memory_info()
    if sys.platform == "win32":
        return float(info.peak_wset) / 1e6
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1.0 if sys.platform == "darwin" else 1024.0) / 1e6


def free_mb() -> int:
    """Return how many MB (10⁶ bytes) this machine can still give without writing to its disk."""
    import psutil

    return int(psutil.virtual_memory().available) // 10**6
