"""Two people who must serve together cannot be kept apart as well: the later row is told where the other stands."""

from pathlib import Path

import pytest

from patrol_desk.messages import render
from patrol_desk.sync.kinds import References
from tests.helpers.sync_read import codes, match
from tests.sync.test_matching import counts, put, stored

TABLE = "person_pairs"


@pytest.fixture
def people() -> References:
    """Return what is known: three people."""
    known = References()
    for code in ("V1", "V2", "V3"):
        known.add("people", code, f"id-{code}")
    return known


def pair(one: str, other: str, relation: str, **more: str) -> dict[str, str]:
    """Return a row of the file."""
    return {"人员编号": one, "另一人员编号": other, "关系": relation, **more}


def test_the_opposite_of_an_earlier_row_is_kept_out(tmp_path: Path, people: References) -> None:
    """In the other order, too; the same once more is no contradiction."""
    rows = [pair("V1", "V2", "同岗"), pair("V2", "V1", "不同岗"), pair("V3", "V1", "同岗"), pair("V1", "V3", "同岗")]
    outcome = match(put(tmp_path, f"{TABLE}.csv", rows), table=TABLE, references=people)
    assert counts(outcome) == (3, 0, 0, 1)
    assert codes(outcome) == [{"contradicts_row"}]
    (rejection,) = outcome.rejected
    (cell,) = rejection.faults
    assert rejection.place.line == 3
    assert "第 2 行" in render(cell.fault.reason, "zh")
    assert all(
        render(each, language) for each in (cell.fault.reason, cell.fault.suggestion) for language in ("zh", "en")
    )


def test_the_opposite_of_a_stored_pair_is_kept_out_until_that_one_ends(tmp_path: Path, people: References) -> None:
    """Ended in the same file it contradicts no more; changed itself it is no contradiction."""
    path = put(tmp_path, f"{TABLE}.csv", [pair("V1", "V2", "同岗")])
    before = stored(match(path, table=TABLE, references=people))
    put(tmp_path, f"{TABLE}.csv", [pair("V2", "V1", "不同岗")])
    outcome = match(tmp_path, before, table=TABLE, references=people)
    assert codes(outcome) == [{"contradicts_stored"}]
    (cell,) = outcome.rejected[0].faults
    assert all(
        render(each, language) for each in (cell.fault.reason, cell.fault.suggestion) for language in ("zh", "en")
    )
    ended = [pair("V1", "V2", "同岗", 停用日期="2026-11-01"), pair("V2", "V1", "不同岗", 停用日期="")]
    put(tmp_path, f"{TABLE}.csv", ended)
    outcome = match(tmp_path, before, table=TABLE, references=people)
    assert counts(outcome) == (1, 1, 0, 0)
    put(tmp_path, f"{TABLE}.csv", [pair("V1", "V2", "不同岗")])
    assert counts(match(tmp_path, before, table=TABLE, references=people)) == (0, 1, 0, 0)
    after = stored(outcome)
    put(tmp_path, f"{TABLE}.csv", [pair("V1", "V2", "同岗", 停用日期="2026-11-02")])
    assert counts(match(tmp_path, after, table=TABLE, references=people)) == (0, 1, 0, 0)
