"""Files handed on: names without people, whole or not at all, by command and by service."""

import json
import re
from pathlib import Path

import pytest

from patrol_desk.__main__ import main
from patrol_desk.cli.sheets import FORMS as TYPED_FORMS
from patrol_desk.cli.sheets import HANDED_ON
from patrol_desk.common.errors import CancelledByUserError, InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.printing.files import PrintFileError
from patrol_desk.printing.handon.files import HandedOn, HandOn, hand_on, safe
from patrol_desk.services.handon.forms import FORMS, Form
from patrol_desk.services.printed.ask import Ask
from tests.helpers.tiny import WEEK, Tiny, tiny_station
from tests.services.test_sheets import assign


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """A township with a drafted week; nothing here writes to it."""
    made = tiny_station(tmp_path_factory.mktemp("转发"))
    assign(made, ("A", "P1", "D", 0), ("C", "P2", "N", 4))
    return made


def written(tiny: Tiny, folder: Path, kind: str, form: Form, *, together: bool = False) -> HandedOn:
    """Hand on the week of everybody."""
    actor = tiny.station.system_actor()
    return hand_on(tiny.station, actor, HandOn(kind, form, Ask(week=WEEK), together=together), folder)


@pytest.mark.parametrize(
    ("kind", "form", "names"),
    [
        ("squad-week", Form.XLSX, ["2026-W48_S1.xlsx", "2026-W48_S2.xlsx"]),
        ("squad-week", Form.PNG, ["2026-W48_S1.png", "2026-W48_S2.png"]),
        ("squad-week", Form.TEXT, ["2026-W48_S1.txt", "2026-W48_S2.txt"]),
        ("squad-week", Form.ICS, ["2026-W48_S1.ics", "2026-W48_S2.ics"]),
        ("slip", Form.ICS, ["2026-W48_A.ics", "2026-W48_C.ics"]),
        ("availability", Form.XLSX, ["2026-11-22_availability_S1.xlsx", "2026-11-22_availability_S2.xlsx"]),
    ],
)
def test_names_hold_codes_and_no_telephone_number_is_in_any_file(
    tiny: Tiny, tmp_path: Path, kind: str, form: Form, names: list[str]
) -> None:
    """One file a squad or person, in order; the public profile shows no number."""
    done = written(tiny, tmp_path / "新" / "夹", kind, form)
    assert [path.name for path in done.files] == names
    assert sorted(path.name for path in (tmp_path / "新" / "夹").iterdir()) == names
    if form in {Form.TEXT, Form.ICS}:
        shown = "".join(path.read_text(encoding="utf-8") for path in done.files)
        assert re.findall(r"(?<!\d)1\d{10}(?!\d)", shown) == []
    assert len(done.sheets) == (0 if form is Form.ICS else 2), "forms too: they tell who has not answered"


def test_a_picture_is_a_picture_of_the_sheet(tiny: Tiny, tmp_path: Path) -> None:
    """A4 in landscape at 150 dots an inch."""
    from PySide6.QtGui import QImage

    first = QImage(str(written(tiny, tmp_path, "squad-week", Form.PNG).files[0]))
    assert (first.width(), first.height()) == (1754, 1240)


def test_all_squads_in_one_workbook(tiny: Tiny, tmp_path: Path) -> None:
    """A sheet each, by name."""
    import openpyxl

    (file,) = written(tiny, tmp_path, "squad-week", Form.XLSX, together=True).files
    assert (file.name, openpyxl.load_workbook(file).sheetnames) == ("2026-W48_squads.xlsx", ["石桥队", "榕树队"])


def test_a_kind_in_a_form_it_has_not(tiny: Tiny, tmp_path: Path) -> None:
    """What it can be is said, in both languages."""
    for kind, form in (("slip", Form.PNG), ("overview", Form.XLSX)):
        with pytest.raises(InvalidDataError) as refused:
            written(tiny, tmp_path, kind, form)
        assert all(render(refused.value.message, language) for language in LANGUAGES)
    assert list(tmp_path.iterdir()) == []


def test_stopping_leaves_whole_files(tiny: Tiny, tmp_path: Path) -> None:
    """The first stands, the second was never begun."""
    steps: list[tuple[int, int]] = []

    def told(_what: Message, done: int, total: int) -> None:
        steps.append((done, total))

    with pytest.raises(CancelledByUserError):
        hand_on(
            tiny.station, tiny.station.system_actor(), HandOn("squad-week", Form.TEXT, Ask(week=WEEK)), tmp_path,
            progress=told, cancelled=lambda: bool(steps),
        )  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["2026-W48_S1.txt"]
    assert steps == [(0, 2)]


def test_a_folder_that_is_a_file(tiny: Tiny, tmp_path: Path) -> None:
    """A sentence instead of a traceback."""
    (tmp_path / "夹").write_text("文件", encoding="utf-8")
    with pytest.raises(PrintFileError):
        written(tiny, tmp_path / "夹", "squad-week", Form.TEXT)


def test_codes_become_names_of_files() -> None:
    """Separators of folders, colons and dots at the ends go."""
    assert safe("2026-W48_../a:b ") == "2026-W48_..-a-b"
    assert safe("///") == "sheet"


def test_the_command_offers_what_there_is() -> None:
    """Its words are those of the service."""
    assert set(HANDED_ON) == set(FORMS)
    assert list(TYPED_FORMS) == [form.value for form in Form]


def test_the_command_writes_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As figures and in words."""
    made = tiny_station(tmp_path)
    assign(made, ("C", "P2", "N", 4))
    made.station.close()
    week = ["--db", str(made.station.path), "--week", "2026-W48", "--out", str(tmp_path / "出")]
    assert main(["hand-on", "squad-week", "--as", "ics", "--squad", "S2", "--json", *week]) == 0
    assert json.loads(capsys.readouterr().out)["files"] == ["2026-W48_S2.ics"]
    assert main(["hand-on", "squad-week", "--as", "txt", "--lang", "en", *week]) == 0
    assert "Wrote files to" in capsys.readouterr().out
    assert main(["hand-on", "slip", "--as", "png", *week]) == 1
    assert "可以选：ics" in capsys.readouterr().err


def test_one_workbook_of_all_squads_tells_its_sheets_and_can_be_stopped(tiny: Tiny, tmp_path: Path) -> None:
    """Progress counts the sheets inside the one file; stopped after the first, no file is there."""
    steps: list[tuple[int, int]] = []

    def told(_what: Message, done: int, total: int) -> None:
        steps.append((done, total))

    what = HandOn("squad-week", Form.XLSX, Ask(week=WEEK), together=True)
    actor = tiny.station.system_actor()
    with pytest.raises(CancelledByUserError):
        hand_on(tiny.station, actor, what, tmp_path, progress=told, cancelled=lambda: (0, 2) in steps)
    assert list(tmp_path.iterdir()) == []
    steps.clear()
    hand_on(tiny.station, actor, what, tmp_path, progress=told)
    assert (0, 2) in steps
    assert (1, 2) in steps
    assert len(list(tmp_path.iterdir())) == 1
