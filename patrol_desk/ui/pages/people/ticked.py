"""The ticked people of the list: how many they are, and what the bar does to all of them."""

from collections.abc import Callable, Coroutine

from patrol_desk.services.people import PersonRow
from patrol_desk.ui.itemmodels.rows import RowsModel
from patrol_desk.ui.pages.people.acting import PeopleActions
from patrol_desk.ui.pages.people.bulk import BulkBar
from patrol_desk.ui.pages.people.panel_acts import PanelActs

Deed = Callable[[list[PersonRow]], Coroutine[object, object, object]]


class Ticked:
    """Carries a button of the bar to the ticked rows.

    Parameters
    ----------
    model
        The list.
    bar
        Shown while anybody is ticked.
    acts, deeds
        What can be done to several people.
    start
        Begins a piece of work.
    """

    def __init__(
        self, model: RowsModel[PersonRow], bar: BulkBar, acts: PanelActs, deeds: PeopleActions,
        start: Callable[[Coroutine[object, object, object]], None],
    ) -> None:  # fmt: skip
        self._model, self._bar, self._start = model, bar, start
        bar.cleared.connect(model.ticks.clear)
        bar.squad_wanted.connect(lambda: self._do(acts.move))
        bar.cap_wanted.connect(lambda: self._do(deeds.cap))
        bar.training_wanted.connect(lambda: self._do(acts.train))
        bar.leave_wanted.connect(lambda: self._do(deeds.leave))
        bar.edit_wanted.connect(lambda: self._do(acts.bulk))
        bar.export_wanted.connect(lambda: self._do(acts.export))
        bar.retire_wanted.connect(lambda: self._do(deeds.retire))
        bar.restore_wanted.connect(lambda: self._do(deeds.restore))

    def show(self, *, retired: bool, editable: bool) -> None:
        """Show how many are ticked, and what can be done to people of this kind."""
        self._bar.show_ticked(len(self._model.ticks), retired=retired, editable=editable)

    def clear(self) -> bool:
        """Tick nobody any more; say whether anybody was."""
        held = bool(self._model.ticks.ids())
        self._model.ticks.clear()
        return held

    def _do(self, deed: Deed) -> None:
        self._start(deed([row for row in self._model.all_rows() if row.id in self._model.ticks]))
