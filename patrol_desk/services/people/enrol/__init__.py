"""Enrolment of a whole organisation as one squad, from a list of its people."""

from patrol_desk.services.people.enrol.checking import Checked, Line, LineKind, check_list
from patrol_desk.services.people.enrol.file import read_list_file
from patrol_desk.services.people.enrol.writing import Enrolled, Enrolment, enrol_organisation

__all__ = [
    "Checked",
    "Enrolled",
    "Enrolment",
    "Line",
    "LineKind",
    "check_list",
    "enrol_organisation",
    "read_list_file",
]
