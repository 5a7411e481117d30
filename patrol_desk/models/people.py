"""People, what they can do and when they can serve."""

from datetime import date

from sqlalchemy import Boolean, ForeignKey, SmallInteger, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from patrol_desk.models.base import Code, Id, Name, Record, Text, coded
from patrol_desk.models.enums import ActivityClass, Force, Gender, LeaveReason, PairKind, PersonStatus, TrainingResult


class Person(Record):
    """人员. Names are stored as typed (NFC); places are WGS-84 degrees."""

    __tablename__ = "person"

    code: Mapped[Code]
    name: Mapped[Name] = mapped_column(index=True)
    force: Mapped[Force] = mapped_column(coded(Force))
    status: Mapped[PersonStatus] = mapped_column(coded(PersonStatus))
    status_on: Mapped[date | None]
    status_reason: Mapped[Text]
    activity_class: Mapped[ActivityClass] = mapped_column(coded(ActivityClass))
    gender: Mapped[Gender | None] = mapped_column(coded(Gender))
    birth_date: Mapped[date | None]
    resident_id: Mapped[str | None] = mapped_column(String(18), index=True)
    phone: Mapped[str | None] = mapped_column(String(20), index=True)
    joined_on: Mapped[date | None]
    insured_from: Mapped[date | None]
    insured_until: Mapped[date | None]
    contract_minutes: Mapped[int | None]
    """Minutes a week by contract; None for volunteers."""
    weekly_cap: Mapped[int] = mapped_column(SmallInteger, default=1)
    """Most duties in a week, 0 to 7."""
    community_id: Mapped[Id | None] = mapped_column(ForeignKey("community.id"), index=True)
    grid_cell_id: Mapped[Id | None] = mapped_column(ForeignKey("grid_cell.id"), index=True)
    organisation_id: Mapped[Id | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    home_lon: Mapped[float | None]
    home_lat: Mapped[float | None]
    spares_workday_eve: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    """Asks for no night duty before a workday's morning."""


class PersonPair(Record):
    """搭档关系: two people who must, or must not, serve in one patrol; who is named first says nothing."""

    __tablename__ = "person_pair"
    __table_args__ = (UniqueConstraint("person_id", "other_id"),)

    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), index=True)
    other_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[PairKind] = mapped_column(coded(PairKind))


class Skill(Record):
    """技能: what a seat may ask for."""

    __tablename__ = "skill"

    code: Mapped[Code]
    name: Mapped[Name]
    mark: Mapped[str] = mapped_column(String(4))
    """One character that stands for it on a sheet."""


class Certificate(Record):
    """证书: a person's proof of a skill, with its expiry."""

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("person_id", "skill_id"),)

    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), index=True)
    skill_id: Mapped[Id] = mapped_column(ForeignKey("skill.id"), index=True)
    number: Mapped[Text]
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    """Last day on which it is valid; None: it does not expire."""


class TrainingRecord(Record):
    """培训记录: a course that somebody took part in on a day."""

    __tablename__ = "training_record"
    __table_args__ = (UniqueConstraint("person_id", "course", "taken_on"),)

    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), index=True)
    course: Mapped[Name]
    taken_on: Mapped[date]
    """The day, of a longer course the last one."""
    minutes: Mapped[int] = mapped_column(default=0)
    result: Mapped[TrainingResult] = mapped_column(coded(TrainingResult))
    expires_on: Mapped[date | None]
    """Last day before it must be refreshed; None: it need not be."""


class Availability(Record):
    """可执勤时间: a person's weekly preference for one shift pattern, a `Preference` per weekday."""

    __tablename__ = "availability"
    __table_args__ = (UniqueConstraint("person_id", "pattern_id"),)

    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), index=True)
    pattern_id: Mapped[Id] = mapped_column(ForeignKey("shift_pattern.id"), index=True)
    monday: Mapped[int] = mapped_column(SmallInteger, default=0)
    tuesday: Mapped[int] = mapped_column(SmallInteger, default=0)
    wednesday: Mapped[int] = mapped_column(SmallInteger, default=0)
    thursday: Mapped[int] = mapped_column(SmallInteger, default=0)
    friday: Mapped[int] = mapped_column(SmallInteger, default=0)
    saturday: Mapped[int] = mapped_column(SmallInteger, default=0)
    sunday: Mapped[int] = mapped_column(SmallInteger, default=0)


class Leave(Record):
    """请假: dated, both days included; it covers every shift that starts on them."""

    __tablename__ = "leave"
    __table_args__ = (UniqueConstraint("person_id", "first_on"),)

    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), index=True)
    first_on: Mapped[date] = mapped_column(index=True)
    last_on: Mapped[date] = mapped_column(index=True)
    reason: Mapped[LeaveReason] = mapped_column(coded(LeaveReason))


class PersonPause(Record):
    """暂停: somebody on the books who is not planned from a day on, until a day or until further notice."""

    __tablename__ = "person_pause"

    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), index=True)
    from_on: Mapped[date] = mapped_column(index=True)
    until_on: Mapped[date | None]
    """Last day; None: until somebody ends it."""
    reason: Mapped[Text] = mapped_column(String(200))


class PersonStatusChange(Record):
    """A status that somebody came into: from when and why; who noted it and when, its trace of change says."""

    __tablename__ = "person_status_change"

    person_id: Mapped[Id] = mapped_column(ForeignKey("person.id"), index=True)
    status: Mapped[PersonStatus] = mapped_column(coded(PersonStatus))
    on_date: Mapped[date]
    """First day of the status."""
    reason: Mapped[Text]
    origin: Mapped[str] = mapped_column(String(60), default="")
    """What was done, as the audit log calls it: ``"import"``, ``"person.bulk"``, …"""
