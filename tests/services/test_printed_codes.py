"""What a scanned code is worth: signed here or not, in force or not."""

from dataclasses import replace

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError, InvalidDataError
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.models import SheetKey
from patrol_desk.security import signing
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.printed.ask import Ask
from patrol_desk.services.printed.content import code_of, short_hash
from patrol_desk.services.printed.keys import CodeState, check_code, station_seal
from patrol_desk.services.printed.read import printed_sheets
from patrol_desk.storage import queries
from tests.helpers.tiny import MONDAY, WEEK, Tiny
from tests.services.test_sheets import assign
from tests.services.test_sheets_week import second_draft


def code(tiny: Tiny, chief: Actor, kind: str, ask: Ask, *, signed: bool = True) -> str:
    """Return what the first sheet's QR code says."""
    seal = station_seal(tiny.station, chief) if signed else None
    sheet = printed_sheets(tiny.station, chief, kind, ask, seal)[0]
    return code_of(sheet, short_hash(sheet))


def published(tiny: Tiny, chief: Actor) -> None:
    """Publish a week with one duty."""
    assign(tiny, ("A", "P1", "D", 0))
    publish(tiny.station, chief, WEEK)


def test_a_sheet_of_the_station_is_known_and_in_force(tiny: Tiny, chief: Actor) -> None:
    """The sentence says which sheet and what its foot must show."""
    published(tiny, chief)
    found = check_code(tiny.station, chief, code(tiny, chief, "squad-week", Ask(week=WEEK)))
    assert (found.state, found.kind.id, found.period, found.subject, found.number) == (
        CodeState.VALID, "squad-week", "2026-W48", "S1", 1,
    )  # fmt: skip
    assert (found.current, found.outdated, found.sentence.code) == (1, False, "sheet.code_in_force")
    assert all(found.short in render(found.sentence, language) for language in LANGUAGES)


def test_an_outdated_sheet_is_told_apart(tiny: Tiny, chief: Actor) -> None:
    """After the next version is published the same paper no longer holds; sheets of a day know their week."""
    published(tiny, chief)
    old = code(tiny, chief, "sign-in", Ask(day=MONDAY))
    second_draft(tiny, chief, ("B", "P1", "D", 0))
    publish(tiny.station, chief, WEEK)
    found = check_code(tiny.station, chief, old)
    assert (found.state, found.current, found.outdated) == (CodeState.VALID, 2, True)
    assert found.sentence.code == "sheet.code_outdated"


def test_a_sheet_without_a_plan_is_simply_the_stations(tiny: Tiny, chief: Actor) -> None:
    """A form has no version that could be outdated."""
    found = check_code(tiny.station, chief, code(tiny, chief, "availability", Ask(squads=("S1",))))
    assert (found.state, found.current, found.sentence.code) == (CodeState.VALID, None, "sheet.code_valid")


def test_a_code_that_was_altered_or_never_signed_is_not_believed(tiny: Tiny, chief: Actor) -> None:
    """Each changed character shows; another station's key signs nothing here."""
    published(tiny, chief)
    good = code(tiny, chief, "squad-week", Ask(week=WEEK))
    reference, signature = good.rsplit("/", 1)
    for wrong in (
        good.replace("S1", "S2"),
        f"{reference}/{signature[:-1]}0",
        f"{reference}/{signature[::-1]}",
        f"{reference}/",
    ):
        found = check_code(tiny.station, chief, wrong)
        assert (found.state, found.sentence.code) == (CodeState.FORGED, "sheet.code_forged")
    bare = check_code(tiny.station, chief, code(tiny, chief, "squad-week", Ask(week=WEEK), signed=False))
    assert (bare.state, bare.sentence.code) == (CodeState.UNSIGNED, "sheet.code_unsigned")


@pytest.mark.parametrize(
    "text",
    ["", "https://example.com", "PD1/XX/2026-W48/S1/V1/R1/00000000", "PD2/SW/2026-W48/S1/V1/R1/00000000",
     "PD1/SW/2026-W48/S1/Vx/R1/00000000", "PD1/SW/someday/S1/V1/R1/00000000", "PD1/SI/2026-13-40/P1/V1/R1/00000000",
     "PD1/SW/2026-W48/S1/V1/R1/" + "0" * 500],
)  # fmt: skip
def test_what_is_no_code_is_refused(tiny: Tiny, chief: Actor, text: str) -> None:
    """Hostile or mistyped text gets a sentence."""
    with pytest.raises(InvalidDataError) as refused:
        check_code(tiny.station, chief, text)
    assert render(refused.value.message)


def test_the_key_is_made_once_and_older_ones_still_verify(tiny: Tiny, chief: Actor) -> None:
    """A second key signs; what the first one signed is still the station's."""
    published(tiny, chief)
    old = code(tiny, chief, "squad-week", Ask(week=WEEK))
    assert station_seal(tiny.station, chief) == station_seal(tiny.station, chief)
    tiny.add(SheetKey(algorithm=signing.ALGORITHM, secret=signing.new_secret()))
    new = code(tiny, chief, "squad-week", Ask(week=WEEK))
    assert old.rsplit("/", 1)[1] != new.rsplit("/", 1)[1]
    assert {check_code(tiny.station, chief, text).state for text in (old, new)} == {CodeState.VALID}
    with tiny.station.read() as session:
        assert len(queries.many(session, SheetKey)) == 2


def test_the_key_is_in_no_log_and_whoever_may_not_print_does_not_sign(tiny: Tiny, chief: Actor) -> None:
    """The audit log says that a key was made, not which."""
    from patrol_desk.models import AuditEntry

    station_seal(tiny.station, chief)
    with tiny.station.read() as session:
        (secret,) = (key.secret for key in queries.many(session, SheetKey))
        entries = queries.many(session, AuditEntry)
    said = [str(entry.details) for entry in entries if entry.kind == "sheet_key"]
    assert said
    assert not any(secret.hex() in text or repr(secret) in text for text in said)
    with pytest.raises(ForbiddenError):
        station_seal(tiny.station, replace(chief, role="viewer"))
