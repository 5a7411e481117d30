"""The township and its geography."""

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from patrol_desk.models.base import Code, Id, Name, Record, Text, coded
from patrol_desk.models.enums import MapFeatureKind, OrganisationKind

Points = list[list[float]]
"""Longitude and latitude pairs, WGS-84 degrees."""


class Township(Record):
    """镇街: the one township of the database and its station."""

    __tablename__ = "township"

    code: Mapped[Code]
    name: Mapped[Name]
    letters: Mapped[str] = mapped_column(String(8))
    station_name: Mapped[Name]
    parent_office: Mapped[Text]
    duty_phone: Mapped[Text]
    sample_seed: Mapped[int | None]
    """Seed of a generated township; None for a real station."""


class Community(Record):
    """村（社区）."""

    __tablename__ = "community"

    code: Mapped[Code]
    name: Mapped[Name]
    boundary: Mapped[Points] = mapped_column(JSON, default=list)


class GridCell(Record):
    """网格."""

    __tablename__ = "grid_cell"

    code: Mapped[Code]
    name: Mapped[Name]
    community_id: Mapped[Id] = mapped_column(ForeignKey("community.id"), index=True)
    boundary: Mapped[Points] = mapped_column(JSON, default=list)


class MapFeature(Record):
    """A road or river of the offline map."""

    __tablename__ = "map_feature"

    code: Mapped[Code]
    name: Mapped[Name]
    kind: Mapped[MapFeatureKind] = mapped_column(coded(MapFeatureKind))
    line: Mapped[Points] = mapped_column(JSON, default=list)


class Organisation(Record):
    """所属单位."""

    __tablename__ = "organisation"

    code: Mapped[Code]
    name: Mapped[Name]
    kind: Mapped[OrganisationKind] = mapped_column(coded(OrganisationKind))
    community_id: Mapped[Id | None] = mapped_column(ForeignKey("community.id"), index=True)
    phone: Mapped[Text]
