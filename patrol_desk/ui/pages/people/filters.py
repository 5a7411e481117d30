"""What is looked for among the people: a plain value, and what it chooses among them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from patrol_desk.services.finding.keys import narrows, searcher
from patrol_desk.services.people import PersonRow
from patrol_desk.ui.itemmodels.rows import RowsModel
from patrol_desk.ui.pages.people.columns import SOON
from patrol_desk.ui.pages.people.training_words import AHEAD

Segment = Literal["books", "team", "retired"]
Proof = Literal["", "valid", "soon", "expired", "none", "refresh", "overdue"]

PAUSED: Final = "paused"
"""Stands among the statuses: on the books, not planned for a time."""
Wanted = Callable[[PersonRow], bool]
Chooser = Callable[[list[PersonRow]], list[PersonRow]]


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked for.

    Parameters
    ----------
    segment
        People on the books, those in a response team, or retired ones.
    query
        What was typed.
    squads
        Ids of squads; none is all.
    team
        Id of a response team; none is all.
    statuses
        Statuses, `PAUSED` for those who are paused today; none is all.
    skills
        Ids of skills that must all be held.
    proof
        State of the certificates: ``soon`` runs out within 30 days. Of the courses: ``refresh`` is due within 60 days,
        ``overdue`` should have been refreshed.
    slots
        Bits of the week's slots in all of which somebody can serve; see `PersonRow.free`.
    """

    segment: Segment = "books"
    query: str = ""
    squads: frozenset[str] = frozenset()
    team: str = ""
    statuses: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    proof: Proof = ""
    slots: int = 0

    @property
    def narrowed(self) -> bool:
        """Whether anything but the segment is chosen."""
        return self != Filters(segment=self.segment)

    def cleared(self) -> "Filters":
        """Return the segment alone."""
        return Filters(segment=self.segment)

    def with_query(self, query: str) -> "Filters":
        """Return the same with another query."""
        return replace(self, query=query)

    def wanted(self, today: date) -> Chooser:
        """Return what chooses among rows: one pass for each condition, the cheapest first."""
        parts = [part for part in (*self._chosen(today), self._proof(today)) if part is not None]
        found = searcher(self.query) if self.query.strip() else None

        def choose(rows: list[PersonRow]) -> list[PersonRow]:
            for part in parts:
                rows = [row for row in rows if part(row)]
            return rows if found is None else [row for row in rows if found(row.search)]

        return choose

    def within(self, before: "Filters") -> bool:
        """Say whether whom these find, the filters before found as well: more was typed, all else is the same."""
        return self.with_query(before.query) == before and narrows(before.query, self.query)

    def _chosen(self, today: date) -> tuple[Wanted | None, ...]:
        squads, team, statuses, skills, slots = self.squads, self.team, self.statuses, self.skills, self.slots
        return (
            in_segment(self.segment),
            (lambda row: row.squad is not None and row.squad.id in squads) if squads else None,
            (lambda row: row.team_id == team) if team else None,
            (lambda row: (PAUSED if row.paused(today) else row.status) in statuses) if statuses else None,
            (lambda row: row.free & slots == slots) if slots else None,
            (lambda row: skills <= {skill.id for skill in row.skills}) if skills else None,
        )

    def _proof(self, today: date) -> Wanted | None:
        soon, ahead = today + SOON, today + AHEAD
        proofs: dict[str, Wanted] = {
            "valid": lambda row: bool(row.skills),
            "soon": lambda row: row.expires_on is not None and today <= row.expires_on <= soon,
            "expired": lambda row: row.expired(today),
            "none": lambda row: not row.skills and row.expires_on is None,
            "refresh": lambda row: row.refresh_on is not None and today <= row.refresh_on <= ahead,
            "overdue": lambda row: row.refresh_on is not None and row.refresh_on < today,
        }
        return proofs.get(self.proof)


class Looking:
    """Has a list show whom filters find; where only more was typed, it looks among those shown already.

    Parameters
    ----------
    model
        The list.
    """

    def __init__(self, model: RowsModel[PersonRow]) -> None:
        self._model = model
        self._before: tuple[Filters, date] | None = None

    def look_for(self, filters: Filters, today: date) -> None:
        """Show whom the filters find on a day."""
        before = self._before
        within = before is not None and before[1] == today and filters.within(before[0])
        self._model.choose(filters.wanted(today), within=within)
        self._before = filters, today


def segment_of(key: str) -> Segment:
    """Return a segment by its key; on the books for any other key."""
    return "retired" if key == "retired" else "team" if key == "team" else "books"


def in_segment(segment: Segment) -> Wanted:
    """Return the predicate of a segment."""
    if segment == "retired":
        return lambda row: row.retired
    if segment == "team":
        return lambda row: bool(row.team) and not row.retired
    return lambda row: not row.retired


def filters_for(wanted: Mapping[str, object], rows: Sequence[PersonRow]) -> tuple[Filters, str]:
    """Return what to look for when another page sends us here, and the name of the response team if it is one.

    Parameters
    ----------
    wanted
        ``squad_id``, ``team_id``, or ``filter`` with ``"expiring"``: certificates that run out within 30 days,
        ``"refresh"``: courses to refresh within 60 days, ``"overdue"``: courses that should have been.
    rows
        Everybody.
    """
    squad, team = wanted.get("squad_id"), wanted.get("team_id")
    if isinstance(squad, str):
        return Filters(squads=frozenset({squad})), ""
    if isinstance(team, str):
        return Filters(segment="team", team=team), next((row.team for row in rows if row.team_id == team), "")
    proofs: dict[object, Proof] = {"expiring": "soon", "refresh": "refresh", "overdue": "overdue"}
    return Filters(proof=proofs.get(wanted.get("filter"), "")), ""
