"""Painting the whole map: ground, marks, labels, measure, scale bar; onto the screen, a picture or paper alike."""

from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from patrol_desk.services.map import MapWeek
from patrol_desk.services.planning.board import CellState
from patrol_desk.ui.i18n import language
from patrol_desk.ui.pages.map import marks
from patrol_desk.ui.pages.map.ground import GroundPainter
from patrol_desk.ui.pages.map.labels import Placer, Stamps, Wanted
from patrol_desk.ui.pages.map.measure import paint_measure
from patrol_desk.ui.pages.map.picture import AREAS, BASES, MUSTERS, POSTS, Chosen, Picture, far_step
from patrol_desk.ui.pages.map.sight import MARGIN, Sight, bar_metres
from patrol_desk.ui.pages.map.words import length_text, squad_of, teams_text
from patrol_desk.ui.theme import Theme

BAR_PX = 130
DETAIL_SCALE = 0.09
"""Pixels a metre from which posts that are not manned have names too."""
HIT_PX = 13.0
BESIDE_PX = 2000
"""How far left of the westernmost post labels can stand."""
INSIDE = 12
"""Kept free between a label and the edge of the view, px."""
APART = 8
"""Kept free between the names of two communities, px."""
_INKS = {
    CellState.OK: ("text", "text2", False),
    CellState.BELOW_DESIRED: ("text", "amber", True),
    CellState.BELOW_MINIMUM: ("red", "red", True),
    CellState.NOT_STAFFED: ("text3", "text3", False),
}
"""State → colour of the name, colour of the count, whether the count is bold."""


_STEPS = sorted(
    (QPointF(dx, dy) for dy in range(-88, 89, 22) for dx in range(-90, 91, 30)), key=lambda at: at.manhattanLength()
)
"""How far from the middle of its land a community's name may stand, px, nearest first."""
_NEAR = 13
"""As many of these that may also be beyond its land: a crooked one has its middle outside."""


@dataclass(slots=True)
class _Laid:
    """Labels as they were placed for a key; the key holds all that they depend on."""

    key: tuple[object, ...] = ()
    posts: dict[int, tuple[float, float]] = field(default_factory=dict)
    bases: dict[int, tuple[float, float]] = field(default_factory=dict)
    areas: dict[int, tuple[float, float]] = field(default_factory=dict)


@dataclass(slots=True)
class _Still:
    """What is the same in every shift of a week at one scale: room taken by boxes and communities' names."""

    key: tuple[object, ...] = ()
    placer: Placer = field(default_factory=Placer)
    bases: tuple[Wanted, ...] = ()
    areas: dict[int, tuple[float, float]] = field(default_factory=dict)


