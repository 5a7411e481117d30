"""Plans as files."""

from dataclasses import asdict
from pathlib import Path

import numpy as np

from patrol_desk.engine.formats.files import VERSION, read_document, write_document
from patrol_desk.engine.formats.node import Node
from patrol_desk.engine.formats.problem_file import problem_hash
from patrol_desk.engine.formats.seats import Names, pair_entries
from patrol_desk.engine.plan import Figures, Plan
from patrol_desk.engine.problem import Problem

REQUIRED = ("format", "version", "assignments")
OPTIONAL = ("problem", "seed", "figures")


def read_plan(path: Path, problem: Problem) -> Plan:
    """Return the plan in a file, its rows sorted; what it says of its own figures is not looked at.

    Raises
    ------
    InvalidDataError
        The file is no plan, or not one of this problem.
    """
    fields = read_document(path, "plan").fields(REQUIRED, OPTIONAL)
    same_problem(fields, problem)
    rows = Names.of_problem(problem).pairs(fields["assignments"])
    return Plan(rows[np.lexsort((rows[:, 1], rows[:, 0]))])


def write_plan(path: Path, problem: Problem, plan: Plan, figures: Figures | None = None) -> None:
    """Write a plan with the hash of its problem and, if known, its figures and seed.

    Raises
    ------
    InvalidDataError
        The file cannot be written.
    """
    document: dict[str, object] = {
        "format": "patrol-desk/plan",
        "version": VERSION,
        "problem": problem_hash(problem),
    }
    if figures is not None:
        document |= {"seed": figures.seed, "figures": asdict(figures)}
    write_document(path, document | {"assignments": pair_entries(problem, plan.assignments)})


def same_problem(fields: dict[str, Node], problem: Problem) -> None:
    """Complain when a file says that it was made for another problem."""
    if "problem" in fields and fields["problem"].text() != problem_hash(problem):
        raise fields["problem"].fault("other_problem", right=problem_hash(problem))
