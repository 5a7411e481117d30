"""Certificates as files: the seat prices and wages from which anybody can recompute the bounds."""

from pathlib import Path

import numpy as np

from patrol_desk.engine.formats.files import VERSION, read_document, write_document
from patrol_desk.engine.formats.node import Node
from patrol_desk.engine.formats.plan_file import same_problem
from patrol_desk.engine.formats.problem_file import problem_hash
from patrol_desk.engine.formats.seats import MAX_PAIRS, Names, seat_entry
from patrol_desk.engine.plan import Certificate, Figures
from patrol_desk.engine.problem import Int32, Problem

REQUIRED = ("format", "version", "prices")
OPTIONAL = ("problem", "seed", "figures", "wages")
ENTRY_REQUIRED = ("checkpoint", "shift")
ENTRY_OPTIONAL = ("skill", "shortage", "cost")
WAGES = ("person", "points")

_LARGEST = 2**31 - 1


def read_certificate(path: Path, problem: Problem) -> Certificate:
    """Return the certificate in a file; seats it does not name have price 0, people wages of 0.

    Raises
    ------
    InvalidDataError
        The file is no certificate, or not one of this problem.
    """
    fields = read_document(path, "certificate").fields(REQUIRED, OPTIONAL)
    same_problem(fields, problem)
    names = Names.of_problem(problem)
    prices = np.zeros((len(names.groups), 2), dtype=np.int32)
    first: dict[int, str] = {}
    for entry in fields["prices"].items(MAX_PAIRS):
        values = entry.fields(ENTRY_REQUIRED, ENTRY_OPTIONAL)
        group = names.group(entry, values)
        if group in first:
            raise entry.fault("twice", first=first[group])
        first[group] = entry.path
        for column, name in enumerate(("shortage", "cost")):
            prices[group, column] = values[name].whole(-_LARGEST, _LARGEST) if name in values else 0
    if "wages" not in fields:
        return Certificate(prices[:, 0].copy(), prices[:, 1].copy())
    return Certificate(prices[:, 0].copy(), prices[:, 1].copy(), _wages(fields["wages"], names))


def _wages(listed: Node, names: Names) -> Int32:
    """Return (P, T) the wages in a file."""
    shifts = len(names.shifts)
    wages = np.zeros((len(names.people), shifts), dtype=np.int32)
    first_seen: dict[str, Node] = {}
    for entry in listed.items(MAX_PAIRS):
        values = entry.fields(WAGES, ())
        person = values["person"].reference(names.people, "person")
        values["person"].only_once(first_seen, values["person"].text())
        points = values["points"].items(shifts)
        if len(points) != shifts:
            raise values["points"].fault("wages", found=len(points), shifts=shifts)
        wages[person] = [one.whole(-_LARGEST, _LARGEST) for one in points]
    return wages


def write_certificate(path: Path, problem: Problem, certificate: Certificate, figures: Figures | None = None) -> None:
    """Write a certificate with the hash of its problem and, if known, the bounds it proves and the seed.

    Raises
    ------
    InvalidDataError
        The file cannot be written.
    """
    document: dict[str, object] = {
        "format": "patrol-desk/certificate",
        "version": VERSION,
        "problem": problem_hash(problem),
    }
    if figures is not None:
        claimed = {"shortage_bound": figures.shortage_bound, "cost_bound": figures.cost_bound}
        document |= {"seed": figures.seed, "figures": claimed}
    shortage, cost = certificate.shortage_prices, certificate.cost_prices
    document["prices"] = [
        {**seat_entry(problem, group), "shortage": int(shortage[group]), "cost": int(cost[group])}
        for group in np.flatnonzero((shortage != 0) | (cost != 0)).tolist()
    ]
    if certificate.wages.size:
        document["wages"] = [
            {"person": problem.people.ids[person], "points": certificate.wages[person].tolist()}
            for person in np.flatnonzero(certificate.wages.any(axis=1)).tolist()
        ]
    write_document(path, document)
