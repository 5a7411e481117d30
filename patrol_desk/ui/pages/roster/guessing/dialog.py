"""The checkpoints of a week that are easily guessed; Enter goes to where."""

from patrol_desk.services.planning.board import Board
from patrol_desk.services.planning.visits_predictable import PlacePredictability
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import week_text
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.roster.finding import guess_week
from patrol_desk.ui.pages.roster.guessing.words import share_text, short_text
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.states import StateStack
from patrol_desk.ui.widgets.table import DataTable


class GuessDialog(Dialog):
    """Each checkpoint with its figure, the easiest first, and what an observer can foresee there.

    Parameters
    ----------
    desk
        The window and its look.
    places
        The week's checkpoints.
    """

    def __init__(self, desk: Desk, places: tuple[PlacePredictability, ...]) -> None:
        super().__init__(desk.host, desk.theme, width=940, height=620)
        self._desk = desk
        self._places = places
        self.chosen: PlacePredictability | None = None
        self.setObjectName("guess_dialog")
        self._words = Label("secondary", wrap=True)
        self.table = DataTable(desk.theme)
        self.table.setObjectName("guess_places")
        self.model: RowsModel[PlacePredictability] = RowsModel(_columns(), self)
        self.table.set_rows_model(self.model)
        states = StateStack(desk.theme)
        self.add(self._words)
        self.add(states, 1)
        self._go = Button(desk.theme, "arrow-right", "primary", "Enter")
        self._go.setObjectName("guess_go")
        back = Button(desk.theme, keys="Esc")
        back.setText(tr("关闭"))
        back.setObjectName("guess_close")
        back.clicked.connect(self.reject)
        self.foot(self._go, back)
        self.model.set_rows(sorted(places, key=lambda place: (not place.foreseen, -place.share, place.name)))
        if places:
            states.content(self.table)
            self.table.activated_row.connect(lambda _row: self.accept())
            self.table.go_to(self.model.shown_rows()[0].id)
            self.first(self.table)
        else:
            states.empty("eye", tr("本周还没有人在岗，没有规律可看。"))
            self._go.setEnabled(False)
            self.first(back)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts anew."""
        super().retranslate()
        if not hasattr(self, "_go"):
            return
        self.head(tr("{week}容易被猜到的点位", week=week_text(self._desk.week)))
        self.table.setAccessibleName(tr("容易被猜到的点位"))
        self._go.setText(tr("到这一格"))
        easy = sum(bool(place.foreseen) for place in self._places)
        weeks = max((place.weeks for place in self._places), default=0)
        self._words.setText(
            tr("{count} 个点位容易被猜到，共 {all} 个。看了以前 {weeks} 周：同一小组连续 4 周在同一时间到同一点位，"
               "就算容易。换一个小组，或换一个时间，规律就断了。", count=easy, all=len(self._places), weeks=weeks)
        )  # fmt: skip

    def accept(self) -> None:
        """Take the chosen checkpoint along."""
        row = self.table.current_row()
        if isinstance(row, PlacePredictability):
            self.chosen = row
            super().accept()


def _columns() -> list[Column[PlacePredictability]]:
    return [
        Column("name", lambda: tr("点位|改动表"), 150, lambda row: row.name, lambda row: row.name, role="strong"),
        Column("share", lambda: tr("猜中|列"), 70, share_text, lambda row: -row.share, align="right",
               tone=lambda row: "amber" if row.foreseen else ""),
        Column("row", lambda: tr("最长连续"), 84, lambda row: tr("{count} 周|连续", count=row.score.worst),
               lambda row: -row.score.worst, align="right"),
        Column("patrols", lambda: tr("本周班数"), 80, lambda row: f"{row.score.patrols}",
               lambda row: -row.score.patrols, align="right"),
        Column("why", lambda: tr("看得出什么"), 420, _why, lambda row: -len(row.foreseen), stretch=True,
               icon=lambda row: "eye" if row.foreseen else "", tip=_all, role="secondary"),
    ]  # fmt: skip


def _why(row: PlacePredictability) -> str:
    if not row.foreseen:
        return "–"
    first = short_text(row.foreseen[0])
    more = len(row.foreseen) - 1
    return tr("{first}（另有 {count} 处）", first=first, count=more) if more else first


def _all(row: PlacePredictability) -> str:
    return "\n".join(say(one.message) for one in row.foreseen)


async def show_guesses(desk: Desk) -> None:
    """Show which checkpoints of the week in view are easily guessed, and go to the one chosen."""
    board = await desk.boards.get(desk.week)
    dialog = GuessDialog(desk, await desk.read(guess_week, board))
    if await dialog.ask() and dialog.chosen is not None:
        desk.go(Target("roster", detail=_cell(board, dialog.chosen)))


def _cell(board: Board, place: PlacePredictability) -> dict[str, object]:
    """Return the first cell of a checkpoint at which something can be foreseen, else at which somebody stands."""
    row = board.frame.row_of[place.checkpoint_id]
    held = (shift.index for shift in board.shifts if board.cell(row, shift.index).heads)
    shift = board.shifts[place.foreseen[0].shift if place.foreseen else next(held, 0)]
    return {"checkpoint_id": place.checkpoint_id, "pattern_id": shift.pattern_id, "on_date": shift.on_date}
