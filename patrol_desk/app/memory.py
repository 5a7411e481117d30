"""How the C library keeps memory that Python gave back: in one place, and not for long."""

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_PIECE = 256 * 1024


def keep_little() -> None:
    """Let all threads share one arena, and let the system have freed pieces at once.

    Each thread that reads or writes would otherwise keep what it used most. Only glibc does that; elsewhere there is
    nothing to do.
    """
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        for option, value in ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, _PIECE), (_TRIM_THRESHOLD, _PIECE)):
            mallopt(option, value)
