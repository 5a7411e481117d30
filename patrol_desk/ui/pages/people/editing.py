"""The panel's work: read the person in view, save, make a new one, ask before edits are lost."""

from collections.abc import Callable, Coroutine

from PySide6.QtCore import QObject, Signal

from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.services.people import create_person, doubles, next_code, person_detail, update_person
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.people.basics import UNIQUE
from patrol_desk.ui.pages.people.dialogs import ask_unsaved
from patrol_desk.ui.pages.people.panel import PersonPanel
from patrol_desk.ui.widgets.confirm import confirm

_FIELD = "people.field_"


class PersonEditor(QObject):
    """Keeps the panel in step with the station.

    Parameters
    ----------
    desk
        The open station.
    panel
        The panel.

    Attributes
    ----------
    created
        Sent with the id of a person who was made.
    gone
        Sent when the person in view is not there any more.
    """

    created = Signal(str)
    gone = Signal()
    twins_wanted = Signal()

    def __init__(self, desk: Desk, panel: PersonPanel) -> None:
        super().__init__(panel)
        self._desk = desk
        self.panel = panel
        self._saving = False
        panel.save_wanted.connect(self.save)
        panel.discard_wanted.connect(panel.discard)
        panel.edited.connect(self._look_up)

    # Reading

    def show(self, person_id: str) -> None:
        """Show a person, unless there are edits that are not saved."""
        if not self.panel.unsaved():
            self._start("people.detail", self._read(person_id))

    def reread(self) -> None:
        """Read the person in view again."""
        if self.panel.detail is not None and not self.panel.unsaved():
            self._start("people.detail", self._read(self.panel.detail.id))

    async def _read(self, person_id: str) -> None:
        try:
            detail = await self._desk.read(person_detail, person_id, self._desk.week)
        except ConcurrentChangeError:
            self.panel.show_nobody()
            self.gone.emit()
            return
        if not self.panel.unsaved():
            self.panel.show_person(detail)

    def new(self) -> None:
        """Ask for a new person."""
        self.guard(self._new)

    def _new(self) -> None:
        self.panel.show_new("")
        self._start("people.detail", self._suggest())

    async def _suggest(self) -> None:
        code = await self._desk.read(next_code)
        if self.panel.mode == "new":
            self.panel.basics.suggest_code(code)

    # Saving

    def save(self) -> None:
        """Save what was edited; a second press while it is being saved does nothing."""
        if self.panel.unsaved() and not self._saving:
            self._start("people.save", self._save())

    async def _save(self) -> bool:
        self._saving = True
        try:
            return await self._write()
        finally:
            self._saving = False

    async def _write(self) -> bool:
        panel = self.panel
        if not panel.basics.right():
            panel.tabs.choose("basics")
            return False
        try:
            await (self._create() if panel.mode == "new" else self._update())
        except InvalidDataError as error:
            if not self._tell_field(error.message):
                self._desk.tell(say(error.message), "error")
            return False
        except ConcurrentChangeError as error:
            await self._moved_on(error)
            return False
        return True

    async def _create(self) -> None:
        basics = self.panel.basics
        texts = basics.texts()
        saved = await self._desk.write(
            tr("新增 {name}", name=texts.get("name", "")), create_person, texts, squad=basics.squad()
        )
        detail = await self._desk.read(person_detail, saved.person_id, self._desk.week)
        self.panel.show_person(detail)
        self._told(saved.warnings)
        self.created.emit(saved.person_id)

    async def _update(self) -> None:
        detail = self.panel.detail
        assert detail is not None
        texts = {**self.panel.basics.texts(), **self.panel.times.texts()}
        saved = await self._desk.write(
            tr("修改 {name}", name=detail.fields["name"]), update_person, detail.id, texts,
            seen=detail.row_version, cells=self.panel.times.cells(),
        )  # fmt: skip
        self.panel.show_person(await self._desk.read(person_detail, detail.id, self._desk.week))
        self._told(saved.warnings)

    def _told(self, warnings: tuple[Message, ...]) -> None:
        if warnings:
            compare = (tr("查重"), self.twins_wanted.emit)
            self._desk.tell(tr("已保存。{warning}", warning=say(warnings[0])), "warn", action=compare)
        else:
            self._desk.tell(tr("已保存。"), "ok")

    def _tell_field(self, message: Message) -> bool:
        """Say at the field what the service found wrong with it; say whether it is in the form."""
        field, what = message.params.get("field"), message.params.get("problem")
        if not isinstance(field, Message) or not isinstance(what, Message):
            return False
        if not self.panel.basics.tell_wrong(field.code.removeprefix(_FIELD), say(what)):
            return False
        self.panel.tabs.choose("basics")
        return True

    async def _moved_on(self, error: ConcurrentChangeError) -> None:
        """Offer to read again what somebody else changed; the edits are kept until then."""
        detail = self.panel.detail
        title = tr("别人刚改过这个人")
        sentences = [say(error.message), tr("重新读取会放弃这里没有保存的改动。")]
        if await confirm(self._desk.host, self._desk.theme, title, sentences, tr("重新读取")) and detail is not None:
            self.panel.show_person(await self._desk.read(person_detail, detail.id, self._desk.week))

    # Not losing edits

    def guard(self, go_on: Callable[[], object], stay: Callable[[], object] | None = None) -> None:
        """Go on at once, or after what is not saved was saved or given up; else `stay`."""
        if self.panel.unsaved():
            self._start("people.guard", self._guard(go_on, stay))
        else:
            go_on()

    async def _guard(self, go_on: Callable[[], object], stay: Callable[[], object] | None) -> None:
        detail = self.panel.detail
        name = detail.fields["name"] if detail is not None else tr("新增人员")
        answer = await ask_unsaved(self._desk, name, self.panel.unsaved())
        if answer == "drop":
            self.panel.discard()
        if answer == "drop" or (answer == "save" and await self._save()):
            go_on()
        elif stay is not None:
            stay()

    # While typing

    def _look_up(self, key: str) -> None:
        if key in UNIQUE:
            self._start("people.doubles", self._find_doubles())

    async def _find_doubles(self) -> None:
        detail = self.panel.detail
        texts = self.panel.basics.unique_texts()
        found = await self._desk.read(doubles, texts, detail.id if detail is not None else None)
        self.panel.basics.show_doubles(found)

    def _start(self, name: str, work: Coroutine[object, object, object]) -> None:
        self._desk.tasks.start(name, work, owner=self.panel, exclusive=name)
