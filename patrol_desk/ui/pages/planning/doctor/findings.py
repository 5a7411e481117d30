"""What the doctor found, as rows of a file: gaps, those who come nearest, ways out."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import day_text
from patrol_desk.ui.pages.planning.doctor.words import (
    away_text,
    kind_text,
    places_text,
    way_cost,
    way_gain,
    way_names,
    way_title,
    when_text,
)

if TYPE_CHECKING:
    from patrol_desk.services.planning.doctor_data import Diagnosis, GapGroup


def headings() -> tuple[str, ...]:
    """Return the first row."""
    return (
        tr("类别"), tr("日期"), tr("班次|列"), tr("席位"), tr("需要"), tr("到岗"), tr("缺|列"), tr("已证明"),
        tr("在哪里"), tr("姓名"), tr("小组|列"), tr("距离（km）"), tr("说明"), tr("怎样可排"),
    )  # fmt: skip


def rows_of(found: "Diagnosis") -> list[tuple[str, ...]]:
    """Return the rows: each gap, under it those who come nearest; then the ways out, cheapest first."""
    rows = [row for group in found.groups for row in _group(group)]
    for way in found.proposals:
        blank = ("",) * 7
        told = (way_title(way), f"{way_gain(way)} · {way_cost(way)}")
        rows.append((tr("办法"), *blank, way_names(way), "", "", "", *told))
    return rows


def _group(group: "GapGroup") -> Iterator[tuple[str, ...]]:
    when = (day_text(group.on_date), when_text(group), kind_text(group))
    counts = tuple(map(str, (group.needed, group.filled, group.missing, group.proven)))
    yield (tr("缺口"), *when, *counts, places_text(group), "", "", "", say(group.message), "")
    for person in group.nearest:
        yield (
            tr("最接近"), *when, "", "", "", "", person.seat.place, person.name, person.squad,
            f"{person.metres / 1000:.1f}", away_text(person), say(person.serve),
        )  # fmt: skip
