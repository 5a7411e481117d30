"""One run of the engine's bench, inside its own process."""

import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from typing import Final

from patrol_desk.bench.jobs import Job, Kind
from patrol_desk.bench.judging import Row, judged, judged_plan
from patrol_desk.engine.core.greedy import fill_greedily
from patrol_desk.engine.core.instance import build
from patrol_desk.engine.core.state import empty_state, to_plan
from patrol_desk.engine.memory import peak_mb
from patrol_desk.engine.options import SolveOptions
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.solve import solve
from patrol_desk.engine.verify import check
from patrol_desk.engine.warm import warm
from patrol_desk.messages.render import render
from patrol_desk.samples.problems import family, greedy, saturation


def measure(job: Job) -> Row:
    """Run one job in this process and return its figures."""
    return _BY_KIND[job.kind](job)


def _instance(job: Job) -> Row:
    """Return how tight the instance is, and what both greedies make of it."""
    warm()
    problem = family(job.family, job.seed, job.scale)
    row: Row = {"people": len(problem.people.ids)}
    row |= {name: round(value, 4) for name, value in asdict(saturation(problem)).items()}
    for name, make in (("greedy", compiled_greedy), ("plain_greedy", greedy)):
        began = time.perf_counter()
        plan = make(problem)
        seconds = time.perf_counter() - began
        figures = judged_plan(check(problem, plan)) | {"seconds": round(seconds, 3)}
        row |= {f"{name}_{figure}": value for figure, value in figures.items() if figure != "seats"}
    return row


def compiled_greedy(problem: Problem) -> Plan:
    """Return the plan of the solver's compiled greedy."""
    instance = build(problem)
    state = empty_state(problem, instance)
    fill_greedily(instance, state, lambda: False)
    return to_plan(instance, state)


def _solver(job: Job) -> Row:
    """Solve, and judge the plan; the instance comes from another process, so that peak memory is the solver's own."""
    problem = made_elsewhere(job)
    warm()
    used = time.process_time()
    result = solve(problem, SolveOptions(seed=job.seed, moves=job.moves, time_limit=job.limit))
    used = time.process_time() - used
    began = time.perf_counter()
    row = judged(problem, result)
    return {
        "people": len(problem.people.ids),
        "cpu_seconds": round(used, 2),
        "check_seconds": round(time.perf_counter() - began, 2),
    } | row


def _peer(make: Callable[[Problem, float], tuple[Plan | None, Row]]) -> Callable[[Job], Row]:
    """Return what runs a peer on a job and has its plan judged."""

    def run(job: Job) -> Row:
        problem = made_elsewhere(job)
        began = time.perf_counter()
        plan, told = make(problem, job.limit or 60.0)
        seconds = time.perf_counter() - began
        if plan is None:
            return told
        peak = peak_mb()
        return judged_plan(check(problem, plan)) | {"seconds": round(seconds, 1), "peak_mb": round(peak, 1)} | told

    return run


def _cpsat(problem: Problem, seconds: float) -> tuple[Plan | None, Row]:
    from patrol_desk.engine.peers.cpsat import solve_plainly

    answer = solve_plainly(problem, seconds)
    return answer.plan, {"status": answer.status, "booleans": answer.booleans, "each": answer.each}


def _timefold(problem: Problem, seconds: float) -> tuple[Plan | None, Row]:
    from patrol_desk.bench.timefold import missing_tool, solve_by_timefold

    missing = missing_tool()
    if missing is not None:
        return None, {"skipped": render(missing, "en")}
    return solve_by_timefold(problem, greedy(problem), seconds), {}


def made_elsewhere(job: Job) -> Problem:
    """Return the job's instance, made in a process that is gone when this returns."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(family, job.family, job.seed, job.scale).result()


_BY_KIND: Final[dict[Kind, Callable[[Job], Row]]] = {
    "instance": _instance,
    "solver": _solver,
    "growth": _solver,
    "cpsat": _peer(_cpsat),
    "timefold": _peer(_timefold),
}
