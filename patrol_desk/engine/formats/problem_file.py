"""Problems as files, and the hash by which plans and certificates name theirs."""

import hashlib
from pathlib import Path

from patrol_desk.engine.formats.files import dump_document, read_document, write_document
from patrol_desk.engine.formats.problem_reader import problem_of
from patrol_desk.engine.formats.problem_writer import document_of
from patrol_desk.engine.problem import Problem


def read_problem(path: Path) -> Problem:
    """Return the problem in a file, ``.json`` or ``.json.gz``.

    Raises
    ------
    InvalidDataError
        The file is no problem; the message names the place in the document, the value and what would be right.
    """
    return problem_of(read_document(path, "problem"))


def write_problem(path: Path, problem: Problem) -> None:
    """Write a problem; read again it is the same, its seat groups in the order of their tasks.

    Raises
    ------
    InvalidDataError
        The file cannot be written.
    """
    write_document(path, document_of(problem))


def problem_hash(problem: Problem) -> str:
    """Return ``sha256:`` and the digest of the problem as a file."""
    return "sha256:" + hashlib.sha256(dump_document(document_of(problem))).hexdigest()
