"""Timefold as a peer, where Java and its package are there; the package is an optional extra, outside the lock."""

import re
import shutil
import subprocess
from importlib.util import find_spec
from typing import Final

from patrol_desk.common.message import Message
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Problem

OLDEST_JAVA: Final = 17

HEAP: Final = "-Xmx3g"


def missing_tool() -> Message | None:
    """Say which of its tools is missing; None when both are there."""
    if java_version() < OLDEST_JAVA:
        return Message("bench.no_java")
    return Message("bench.no_timefold") if find_spec("timefold") is None else None


def java_version() -> int:
    """Return the major version of the Java that is found first; 0 for none."""
    java = shutil.which("java")
    if java is None:
        return 0
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    found = re.search(r'version "(?:1\.)?(\d+)', told.stderr + told.stdout)
    return int(found.group(1)) if found else 0


def solve_by_timefold(problem: Problem, start: Plan, seconds: float) -> Plan:
    """Improve a plan for so many seconds and return the best.

    Parameters
    ----------
    problem
        What is to be planned.
    start
        A plan that keeps the rules: from scratch the construction does not end within a minute at township size.
    seconds
        Time of the search; starting Java and handing the problem over are not counted.
    """
    from timefold.solver import init

    init(HEAP)  # before the model is imported, which starts Java
    from patrol_desk.bench.timefold_run import improve

    return improve(problem, start, seconds)
