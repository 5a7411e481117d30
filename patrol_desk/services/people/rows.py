"""What the list of people shows of each, as frozen data."""

from dataclasses import dataclass, field
from datetime import date

from patrol_desk.models import ActivityClass, Force, PersonStatus, SquadRole


@dataclass(frozen=True, slots=True)
class SquadTag:
    """A squad as it stands beside a name.

    Parameters
    ----------
    colour
        Number of the squad's colour, from 0: the same as on the roster.
    ended
        Whether the squad was dissolved.
    """

    id: str
    code: str
    name: str
    colour: int
    ended: bool


@dataclass(frozen=True, slots=True)
class SkillTag:
    """A skill: its code tells the icon, its mark stands for it where there is none."""

    id: str
    code: str
    name: str
    mark: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the list.

    Parameters
    ----------
    sort_name
        What names are sorted by: pinyin.
    squad, role
        The squad today; None without one.
    team_id, team
        Id and name of the response team today, or empty.
    phone
        Masked: ``138****2046``; empty without one.
    skills
        Skills with a certificate valid today, by code.
    expires_on
        The earliest day on which a certificate runs out, or ran out; None when none does.
    duties, cap
        Duties in the week's newest plan, and the most in a week.
    minutes
        Minutes served in the last 30 days.
    leave
        First and last day of the leave today, or else of the next within a fortnight.
    pause
        First and last day (None: until further notice) of the pause today, or else of the next within a fortnight.
    free
        Bit ``pattern · 7 + weekday`` is set where the person can serve; patterns in the order of the day.
    refresh_on
        The earliest last day of a course that must be refreshed; None when none must.
    search
        The key that `services.finding.keys.matcher` looks into; never shown.
    """

    id: str
    code: str
    name: str
    sort_name: str
    squad: SquadTag | None
    role: SquadRole | None
    team_id: str
    team: str
    phone: str
    status: PersonStatus
    status_on: date | None
    force: Force
    activity_class: ActivityClass
    retired: bool
    skills: tuple[SkillTag, ...]
    expires_on: date | None
    duties: int
    cap: int
    minutes: int
    leave: tuple[date, date] | None
    free: int
    search: str = field(repr=False)
    pause: tuple[date, date | None] | None = None
    refresh_on: date | None = None

    def paused(self, today: date) -> bool:
        """Say whether the person is paused today."""
        return self.pause is not None and self.pause[0] <= today

    def expired(self, today: date) -> bool:
        """Say whether a certificate has run out."""
        return self.expires_on is not None and self.expires_on < today
