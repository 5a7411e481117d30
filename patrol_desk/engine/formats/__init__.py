"""Problems, plans and certificates as documented, versioned JSON files (`docs/formats.md`)."""

from patrol_desk.engine.formats.certificate_file import read_certificate, write_certificate
from patrol_desk.engine.formats.plan_file import read_plan, write_plan
from patrol_desk.engine.formats.problem_file import problem_hash, read_problem, write_problem

__all__ = [
    "problem_hash",
    "read_certificate",
    "read_plan",
    "read_problem",
    "write_certificate",
    "write_plan",
    "write_problem",
]
