"""The scenes of the dialogs that are opened from a page's smaller buttons."""

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QPushButton, QWidget

from patrol_desk.app.job import FixedPicker
from patrol_desk.app.scenes_map import open_map
from patrol_desk.app.scenes_settings import longer_rest
from patrol_desk.app.stage import Stage
from patrol_desk.common.clock import station_today
from patrol_desk.common.message import Message
from patrol_desk.services.importing import ImportUndo, LeftRow, UndoneTable
from patrol_desk.services.map import Unplaced
from patrol_desk.services.people import PersonRow, people_choices
from patrol_desk.services.people.duplicates import Twin
from patrol_desk.ui.pages.importing.left import LeftDialog
from patrol_desk.ui.pages.map.unplaced import UnplacedDialog
from patrol_desk.ui.pages.people.bulk_dialog import StatusDialog
from patrol_desk.ui.pages.people.merging import Merging
from patrol_desk.ui.pages.people.page import PeoplePage
from patrol_desk.ui.shell.errors import ErrorWindow

Act = Callable[[Stage], Awaitable[None]]
FOLDER: Final = "map-files"


def clicked(name: str, dialog: str) -> Act:
    """Return what clicks a button of three ticked people and waits for its dialog."""

    async def act(stage: Stage) -> None:
        await _ticked(stage)
        _click(stage, name)
        await _shown(stage, dialog)

    return act


async def _ticked(stage: Stage) -> Sequence[PersonRow]:
    """Tick the first three people and return them."""
    page = await _people(stage)
    page.model.ticks.clear()
    view = stage.find(QAbstractItemView, "people_table")
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Home)
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Space)
        QTest.keyClick(view, Qt.Key.Key_Down)
    await stage.settled()
    return [row for row in page.model.all_rows() if row.id in page.model.ticks]


async def _people(stage: Stage) -> PeoplePage:
    page = await stage.page("people")
    assert isinstance(page, PeoplePage)
    _click(stage, "books")
    await stage.settled()
    return page


async def status(stage: Stage) -> None:
    """Ask for a person's next status, its date and its reason."""
    people = await _ticked(stage)
    dialog = StatusDialog(stage.desk, people[0].name, people[0].status, station_today(stage.desk.clock))
    dialog.open()


async def proof(stage: Stage) -> None:
    """Add a certificate."""
    await _person(stage)
    bar = stage.find(QWidget, "person_tabs")
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Home)
    QTest.keyClick(bar, Qt.Key.Key_Right)
    await stage.settled()
    _click(stage, "add_certificate")
    await _shown(stage, "proof_dialog")


async def _person(stage: Stage) -> None:
    await _people(stage)
    view = stage.find(QAbstractItemView, "people_table")
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Return)
    await stage.settled()


async def merge(stage: Stage) -> None:
    """Lay two records side by side, as the list of likely doubles does."""
    people = await _ticked(stage)
    choices = await stage.desk.read(people_choices)
    first, second = (Twin(row.id, row.code, row.name) for row in people[:2])
    stage.desk.tasks.start("people", Merging(stage.desk).compare(first, second, choices), owner=stage.frame.page)
    await _shown(stage, "merge_dialog")


async def unsaved_person(stage: Stage) -> None:
    """Leave a person whose name was changed."""
    await _person(stage)
    bar = stage.find(QWidget, "person_tabs")
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Home)
    await stage.settled()
    name = stage.find(QLineEdit, "name")
    name.insert("A")
    name.textEdited.emit(name.text())
    QTest.keyClick(stage.find(QAbstractItemView, "people_table"), Qt.Key.Key_Down)
    await _shown(stage, "unsaved_dialog")


async def saved_again(stage: Stage) -> None:
    """Give the edit of the scene before up, and show the list without ticks."""
    _click(stage, "person_discard")
    page = await _people(stage)
    page.model.ticks.clear()


async def import_map(stage: Stage) -> None:
    """See what a file of roads would bring."""
    page = await open_map(stage)
    folder = stage.files.with_name(FOLDER)
    folder.mkdir(exist_ok=True)
    line = {"type": "LineString", "coordinates": [[113.7, 22.9], [113.72, 22.91]]}
    named: tuple[dict[str, str], ...] = ({"code": "R900", "name": "新开路"}, {})
    features = [{"type": "Feature", "properties": names, "geometry": line} for names in named]
    words = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / "roads.geojson").write_text(words, encoding="utf-8")
    page.acts.picker = FixedPicker(folder, folder)
    _click(stage, "map_import")
    await _shown(stage, "map_import_dialog")


async def unplaced(stage: Stage) -> None:
    """List two checkpoints without coordinates."""
    page = await open_map(stage)
    week = page.week
    assert week is not None
    rows = [Unplaced("checkpoint", post.id, 1, post.code, post.name, post.community) for post in week.posts[:2]]
    UnplacedDialog(stage.desk.host, stage.desk.theme, rows).open()


async def broken(stage: Stage) -> None:
    """Show the duties that a longer rest would forbid."""
    await longer_rest(stage)
    await stage.until(lambda: any(one.isVisible() for one in stage.window.findChildren(QPushButton, "rule_show")))
    _click(stage, "rule_show")
    await _shown(stage, "broken_duties")


async def unsaved_rules(stage: Stage) -> None:
    """Leave the rules while one is changed."""
    stage.desk.commands.start("go.today")
    await _shown(stage, "unsaved")


async def left(stage: Stage) -> None:
    """Say which rows stayed when an import was taken back."""
    await stage.page("importing", tab="past")
    table = Message("table.people")
    reason = Message("import.left_changed")
    rows = tuple(LeftRow(table, f"YJ-{number:06d}", reason) for number in range(1, 9))
    undone = ImportUndo("", (UndoneTable(table, 8_490, 0, len(rows)),), rows)
    LeftDialog(stage.desk.host, stage.desk.theme, undone).open()


async def locked(stage: Stage) -> None:
    """Ask for the passphrase of a file."""
    file = stage.files.with_name("locked.db")
    file.write_bytes(bytes(range(256)) * 32)  # nothing that begins as an open database does
    if stage.window.start is None:
        stage.window.open_start()
    assert stage.window.start is not None
    stage.window.start.offer(file)


async def fault(stage: Stage) -> None:
    """Show the window of an unforeseen error."""
    await stage.page("today")
    ErrorWindow("today", "ZeroDivisionError\npatrol_desk/ui/pages/today/page.py:1 begin", stage.window).show()


async def _shown(stage: Stage, name: str) -> None:
    await stage.until(lambda: any(one.isVisible() for one in stage.window.findChildren(QWidget, name)))


def _click(stage: Stage, name: str) -> None:
    QTest.mouseClick(stage.find(QAbstractButton, name), Qt.MouseButton.LeftButton)


PEOPLE: Final = (
    ("people-squad", clicked("bulk_squad", "squad_dialog"), True),
    ("people-cap", clicked("bulk_cap", "cap_dialog"), True),
    ("people-status", status, True),
    ("people-proof", proof, True),
    ("people-training", clicked("bulk_training", "training_dialog"), True),
    ("people-merge", merge, True),
    ("people-unsaved", unsaved_person, True),
    ("people-saved", saved_again, False),
)
MAP: Final = (
    ("map-import", import_map, True),
    ("map-unplaced", unplaced, True),
)
SETTINGS: Final = (("settings-broken", broken, True), ("settings-unsaved", unsaved_rules, True))
