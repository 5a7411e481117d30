"""What the panel's buttons and menu do with the person in view."""

from collections.abc import Callable, Coroutine, Sequence

from PySide6.QtCore import QObject

from patrol_desk.services.people import Choices, PersonRow, TrainingRow
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.pages.people.acting import Act, PeopleActions
from patrol_desk.ui.pages.people.editing import PersonEditor
from patrol_desk.ui.pages.people.merging import Merging
from patrol_desk.ui.pages.people.sparing import Sparing
from patrol_desk.ui.pages.people.training import TrainingActs

_Detailed = Callable[..., Coroutine[object, object, object]]


class PanelActs(QObject):
    """Connects the panel with the acts.

    Parameters
    ----------
    desk
        The open station.
    editor
        Keeps the panel in step.
    actions
        What can be done.
    everybody
        Gives every row of the list.
    """

    def __init__(
        self, desk: Desk, editor: PersonEditor, actions: PeopleActions, everybody: Callable[[], Sequence[PersonRow]]
    ) -> None:
        super().__init__(editor)
        self._desk, self._editor, self._actions, self._everybody = desk, editor, actions, everybody
        self._panel = editor.panel
        self._training = TrainingActs(desk)
        self.choices: Choices | None = None
        self._connect()

    def _connect(self) -> None:
        head, times, proofs, actions = self._panel.head, self._panel.times, self._panel.proofs, self._actions
        guard = self._editor.guard
        head.reveal_wanted.connect(lambda: self._start(self._reveal()))
        head.menu.aboutToShow.connect(self._fill_menu)
        head.chosen.connect(self._act)
        times.copy_wanted.connect(lambda: guard(lambda: self._start(self._copy_week())))
        times.leave_wanted.connect(lambda: self._start(actions.leave(self._shown_person())))
        times.leave_opened.connect(lambda row: self._with_detail(actions.change, row))
        times.leave_removed.connect(lambda row: self._with_detail(actions.withdraw, row))
        times.spared_removed.connect(lambda row: self._with_detail(Sparing(self._desk).give_up, row))
        proofs.added.connect(lambda: self._with_detail(actions.prove, self._skills()))
        proofs.opened.connect(lambda row: self._with_detail(actions.prove, self._skills(), row))
        proofs.removed.connect(lambda row: self._with_detail(actions.unprove, row))
        proofs.training.added.connect(lambda: self._start(self.train(self._shown_person())))
        proofs.training.opened.connect(lambda row: self._start(self._retrain(row)))
        proofs.training.removed.connect(lambda row: self._with_detail(self._training.remove, row))

    def _start(self, work: Coroutine[object, object, object]) -> None:
        self._desk.tasks.start("people", work, owner=self)

    def _skills(self) -> Sequence[object]:
        return self.choices.skills if self.choices is not None else ()

    def _shown_person(self) -> list[PersonRow]:
        held = self._panel.detail
        return [row for row in self._everybody() if held is not None and row.id == held.id]

    async def _reveal(self) -> None:
        detail = self._panel.detail
        if detail is not None:
            number = await self._actions.number(detail)
            if self._panel.detail is not None and self._panel.detail.id == detail.id:
                self._panel.head.reveal(number)

    async def _copy_week(self) -> None:
        if self._panel.detail is not None:
            await self._actions.copy_week(self._panel.detail, self._everybody())

    async def move(self, people: list[PersonRow]) -> None:
        """Move people to another squad."""
        if self.choices is not None:
            await self._actions.move(people, self._everybody(), self.choices)

    async def train(self, people: list[PersonRow]) -> None:
        """Note a course for people."""
        if self.choices is not None and people:
            await self._training.note(people, self.choices)

    async def _retrain(self, row: TrainingRow) -> None:
        if self.choices is not None and self._panel.detail is not None:
            await self._training.change(self._panel.detail, self.choices, row)

    async def bulk(self, people: list[PersonRow]) -> None:
        """Change many at once."""
        if self.choices is not None and people:
            await self._actions.bulk(people, self.choices)

    async def duplicates(self) -> None:
        """Look for records of one person."""
        if self.choices is not None:
            await Merging(self._desk).look(self.choices)

    async def export(self, people: list[PersonRow]) -> None:
        """Write people to files that the import takes."""
        if people:
            await self._actions.export(people)

    def _with_detail(self, act: _Detailed, *what: object) -> None:
        if self._panel.detail is not None:
            self._start(act(self._panel.detail, *what))

    def _fill_menu(self) -> None:
        """Offer what can be done with the person in view."""
        people = self._shown_person()
        self._panel.head.offer(self._actions.offers(people, lambda: self.move(people)) if people else [])

    def _act(self, act: Act) -> None:
        self._editor.guard(lambda: self._start(act()))
