"""Every sheet from the command line, and the check of what it prints."""

import json
from pathlib import Path

import pypdfium2
import pytest

from patrol_desk.__main__ import main
from patrol_desk.cli.sheets import SHEETS
from patrol_desk.common.message import Message
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.models import Person
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.printed.ask import Ask
from patrol_desk.services.printed.content import code_of, short_hash
from patrol_desk.services.printed.keys import station_seal
from patrol_desk.services.printed.read import printed_sheets
from tests.helpers.tiny import WEEK, Tiny, tiny_station
from tests.services.test_sheets import assign
from tests.services.test_sheets_week import second_draft

RARE = "\U000323af"
"""A character that the print font lacks."""
WHEN = {
    "muster-day": ("--day", "2026-11-27"),
    "sign-in": ("--day", "2026-11-23"),
    "call-sheet": ("--day", "2026-11-23"),
    "hours": ("--month", "2026-11"),
    "call-out": (),
    "availability": (),
}
"""What a kind must be told; the others a week."""


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """Give a station with two published versions of a week; its file is closed."""
    made = tiny_station(tmp_path)
    chief = made.station.system_actor()
    assign(made, ("A", "P1", "D", 0), ("C", "P2", "N", 4))
    publish(made.station, chief, WEEK)
    second_draft(made, chief, ("A", "P1", "D", 0), ("B", "P1", "D", 1), ("C", "P2", "N", 4))
    publish(made.station, chief, WEEK)
    return made


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run the command line and return exit code, output and complaints."""
    code = main(list(words))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize("kind", [kind for kind in SHEETS if kind != "muster-day"])
def test_each_kind_is_printed(tiny: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    """A PDF is there with as many pages as are told, in either language."""
    tiny.station.close()
    out = tmp_path / "out.pdf"
    told = WHEN.get(kind, ("--week", "2026-W48"))
    code, text, _err = said(
        capsys, "--lang", "en", "print", kind, "--db", str(tiny.station.path), "--out", str(out), *told, "--json"
    )
    assert code == 0
    figures = json.loads(text[text.index("{") : text.rindex("}") + 1])
    with pypdfium2.PdfDocument(out) as document:
        assert len(document) == figures["pages"] >= 1


def test_paper_size_and_margin_are_chosen_within_reason(
    tiny: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A3 at 130 % works for a squad's week; a paper or size that makes no sense gets a sentence and no file."""
    tiny.station.close()
    base = (
        "print",
        "squad-week",
        "--db",
        str(tiny.station.path),
        "--week",
        "2026-W48",
        "--out",
        str(tmp_path / "a.pdf"),
    )
    assert said(capsys, *base, "--paper", "A3", "--text", "130", "--margin", "12", "--profile", "public")[0] == 0
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as document:
        assert [round(length) for length in document[0].get_size()] == [1191, 842]
    (tmp_path / "a.pdf").unlink()
    for wrong in (("--paper", "A6"), ("--text", "200"), ("--margin", "60"), ("--day", "yesterday"), ("--month", "13")):
        code, _out, err = said(capsys, *base, *wrong)
        assert code != 0
        assert err.strip()
    assert not (tmp_path / "a.pdf").exists()


def test_a_scanned_code_is_checked(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> None:
    """Valid and in force, outdated, or forged: the exit code and the words say which."""
    chief = tiny.station.system_actor()
    seal = station_seal(tiny.station, chief)
    codes = []
    for number in (2, 1):
        ask = Ask(week=WEEK, squads=("S1",), number=number)
        (sheet,) = printed_sheets(tiny.station, chief, "squad-week", ask, seal)
        codes.append(code_of(sheet, short_hash(sheet)))
    new, old = codes
    tiny.station.close()
    database = ("--db", str(tiny.station.path))
    code, text, _err = said(capsys, "verify-code", new, *database)
    assert (code, "现行有效" in text) == (0, True)
    code, text, _err = said(capsys, "verify-code", old, *database, "--json")
    assert (code, '"current": 2' in text) == (1, True)
    code, text, _err = said(capsys, "verify-code", new.replace("S1", "S2"), *database)
    assert (code, render(Message("sheet.code_forged"), LANGUAGES[0]) in text) == (1, True)
    assert said(capsys, "verify-code", "hello", *database)[0] != 0


def test_several_kinds_are_printed_for_a_week(tiny: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One PDF, or one for each kind; a choice of squads or a missing week gets a sentence and writes nothing."""
    with tiny.station.write(tiny.station.system_actor(), "test.name") as unit:
        unit.session.get_one(Person, tiny.ids["A"]).name = f"甲{RARE}"
        unit.commit()
    tiny.station.close()
    base = ("print", "squad-week", "sign-in", "slip", "--db", str(tiny.station.path))
    one, folder = tmp_path / "one.pdf", tmp_path / "apart"
    code, text, err = said(capsys, *base, "--week", "2026-W48", "--out", str(one), "--json")
    assert code == 0
    assert render(Message("cli.unprintable", {"characters": [RARE]}), LANGUAGES[0]) in err
    figures = json.loads(text[text.index("{") : text.rindex("}") + 1])
    with pypdfium2.PdfDocument(one) as document:
        assert len(document) == figures["pages"]
    week = ("--week", "2026-W48", "--day", "2026-11-27", "--out", str(folder), "--apart")
    assert said(capsys, *base, *week)[0] == 0
    assert sorted(path.name[:10].strip() for path in folder.iterdir()) == ["2026-11-27", "2026-W48 个", "2026-W48 小"]
    for wrong in (("--week", "2026-W48", "--squad", "S1"), ()):
        code, _out, err = said(capsys, *base, *wrong, "--out", str(tmp_path / "no.pdf"))
        assert code != 0
        assert err.strip()
    assert not (tmp_path / "no.pdf").exists()
