"""Squads and response teams, with dated memberships."""

from datetime import date

from sqlalchemy import ForeignKey, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from patrol_desk.models.base import Code, Id, Name, Record, coded
from patrol_desk.models.enums import SquadRole


class Squad(Record):
    """义警小组; its base is where it meets, WGS-84 degrees."""

    __tablename__ = "squad"

    code: Mapped[Code]
    name: Mapped[Name]
    community_id: Mapped[Id | None] = mapped_column(ForeignKey("community.id"), index=True)
    organisation_id: Mapped[Id | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    base_lon: Mapped[float | None]
    base_lat: Mapped[float | None]
    strength: Mapped[int | None] = mapped_column(SmallInteger)
    """编制: members at full strength; None where it was never set."""


class SquadMembership(Record):
    """A person's time in a squad; both days included, open when `until_on` is None."""

    __tablename__ = "squad_membership"
    __table_args__ = (UniqueConstraint("person_id", "from_on"),)

    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), index=True)
    squad_id: Mapped[Id] = mapped_column(ForeignKey("squad.id"), index=True)
    role: Mapped[SquadRole] = mapped_column(coded(SquadRole))
    from_on: Mapped[date]
    until_on: Mapped[date | None]


class ResponseTeam(Record):
    """先莞队 (应急响应小组)."""

    __tablename__ = "response_team"

    code: Mapped[Code]
    name: Mapped[Name]
    muster_point_id: Mapped[Id | None] = mapped_column(ForeignKey("muster_point.id"), index=True)
    strength: Mapped[int | None] = mapped_column(SmallInteger)
    """编制, as of a squad."""


class TeamMembership(Record):
    """A person's time in a response team; both days included, open when `until_on` is None."""

    __tablename__ = "team_membership"
    __table_args__ = (UniqueConstraint("person_id", "from_on"),)

    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), index=True)
    team_id: Mapped[Id] = mapped_column(ForeignKey("response_team.id"), index=True)
    role: Mapped[SquadRole] = mapped_column(coded(SquadRole))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
