"""Several kinds in one document, in a folder of documents, and as pages for a printer."""

from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from patrol_desk.common.errors import CancelledByUserError, InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.printing import Look
from patrol_desk.printing.files import PrintFileError
from patrol_desk.printing.township import Written, township_pages, write_township
from patrol_desk.services.printed.content import PrintedSheet
from patrol_desk.services.printed.township import OF_SQUADS, Part
from tests.printing import specimens, specimens_of_kinds

FRIDAY = specimens_of_kinds.FRIDAY


def parts() -> list[Part]:
    """Return two squads, a sign-in sheet, the township on A3, and five slips."""
    slips = tuple(specimens_of_kinds.slip(number) for number in range(5))
    return [
        Part("squad-week", None, (specimens.ordinary(), specimens.hard())),
        Part("sign-in", FRIDAY, (specimens_of_kinds.sign_in(),)),
        Part(OF_SQUADS, FRIDAY, (specimens_of_kinds.sign_in_squad(),)),
        Part("overview", None, (specimens_of_kinds.overview(),)),
        Part("slip", None, slips),
    ]


def test_one_document_holds_every_kind_on_its_own_paper(tmp_path: Path) -> None:
    """Names come out of every kind, the overview is A3, and the outline has a chapter for each kind."""
    out, written, seen = tmp_path / "一次.pdf", Written([], []), []

    def told(_what: Message, done: int, total: int) -> None:
        seen.append((done, total))

    write_township(parts(), out, Look("zh"), written, progress=told)
    with pypdfium2.PdfDocument(out) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
        widths = [round(page.get_width()) for page in document]
        assert len(document) == written.pages
    assert all(row.name in text for row in specimens.ordinary().rows)
    assert all(person in text for person in specimens_of_kinds.PEOPLE[:5])
    assert {595, 842, 1191} == set(widths)
    with pikepdf.open(out) as pdf, pdf.open_outline() as outline:
        assert pdf.docinfo["/Title"] == "莞溪镇执勤材料 2026-W48"
        chapters = [(item.title, len(item.children)) for item in outline.root]
    assert [count for _title, count in chapters] == [2, 1, 1, 1, 2]
    assert chapters[0][0].endswith("2026-W48")
    assert chapters[1][0].endswith("2026-11-27")
    assert (written.files, len(written.sheets)) == ([out], 10)
    assert seen == [(done, 10) for done in range(11)]


def test_a_folder_holds_a_file_for_each_part(tmp_path: Path) -> None:
    """Their names say week or day and the kind, and nobody's name; progress counts over all of them."""
    folder, written, seen = tmp_path / "新", Written([], []), []

    def told(_what: Message, done: int, total: int) -> None:
        seen.append((done, total))

    write_township(parts(), folder, Look("en", scale=1.15, margin=8.0), written, apart=True, progress=told)
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(path.name for path in written.files)
    assert len(set(names)) == 5
    assert all(name.startswith(("2026-W48 ", "2026-11-27 ")) for name in names)
    assert [done for done, _total in seen] == sorted(done for done, _total in seen)
    assert {total for _done, total in seen} == {10}


def test_a_stop_leaves_whole_files_and_says_which(tmp_path: Path) -> None:
    """In a folder what stands, stands; a single document is not begun."""
    for apart, files, sheets in ((True, 1, 2), (False, 0, 0)):
        folder, written = tmp_path / str(apart), Written([], [])
        asked: list[int] = []

        def cancelled(asked: list[int] = asked) -> bool:
            asked.append(1)
            return len(asked) > 6

        with pytest.raises(CancelledByUserError):
            write_township(parts(), folder, Look("zh"), written, apart=apart, cancelled=cancelled)
        assert (len(written.files), len(written.sheets)) == (files, sheets)
        assert len(list(folder.iterdir()) if folder.exists() else []) == files
    with pytest.raises(InvalidDataError):
        write_township([], tmp_path / "nothing.pdf", Look("zh"), Written([], []))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the kernel's full device is Linux's")
def test_a_full_disk_between_two_files_is_said_and_the_first_stands(tmp_path: Path) -> None:
    """The second file's place lies on a device that is really full."""
    written = Written([], [])
    order = parts()[:2]
    write_township(order[1:], tmp_path / "names", Look("zh"), Written([], []), apart=True)
    (name,) = (path.name for path in (tmp_path / "names").iterdir())
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / f"{name}.part").symlink_to("/dev/full")
    with pytest.raises(PrintFileError) as caught:
        write_township(order, folder, Look("zh"), written, apart=True)
    assert caught.value.message.code == "print.disk_full"
    assert [path.name for path in folder.iterdir()] == [written.files[0].name]
    assert len(written.sheets) == 2


def test_pages_for_a_printer_tell_what_is_out() -> None:
    """A sheet counts as sent when its last page was taken; those who share a paper count together."""
    sent: list[PrintedSheet] = []
    counts = [len(sent) for _page in township_pages(parts(), Look("zh"), sent, lambda _what, _done, _total: None)]
    assert counts == sorted(counts)
    assert len(sent) == 10
    assert counts[-1] == 9
