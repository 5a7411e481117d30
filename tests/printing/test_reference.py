"""The short hash and the QR reference."""

from dataclasses import replace
from datetime import timedelta

from patrol_desk.printing.qr import qr_modules
from patrol_desk.services.printed.content import content_hash, reference, short_hash
from patrol_desk.services.sheet_data import PlanState, PrivacyProfile, SheetVersion
from tests.printing import specimens


def test_copies_of_one_content_have_one_hash() -> None:
    """Time, printer, profile, copy, state and telephone numbers do not change what the sheet says."""
    sheet = specimens.ordinary()
    rows = tuple(replace(row, phone="13900000000", changed=True) for row in sheet.rows)
    later = replace(
        sheet,
        rows=rows,
        printed_at=sheet.printed_at + timedelta(days=1),
        printed_by="",
        profile=PrivacyProfile.PUBLIC,
        copy_number=3,
        audit_head="ffff0000",
        leader_phone="",
        version=SheetVersion(PlanState.OUTDATED, 7, "r4187"),
    )
    assert content_hash(later) == content_hash(sheet)


def test_another_content_has_another_hash() -> None:
    """A name, a duty, a leave day: each changes the hash."""
    sheet = specimens.ordinary()
    first, *rest = sheet.rows
    moved = replace(first, cells=(*first.cells[1:], first.cells[0]))
    away = replace(first, cells=(specimens.LEAVE, *first.cells[1:]))
    others = [replace(sheet, rows=(row, *rest)) for row in (replace(first, name="梁子千"), moved, away)]
    hashes = {content_hash(other) for other in (sheet, *others, replace(sheet, duty_phone="0769-1"))}
    assert len(hashes) == 5


def test_the_code_holds_no_personal_data() -> None:
    """The code names the sheet: no person, no telephone number."""
    sheet = specimens.ordinary()
    code = reference(sheet, short_hash(sheet))
    assert code == f"PD1/SW/2026-W48/S012/V7/R4187/{short_hash(sheet).upper()}"
    assert not any(text in code for row in sheet.rows for text in (row.name, row.phone[-4:]))


def test_modules_are_a_square_of_dark_and_light() -> None:
    """A QR code's rows are as many as they are long, and its corner is a finder pattern."""
    modules = qr_modules("PD1/SW/2026-W48/S012/V7/R4187/59FEE32E")
    assert {len(row) for row in modules} == {len(modules)}
    assert modules[0].startswith("#######.")
