"""Steps of the import page, taken by a clerk on small files."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from patrol_desk.common.actor import Actor
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.models import Base, Record, Role
from patrol_desk.services.importing import FileChoice, FoundFile, ImportChoices, ImportPreview, inspect_files
from patrol_desk.services.station import Station
from patrol_desk.storage import bulk
from tests.helpers.sync_data import csv_text

CLERK = Actor(None, "内勤", Role.CLERK)
Rows = Sequence[Mapping[str, str]]
PEOPLE: Rows = [{"人员编号": f"V{number}", "姓名": f"甲{number}"} for number in range(1, 31)]
_NOT_IMPORTED = {"audit_entry", "import_run", "account"}
_BOOKKEEPING = {"row_version", "changed_at", "changed_by"}


def put(path: Path, rows: Rows, encoding: str = "gb18030", delimiter: str = ",") -> ImportChoices:
    """Write one file and choose it."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(csv_text(rows, delimiter=delimiter).encode(encoding))
    return ImportChoices((path,))


def skill(code: str, name: str) -> dict[str, str]:
    """Return the row of a skill."""
    return {"技能编号": code, "技能名称": name, "技能简称": name[0]}


def check_character(stem: str) -> str:
    """Return the last character of a resident ID, by GB 11643-1999."""
    return "10X98765432"[sum(int(digit) * pow(2, 17 - at, 11) for at, digit in enumerate(stem)) % 11]


def look(station: Station, choices: ImportChoices) -> FoundFile:
    """Return the only file that is found."""
    (found,) = inspect_files(station, CLERK, choices)
    return found


def correct(choices: ImportChoices, key: str, choice: FileChoice) -> ImportChoices:
    """Return the choices with a correction."""
    return replace(choices, files={**choices.files, key: choice})


def asked(preview: ImportPreview) -> list[tuple[str, int, bool]]:
    """Return what is asked, for how many rows, and whether it was confirmed; every sentence has its words."""
    for question in preview.questions:
        assert all(render(text, language) for text in (question.text, *question.lines) for language in LANGUAGES)
    return [(question.confirmation.value, question.count, question.confirmed) for question in preview.questions]


def model_of(kind: str) -> type[Record]:
    """Return the model of a database table."""
    found: type[Record] = next(m.class_ for m in Base.registry.mappers if m.class_.__tablename__ == kind)
    return found


def content(station: Station) -> dict[str, dict[str, dict[str, object]]]:
    """Return everything that can be imported, without who wrote it when."""
    found: dict[str, dict[str, dict[str, object]]] = {}
    with station.read() as session:
        for kind in Base.metadata.tables.keys() - _NOT_IMPORTED:
            rows = bulk.dicts(session, model_of(kind))
            found[kind] = {str(row["id"]): {k: v for k, v in row.items() if k not in _BOOKKEEPING} for row in rows}
    return found