class MapPainter:
    """Paints a picture in a sight.

    Parameters
    ----------
    theme
        Gives colours, fonts and sizes.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.ground = GroundPainter(theme)
        self.stamps = Stamps(theme)
        self.signs = marks.Signs(theme)
        self._laid = _Laid()
        self._still = _Still()
        theme.changed.connect(self._forget)

    def _forget(self) -> None:
        self._laid = _Laid()
        self._still = _Still()

    def paint(self, painter: QPainter, picture: Picture, sight: Sight, *, exact: bool = False) -> None:
        """Paint everything; `exact` for paper and large pictures, where labels are outlines."""
        self.stamps.begin()
        self.ground.paint(painter, picture, sight, exact=exact)
        self.ground.rings(painter, picture, sight)
        week = picture.week
        if week is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            laid = self._lay(week, picture, sight)
            self._areas(painter, picture, week, sight, laid)
            if picture.shows(POSTS) and picture.shift >= 0:
                self._posts(painter, picture, week, sight, laid, exact=exact)
            self._musters(painter, picture, week, sight, laid, exact=exact)
        paint_measure(painter, self._theme, self.stamps, picture.measure, sight)
        self._bar(painter, sight)

    def hit(self, picture: Picture, sight: Sight, x: float, y: float) -> Chosen:
        """Return what stands at a place in the window, the nearest; None for nothing."""
        week, reach = picture.week, HIT_PX * self._theme.scale
        if week is None:
            return None
        found: list[tuple[float, Chosen]] = []
        if picture.shows(MUSTERS):
            for number, muster in enumerate(week.musters):
                at = QPointF(*sight.at(muster.east, muster.north))
                if QRectF(marks.muster_rect(self._theme, at, muster.code)).contains(x, y):
                    found.append((0.0, ("muster", number)))
        if picture.shows(POSTS):
            for number, post in enumerate(week.posts):
                px, py = sight.at(post.east, post.north)
                far = ((px - x) ** 2 + (py - y) ** 2) ** 0.5
                if far <= reach:
                    found.append((far, ("post", number)))
        return min(found, key=lambda each: each[0])[1] if found else None

    # Labels

    def _lay(self, week: MapWeek, picture: Picture, sight: Sight) -> _Laid:
        key = (week, picture.shift, picture.mode, picture.layers, picture.chosen, sight.scale, language())
        if self._laid.key != key:
            self._laid = self._placed(week, picture, sight.scale, key)
        return self._laid

    def _placed(self, week: MapWeek, picture: Picture, scale: float, key: tuple[object, ...]) -> _Laid:
        still = self._stand_still(week, picture, scale)
        placer = still.placer.copy()
        laid = _Laid(key, areas=still.areas)
        staffed, rest = self._post_labels(week, picture, scale)
        radius = marks.RADIUS * self._theme.scale
        for label in staffed:
            placer.take(_around(label.x, label.y, radius))
        laid.posts = placer.place(staffed)
        laid.bases = placer.place(still.bases)
        if scale >= DETAIL_SCALE:
            for label in rest:
                placer.take(_around(label.x, label.y, radius))
            laid.posts |= placer.place(rest)
        return laid

    def _stand_still(self, week: MapWeek, picture: Picture, scale: float) -> _Still:
        """Return what no shift moves, worked out once for a week, its layers and a scale."""
        key = (week, picture.layers, picture.shift >= 0, scale, language())
        if self._still.key == key:
            return self._still
        theme, stamps = self._theme, self.stamps
        easts = [post.east * scale for post in week.posts] or [0.0]
        edges = min(easts) - MARGIN + INSIDE, max(easts) + MARGIN - INSIDE
        # From afar the township fills the view, and what goes beyond is cut.
        placer = Placer(min(easts) - BESIDE_PX, edges, strict=scale < DETAIL_SCALE)
        codes = {muster.id: muster.code for muster in week.musters}
        if picture.shows(MUSTERS):
            for muster in week.musters:
                placer.take(QRectF(marks.muster_rect(theme, _point(muster.east, muster.north, scale), muster.code)))
        wanted = []
        for number, base in enumerate(week.bases if picture.shows(BASES) else ()):
            rect = marks.base_rect(theme, _point(base.east, base.north, scale), codes[base.muster_id])
            placer.take(rect)
            width = stamps.width(teams_text(base.teams), bold=True) + 2
            middle = rect.center()
            wanted.append(Wanted(number, middle.x(), middle.y(), rect.width() / 2, width, stamps.height))
        areas = self._area_names(week, picture, placer, scale) if picture.shows(AREAS) else {}
        self._still = _Still(key, placer, tuple(wanted), areas)
        return self._still

    def _area_names(
        self, week: MapWeek, picture: Picture, placer: Placer, scale: float
    ) -> dict[int, tuple[float, float]]:
        """Return where communities' names stand from the middle of their land; those wider than it are left out.

        They keep clear of every post, also those which a shift does not man, so that they stay where they are.
        """
        clear = placer.copy()
        if picture.shows(POSTS) and picture.shift >= 0:
            for post in week.posts:
                clear.take(_around(post.east * scale, -post.north * scale, marks.RADIUS * self._theme.scale))
        metrics = QFontMetrics(self.ground.name_font())
        found = {}
        for number, area in enumerate(self.ground.paths(week).areas):
            width = metrics.horizontalAdvance(area.name)
            if area.bounds.width() * scale < width * 1.1:
                continue
            size = QSizeF(width, metrics.height())
            middles = [area.middle * scale + step for step in _STEPS]
            rects = [QRectF(at - QPointF(width / 2, metrics.height() / 2), size) for at in middles]
            places = [
                rect for at, rect in enumerate(rects) if at < _NEAR or area.path.contains(rect.center() * (1 / scale))
            ]
            rect = _first_free(places, clear, placer)
            offset = rect.left() - area.middle.x() * scale, rect.top() - area.middle.y() * scale
            placer.take(rect)
            clear.take(rect.adjusted(-APART, 0, APART, 0))
            found[number] = offset
        return found

    def _post_labels(self, week: MapWeek, picture: Picture, scale: float) -> tuple[list[Wanted], list[Wanted]]:
        """Return the labels of the posts that are manned, the chosen one first, then by coverage; and of the others."""
        if not picture.shows(POSTS) or picture.shift < 0:
            return [], []
        staffed = week.by_coverage(picture.shift)
        manned = set(staffed)
        rest = [number for number in range(len(week.posts)) if number not in manned]
        chosen = picture.chosen[1] if picture.chosen is not None and picture.chosen[0] == "post" else -1
        if picture.mode != "coverage":
            staffed, rest = staffed + rest, []
        staffed.sort(key=lambda number: number != chosen)

        def wanted(number: int) -> Wanted:
            post = week.posts[number]
            count, bold = self._count(picture, week, number)
            width = self.stamps.width(post.name) + (self.stamps.width(f" {count}", bold=bold) if count else 0) + 2
            radius = marks.RADIUS * self._theme.scale * (2.6 if number == chosen else 1.2)
            return Wanted(number, post.east * scale, -post.north * scale, radius, width, self.stamps.height)

        return list(map(wanted, staffed)), list(map(wanted, rest))

    def _count(self, picture: Picture, week: MapWeek, number: int) -> tuple[str, bool]:
        """Return what stands behind a post's name, and whether it is bold."""
        mark = week.marks[picture.shift][number]
        if picture.mode == "squads":
            return squad_of(week, number), False
        if picture.mode == "distance":
            near = week.posts[number].muster
            return ("" if near is None else length_text(near.metres)), False
        if mark.state is CellState.NOT_STAFFED:
            return "", False
        return f"{mark.heads}/{mark.desired}", _INKS[mark.state][2]

    # Marks

    def _areas(self, painter: QPainter, picture: Picture, week: MapWeek, sight: Sight, laid: _Laid) -> None:
        if not picture.shows(AREAS):
            return
        font = self.ground.name_font()
        ascent = QFontMetrics(font).ascent()
        painter.setFont(font)
        painter.setPen(self._theme.color("mapLabel"))
        for number, area in enumerate(self.ground.paths(week).areas):
            offset = laid.areas.get(number)
            x, y = sight.at(area.middle.x(), -area.middle.y())
            if offset is not None and sight.holds(x, y, 120):
                painter.drawText(QPointF(x + offset[0], y + offset[1] + ascent), area.name)

    def _posts(
        self, painter: QPainter, picture: Picture, week: MapWeek, sight: Sight, laid: _Laid, *, exact: bool
    ) -> None:
        places = ((number, sight.at(post.east, post.north)) for number, post in enumerate(week.posts))
        shown = [(number, QPointF(*place)) for number, place in places if sight.holds(*place, 160)]
        row = week.marks[picture.shift]
        order = sorted(shown, key=lambda each: _LAYER[row[each[0]].state])
        for number, at in order:
            if picture.chosen == ("post", number):
                marks.paint_chosen(painter, self._theme, at)
            key, paint = self._sign(picture, week, number)
            self.signs.put(painter, at, key, paint, exact=exact)
        for number, at in order:
            offset = laid.posts.get(number)
            if offset is not None:
                self._label(painter, picture, week, number, at + QPointF(*offset), exact=exact)

    def _sign(self, picture: Picture, week: MapWeek, number: int) -> tuple[object, marks.Paint]:
        """Return the sign of a post: what tells it from others, and what paints it."""
        near, theme = week.posts[number].muster, self._theme
        if picture.mode == "distance" and near is not None:
            step = far_step(near.metres)
            return step, lambda painter, at: marks.paint_far(painter, theme, at, step)
        state = week.marks[picture.shift][number].state
        return state, lambda painter, at: marks.paint_mark(painter, theme, at, state)

    def _label(
        self, painter: QPainter, picture: Picture, week: MapWeek, number: int, at: QPointF, *, exact: bool
    ) -> None:
        state = week.marks[picture.shift][number].state
        name, ink, bold = _INKS[state] if picture.mode == "coverage" else ("text", "text2", False)
        text = week.posts[number].name
        self.stamps.put(painter, at, text, name, exact=exact)
        count, _ = self._count(picture, week, number)
        if count:
            beside = at + QPointF(self.stamps.width(text), 0)
            self.stamps.put(painter, beside, f" {count}", ink, bold=bold, exact=exact)

    def _musters(
        self, painter: QPainter, picture: Picture, week: MapWeek, sight: Sight, laid: _Laid, *, exact: bool
    ) -> None:
        theme = self._theme
        codes = {muster.id: muster.code for muster in week.musters}
        if picture.shows(MUSTERS):
            for number, muster in enumerate(week.musters):
                at = QPointF(*sight.at(muster.east, muster.north))
                if picture.chosen == ("muster", number):
                    marks.paint_chosen(painter, theme, at)
                paint = partial(_muster, theme, muster.code)
                self.signs.put(painter, at, muster.code, paint, exact=exact)
        if not picture.shows(BASES):
            return
        for number, base in enumerate(week.bases):
            at = QPointF(*sight.at(base.east, base.north))
            rect = marks.base_rect(theme, at, codes[base.muster_id])
            self.signs.put(
                painter, rect.center(), -len(base.teams), partial(_base, theme, len(base.teams)), exact=exact
            )
            offset = laid.bases.get(number)
            if offset is not None:
                place = rect.center() + QPointF(*offset)
                self.stamps.put(painter, place, teams_text(base.teams), "text", bold=True, exact=exact)

    def _bar(self, painter: QPainter, sight: Sight) -> None:
        theme = self._theme
        metres = bar_metres(sight.scale, theme.px(BAR_PX))
        left, foot, length = theme.px(16), sight.height - theme.px(18), metres * sight.scale
        painter.setPen(QPen(theme.color("text2"), 1.2))
        painter.drawPolyline(
            [
                QPointF(left, foot - 5), QPointF(left, foot),
                QPointF(left + length, foot), QPointF(left + length, foot - 5),
            ]
        )  # fmt: skip
        painter.setFont(theme.font("secondary"))
        painter.drawText(QPointF(left + length + 7, foot + 3), length_text(metres))


_LAYER = {CellState.NOT_STAFFED: 0, CellState.OK: 1, CellState.BELOW_DESIRED: 2, CellState.BELOW_MINIMUM: 3}


def _muster(theme: Theme, code: str, painter: QPainter, at: QPointF) -> None:
    marks.paint_muster(painter, theme, at, code)


def _base(theme: Theme, teams: int, painter: QPainter, at: QPointF) -> None:
    side = theme.px(19)
    marks.paint_base(painter, theme, QRectF(at.x() - side / 2, at.y() - side / 2, side, side), teams)


def _point(east: float, north: float, scale: float) -> QPointF:
    return QPointF(east * scale, -north * scale)


def _around(x: float, y: float, radius: float) -> QRectF:
    return QRectF(x - radius, y - radius, 2 * radius, 2 * radius)


def _first_free(places: list[QRectF], clear: Placer, placer: Placer) -> QRectF:
    """Return the first place clear of all marks, or of boxes and names alone, or the first."""
    return next((rect for taken in (clear, placer) for rect in places if taken.free(rect)), places[0])
