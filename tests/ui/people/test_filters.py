"""Whom the list shows while filters change: what is narrowed step by step is what a look at everybody finds."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.models import ActivityClass, Force, PersonStatus
from patrol_desk.services.finding.keys import search_keys
from patrol_desk.services.people import PersonRow, SkillTag, SquadTag
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.pages.people.filters import PAUSED, Filters, Looking

TODAY = date(2026, 11, 25)
SQUAD = SquadTag("q1", "Q01", "石桥一队", 1, ended=False)
SKILL = SkillTag("k1", "FIRST_AID", "急救", "救")
PLAIN = PersonRow(
    id="", code="", name="", sort_name="", squad=None, role=None, team_id="", team="", phone="",
    status=PersonStatus.ACTIVE, status_on=None, force=next(iter(Force)), activity_class=next(iter(ActivityClass)),
    retired=False, skills=(), expires_on=None, duties=0, cap=3, minutes=0, leave=None, free=0, search="",
)  # fmt: skip
NAMES = ("陈小明", "陈晓", "张伟", "单小明", "李正强", "吕布", "王军", "Anna Wei")


def person(number: int) -> PersonRow:
    """Return one of people who differ in all that is filtered by."""
    name = NAMES[number % len(NAMES)]
    code = f"YJ{number * 37:05d}"
    return replace(
        PLAIN, id=str(number), code=code, name=name, sort_name=f"{number * 7919 % 97:02d}",
        squad=SQUAD if number % 3 else None, team_id="t1" if number % 4 == 1 else "",
        team="先莞一队" if number % 4 == 1 else "", retired=number % 7 == 0, skills=(SKILL,) if number % 2 else (),
        expires_on=date(2026, 10 + number % 3, 28) if number % 5 else None, free=number % 8,
        pause=(date(2026, 11, 1), None) if number % 11 == 0 else None,
        search=search_keys(name, code, phone=f"138{number * 123457 % 10**8:08d}"),
    )  # fmt: skip


PEOPLE = [person(number) for number in range(60)]
QUERIES = st.one_of(
    st.sampled_from(["", "c", "ch", "che", "chen", "chenx", "0", "04", "046", "0467", "陈", "陈x", "w", "wj", " c"]),
    st.text("chenxmlzqw0146 陈", max_size=4),
)
LOOKS = st.builds(
    Filters,
    segment=st.sampled_from(["books", "team", "retired"]),
    query=QUERIES,
    squads=st.sampled_from([frozenset[str](), frozenset({"q1"})]),
    statuses=st.sampled_from([frozenset[str](), frozenset({PAUSED}), frozenset({PersonStatus.ACTIVE.value})]),
    skills=st.sampled_from([frozenset[str](), frozenset({"k1"})]),
    proof=st.sampled_from(["", "valid", "soon", "expired", "none"]),
    slots=st.sampled_from([0, 1, 6]),
)
STEPS = st.lists(st.one_of(LOOKS, QUERIES, st.sampled_from(["sort", "read"])), max_size=12)


def made() -> RowsModel[PersonRow]:
    """Return a list of everybody."""
    model: RowsModel[PersonRow] = RowsModel(
        [Column("name", lambda: "姓名", 90, lambda row: row.name, lambda row: row.sort_name)]
    )
    model.set_rows(PEOPLE)
    return model


@given(steps=STEPS)
def test_step_by_step_is_the_same_as_anew(steps: list[Filters | str]) -> None:
    """After any steps, typed or chosen, sorted or read again, a fresh list that looks once shows the same people."""
    model = made()
    looking, filters = Looking(model), Filters()
    for step in steps:
        if step == "sort":
            model.sort(0)
        elif step == "read":
            model.set_rows(PEOPLE[::-1])
        else:
            filters = step if isinstance(step, Filters) else filters.with_query(step)
            looking.look_for(filters, TODAY)
            once = filters.wanted(TODAY)
            fresh = made()
            fresh.choose(once)
            assert {row.id for row in model.shown_rows()} == {row.id for row in fresh.shown_rows()}
            everybody = list(model.all_rows())
            ordered = sorted(everybody, key=lambda row: row.sort_name) if model.sorted_by()[0] == 0 else everybody
            assert list(model.shown_rows()) == once(ordered)


def test_each_condition_holds_for_all_it_finds() -> None:
    """Segment, squad, pause, skill, proof, slots and what was typed are all asked of everybody found."""
    looked = Filters(squads=frozenset({"q1"}), skills=frozenset({"k1"}), proof="soon", slots=1, query="yj")
    found = looked.wanted(TODAY)(PEOPLE)
    assert found
    assert all(
        not row.retired and row.squad == SQUAD and row.skills and row.expires_on == date(2026, 11, 28) and row.free & 1
        for row in found
    )
    paused = Filters(statuses=frozenset({PAUSED})).wanted(TODAY)(PEOPLE)
    assert [row.id for row in paused] == [str(n) for n in range(60) if n % 11 == 0 and n % 7]


def test_another_day_is_looked_at_anew() -> None:
    """A certificate that ran out overnight brings people in that the day before did not show."""
    model = made()
    looking = Looking(model)
    looking.look_for(Filters(proof="expired"), date(2026, 10, 1))
    assert not model.shown_rows()
    looking.look_for(Filters(proof="expired"), TODAY)
    assert model.shown_rows()
