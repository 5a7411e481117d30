"""The preview: real pages, painted off the window's thread by the renderer of the PDF."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.printed.batch import Batch, Paper
from patrol_desk.services.printed.marks import PlanState
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import IconButton
from patrol_desk.ui.widgets.heard import Role
from patrol_desk.ui.widgets.labels import Chip, ElidedLabel
from patrol_desk.ui.widgets.painting import ring
from patrol_desk.ui.widgets.segmented import Segmented
from patrol_desk.ui.widgets.states import StateStack

if TYPE_CHECKING:
    from patrol_desk.printing.kinds import Laying
    from patrol_desk.printing.layout.tree import Page

MM_PER_INCH: Final = 25.4
SCREEN_DPI: Final = 96.0
MARGIN: Final = 16
RESIZE_MS: Final = 80
Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Look:
    """How sheets are printed.

    Parameters
    ----------
    lang, paper
        Language, and name of the paper (the kind's own when empty).
    scale
        Size of the text, 1.0 to 1.3.
    copies
        Of each sheet.
    margin
        White that an old printer needs at each edge, in millimetres.
    """

    lang: Language = "zh"
    paper: str = ""
    scale: float = 1.0
    copies: int = 1
    margin: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """A paper laid out: of what, how, and its pages."""

    batch: Batch
    look: Look
    paper: Paper
    pages: "tuple[Page, ...]"


def laying_of(batch: Batch, look: Look) -> "Laying":
    """Return what lays the sheets of a batch out."""
    from patrol_desk.printing.kinds import Laying
    from patrol_desk.printing.kinds import Look as PaperLook

    return Laying(batch.kind.letters, PaperLook(look.lang, look.paper, look.scale, look.margin))


def lay_out(batch: Batch, look: Look, paper: Paper) -> Laid:
    """Return a paper's pages; runs in a thread."""
    sheets = batch.on_paper(paper, look.copies)
    pages = tuple(page for _sheet, pages in laying_of(batch, look).each(sheets) for page in pages)
    return Laid(batch, look, paper, pages)


class _Canvas(QWidget):
    """Shows one page's picture on its paper."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
        self._paper = QSize(1, 1)
        self._focused = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_page(self, image: QImage | None, paper: QSize, *, scrolled: bool = False) -> None:
        self._image, self._paper = image, paper
        self.setMinimumSize(paper + QSize(2 * MARGIN, 2 * MARGIN) if scrolled else QSize(0, 0))
        self.update()

    def image(self) -> QImage | None:
        return self._image

    def set_focused(self, *, focused: bool) -> None:
        self._focused = focused
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("chrome"))
        if self._image is not None:
            x = (self.width() - self._paper.width()) // 2
            sheet = QRect(QPoint(x, max(MARGIN, (self.height() - self._paper.height()) // 2)), self._paper)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(sheet, self._image)
            painter.setPen(self._theme.color("line2"))
            painter.drawRect(sheet.adjusted(-1, -1, 0, 0))
            if self._focused:
                ring(painter, self._theme, sheet.adjusted(-4, -4, 4, 4))
        painter.end()


class _View(QScrollArea):
    """The scrolled canvas; keys flip pages."""

    heard_as: ClassVar = Role.Document
    flipped = Signal(int)
    resized = Signal()

    def __init__(self, canvas: _Canvas) -> None:
        super().__init__()
        self._canvas = canvas
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        corner = QFrame()
        corner.setProperty("panel", "chrome")
        self.setCornerWidget(corner)
        self.setWidget(canvas)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        steps = {key.Key_PageDown: 1, key.Key_Right: 1, key.Key_PageUp: -1, key.Key_Left: -1,
                 key.Key_Home: -(10**6), key.Key_End: 10**6}  # fmt: skip
        step = steps.get(key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.flipped.emit(step)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._canvas.set_focused(focused=True)
        super().focusInEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._canvas.set_focused(focused=False)
        super().focusOutEvent(event)


class PreviewPane(QFrame):
    """Pages of the chosen sheets, one at a time.

    Parameters
    ----------
    desk
        Gives theme and tasks.
    """

    painted = Signal()
    """A page was painted anew."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._theme = desk.theme
        self._batch: Batch | None = None
        self._papers: list[Paper] = []
        self._look = Look()
        self._laid: Laid | None = None
        self._at = 0
        self._page = 0
        self._fitted = QSize()
        self.setProperty("panel", "chrome")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(RESIZE_MS)
        self._timer.timeout.connect(self._refit)
        self._build()
        self._theme.changed.connect(self._paint_again)

    @property
    def image(self) -> QImage | None:
        """The picture shown."""
        return self._canvas.image()

    @property
    def page(self) -> tuple[str, int]:
        """Code of the first sheet shown, and the page from 0."""
        return (self._papers[self._at][0][0] if self._papers else ""), self._page

    def show_sheets(self, batch: Batch, codes: list[str], look: Look) -> None:
        """Show some sheets; the one shown stays if it is among them."""
        shown, page = self.page
        self._batch, self._look = batch, look
        shared = bool(codes) and laying_of(batch, look).shares_paper
        self._papers = batch.papers(codes, look.copies, shared=shared)
        if not codes:
            self._at, self._laid = 0, None
            self._canvas.show_page(None, QSize(1, 1))
            self.states.empty("printer", tr("没有选要打印的表。在左边勾选。"))
            self._say()
            return
        at = self._place_of(shown)
        self._at = at or 0
        self._page = page if at is not None else 0
        if self._is_laid():
            self._say()
        else:
            self._paint_again()

    def show_nothing(self, sentence: str) -> None:
        """Say why there is nothing to print."""
        self._batch, self._papers, self._laid = None, [], None
        self._canvas.show_page(None, QSize(1, 1))
        self.states.empty("calendar-days", sentence)
        self._say()

    def begin(self) -> None:
        """Show that other sheets are being read; nothing of the ones before stays in sight."""
        self._batch, self._papers, self._laid = None, [], None
        self.states.loading()
        self._say()

    def point(self, code: str) -> None:
        """Show a sheet's first page, if it is chosen."""
        at = self._place_of(code)
        if at is not None and at != self._at:
            self._go(at, 0)

    def flip(self, step: int) -> None:
        """Go on by some pages, over the edges of the sheets."""
        if self._laid is None or not self._papers:
            return
        page = self._page + step
        if 0 <= page < len(self._laid.pages):
            self._go(self._at, page)
        elif abs(step) > 1:
            self._go(0 if step < 0 else len(self._papers) - 1, -1 if step > 0 else 0)
        elif 0 <= self._at + step < len(self._papers):
            self._go(self._at + step, -1 if step < 0 else 0)

    def _place_of(self, code: str) -> int | None:
        """Return which paper a sheet stands on."""
        found = (at for at, paper in enumerate(self._papers) if any(one == code for one, _number in paper))
        return next(found, None)

    def _is_laid(self) -> bool:
        """Say whether what is to be shown is laid out and painted already."""
        laid = self._laid
        return (
            laid is not None
            and laid.batch is self._batch
            and laid.look == self._look
            and laid.paper == self._papers[self._at]
        )

    def retranslate(self) -> None:
        """Set every text anew."""
        self.previous.set_name(tr("上一页"), "PgUp")
        self.next.set_name(tr("下一页"), "PgDn")
        self.zoom.set_choices([("fit", tr("整页"), None), ("whole", "100%", None)])
        self.view.setAccessibleName(tr("预览"))
        self._say()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            # The dialog closes: what is being painted is for nobody.
            self._timer.stop()
            self._desk.tasks.cancel("print preview")

    def _build(self) -> None:
        theme = self._theme
        self._canvas = _Canvas(theme)
        self.view = _View(self._canvas)
        self.view.setObjectName("print_preview")
        self.view.flipped.connect(self.flip)
        self.view.resized.connect(self._timer.start)
        self.states = StateStack(theme)
        self.states.content(self.view)
        self.previous, self.next = IconButton(theme, "chevron-left"), IconButton(theme, "chevron-right")
        self.previous.setObjectName("print_previous")
        self.next.setObjectName("print_next")
        self.previous.clicked.connect(lambda: self.flip(-1))
        self.next.clicked.connect(lambda: self.flip(1))
        self._words = ElidedLabel("body")
        self._words.setObjectName("print_page_words")
        self._mark = Chip(theme, "amber")
        self.zoom = Segmented(theme, small=True)
        self.zoom.setObjectName("print_zoom")
        self.zoom.changed.connect(lambda _key: self._paint_again())
        bar = QFrame()
        bar.setProperty("panel", "line-bottom")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        for widget in (self.previous, self.next):
            row.addWidget(widget)
        row.addWidget(self._words, 1)
        row.addWidget(self._mark)
        row.addWidget(self.zoom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.states, 1)

    def _go(self, at: int, page: int) -> None:
        self._at, self._page = at, page
        self._paint_again()

    def _refit(self) -> None:
        """Paint the page anew if it no longer fits the view."""
        if self.isVisible() and self.zoom.chosen() == "fit" and self.view.viewport().size() != self._fitted:
            self._paint_again()

    def _paint_again(self) -> None:
        if self._batch is not None and self._papers:
            work = self._painted(self._batch, self._look, self._papers[self._at])
            self._desk.tasks.start("print preview", work, owner=self, exclusive="print preview")

    async def _painted(self, batch: Batch, look: Look, paper: Paper) -> None:
        """Lay the paper out if it is another one, paint the page, show it."""
        from patrol_desk.printing.pages import page_picture

        laid = self._laid
        if laid is None or not self._is_laid():
            laid = await asyncio.to_thread(lay_out, batch, look, paper)
            self._laid = laid
        pages = laid.pages
        self._page = len(pages) + self._page if self._page < 0 else min(self._page, len(pages) - 1)
        page = pages[self._page]
        self.states.content()
        dpi = self._dpi(page)
        self._fitted = self.view.viewport().size()
        ratio = self.devicePixelRatioF()
        image = await asyncio.to_thread(page_picture, page, dpi * ratio)
        size = QSize(round(page.width * dpi / MM_PER_INCH), round(page.height * dpi / MM_PER_INCH))
        self._canvas.show_page(image, size, scrolled=self.zoom.chosen() == "whole")
        self._say()
        self.painted.emit()

    def _dpi(self, page: "Page") -> float:
        """Return the resolution at which the page fits the view, or its own size."""
        if self.zoom.chosen() == "whole":
            return SCREEN_DPI * self._theme.scale
        room = self.view.viewport().size() - QSize(2 * MARGIN, 2 * MARGIN)
        across = room.width() * MM_PER_INCH / page.width
        down = room.height() * MM_PER_INCH / page.height
        return max(20.0, min(across, down))

    def _say(self) -> None:
        laid, batch = self._laid, self._batch
        there = laid is not None and batch is not None and bool(self._papers)
        text = ""
        if there and laid is not None and batch is not None:
            text = tr("第 {at} / {total} 张 · {name} · 第 {page} / {pages} 页", at=self._at + 1,
                      total=len(self._papers), name=self._name(batch, laid.paper), page=max(self._page, 0) + 1,
                      pages=len(laid.pages))  # fmt: skip
            self.previous.setEnabled(self._at > 0 or self._page > 0)
            self.next.setEnabled(self._at < len(self._papers) - 1 or self._page < len(laid.pages) - 1)
        for button in (self.previous, self.next):
            button.setVisible(there)
        self.zoom.setVisible(there)
        self._words.setText(text)
        self.view.setAccessibleDescription(text)
        self._say_mark(batch)

    def _name(self, batch: Batch, paper: Paper) -> str:
        names = {line.code: line.name for line in batch.lines}
        first = names.get(paper[0][0], "")
        return first if len(paper) == 1 else tr("{name} 等 {count} 张", name=first, count=len(paper))

    def _say_mark(self, batch: Batch | None) -> None:
        version = batch.version if batch is not None else None
        state = version.state if version is not None else PlanState.PUBLISHED
        words = {PlanState.DRAFT: tr("草稿，纸上有标记"), PlanState.OUTDATED: tr("已被替换，纸上有标记")}
        self._mark.set_text(words.get(state, ""))
        self._mark.setVisible(state in words)
