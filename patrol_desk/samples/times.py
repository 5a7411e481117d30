"""When the people of a generated township say they can serve."""

from typing import Final

from patrol_desk.models.enums import ActivityClass, Preference
from patrol_desk.samples.draw import Draw
from patrol_desk.samples.folk import (
    DRIVING,
    EVENING,
    FIRST_AID,
    FRIDAY_NIGHT,
    PATTERNS,
    SATURDAY_NOON,
    SHIFTS,
    SUNDAY_NIGHT,
    Folk,
    shift_of,
)

_WORKDAY: Final = {"worker": (20, 25, 470, 130), "retired": (480, 470, 260, 15), "free": (220, 260, 330, 210)}
_WEEKEND: Final = {"worker": (420, 440, 430, 150), "retired": (380, 380, 220, 15), "free": (260, 280, 350, 230)}
_LIVES: Final = (("worker", 58), ("retired", 22), ("free", 20))
_PREFERENCES: Final = ((Preference.PREFER, 25), (Preference.FINE, 55), (Preference.AVOID, 20))


SCARCE_SKILLS: Final = {FRIDAY_NIGHT: DRIVING, SATURDAY_NOON: FIRST_AID, SUNDAY_NIGHT: ""}
"""Shifts in which the township is short of holders of a skill, or ("") of anybody.

Drivers deliver goods on Friday night, first-aiders have a refresher course on Saturday afternoon and nearly everybody
works on Monday: who serves then nevertheless is drawn one by one.
"""


def scarce_for(person: Folk, shift: int) -> bool:
    """Say whether a shift is closed to the person unless drawn for one of its scarce seats."""
    return SCARCE_SKILLS.get(shift) in ("", *person.skills)


def draw_availability(people: list[Folk], seed: int) -> None:
    """Give everybody on the roster a week of preferences that fits a way of life."""
    draw = Draw(seed, "availability")
    for person in people:
        if not person.rostered:
            continue
        life = draw.weighted(_LIVES)
        keen = 1000 if person.activity is ActivityClass.WEEKLY else 720
        for shift in range(SHIFTS):
            day, pattern = divmod(shift, PATTERNS)
            rate = (_WEEKEND if day >= 5 else _WORKDAY)[life][pattern]
            wanted = draw.chance(rate * keen // 1000)
            preference = draw.weighted(_PREFERENCES)
            if wanted and not scarce_for(person, shift):
                person.availability[shift] = preference
        if not any(person.availability):
            person.availability[shift_of(draw.below(5), EVENING)] = Preference.FINE
