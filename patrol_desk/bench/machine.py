"""On what a bench ran, without a name by which the machine could be known."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

import psutil

from patrol_desk import __version__

_PACKAGES = ("ortools", "numba", "numpy")


def machine_facts() -> dict[str, object]:
    """Return system, processor, cores, memory and the versions that decide the speed."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cores": os.cpu_count() or 1,
        "memory_gb": round(psutil.virtual_memory().total / 1e9),
        "python": platform.python_version(),
        "patrol_desk": __version__,
        **{name: version(name) for name in _PACKAGES},
    }


def _processor() -> str:
    """Return the processor's model, where the system tells it."""
    known = Path("/proc/cpuinfo")
    if known.exists():
        for line in known.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()
