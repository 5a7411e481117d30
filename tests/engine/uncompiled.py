"""Solve some small problems and write their plans; run once compiled and once with ``NUMBA_DISABLE_JIT=1``."""

import json
import sys
from dataclasses import replace
from pathlib import Path

from patrol_desk.engine.options import SolveOptions
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.solve import solve
from patrol_desk.samples.problems import family, tiny


def problems() -> list[Problem]:
    """Return problems which together pass through every branch of the kernels."""
    small = family("small", 1, scale=0.03)
    twice = replace(small, rules=replace(small.rules, cap_day=2, rest_min=60))
    locked = family("locked", 2, scale=0.004)
    tinies = [tiny(seed, people=8, shifts=6, checkpoints=3, groups=8, full=seed >= 8) for seed in range(24)]
    return [*tinies, small, twice, locked]


def plans() -> list[list[list[int]]]:
    """Return the plan of each problem."""
    return [solve(problem, SolveOptions(seed=3, moves=600)).plan.assignments.tolist() for problem in problems()]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(plans()), encoding="utf-8")
