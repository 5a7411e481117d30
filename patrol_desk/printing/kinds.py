"""How each kind of sheet is laid out: the one list that preview, PDF, pictures and the tests go by."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from patrol_desk.messages import Language
from patrol_desk.printing.layout.paper import LANDSCAPE, PORTRAIT, Paper
from patrol_desk.printing.layout.tree import Page
from patrol_desk.printing.sheets.availability import availability_pages, availability_title
from patrol_desk.printing.sheets.call_out import call_out_pages, call_out_title
from patrol_desk.printing.sheets.call_sheet import call_sheet_pages, call_sheet_title
from patrol_desk.printing.sheets.change_slip import change_slip_pages, change_slip_title
from patrol_desk.printing.sheets.checkpoint_week import checkpoint_week_pages, checkpoint_week_title
from patrol_desk.printing.sheets.diagnosis import diagnosis_pages, diagnosis_title
from patrol_desk.printing.sheets.hours import hours_pages, hours_title
from patrol_desk.printing.sheets.muster_day import muster_day_pages, muster_day_title
from patrol_desk.printing.sheets.overview import overview_pages, overview_title
from patrol_desk.printing.sheets.person_slip import person_slip_pages, person_slip_title, person_slips_on_paper
from patrol_desk.printing.sheets.place_list import place_list_pages, place_list_title
from patrol_desk.printing.sheets.press import Press, press
from patrol_desk.printing.sheets.sign_in import sign_in_pages, sign_in_title
from patrol_desk.printing.sheets.squad_week import squad_week_pages, squad_week_title
from patrol_desk.services.printed.content import PrintedSheet
from patrol_desk.services.printed.kinds import BY_LETTERS

Pages = Callable[[Any, Press], tuple[Page, ...]]
Title = Callable[[Any, Press], str]
_TOGETHER = 4
"""Slips on one paper."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a kind of sheet is laid out.

    Parameters
    ----------
    pages, title
        Of a sheet.
    together
        Puts several sheets' pages onto one paper; None where each has its own.
    """

    pages: Pages
    title: Title
    together: Callable[[Sequence[Page], Press], Iterator[Page]] | None = None


LAYOUTS: Final[Mapping[str, Layout]] = MappingProxyType(
    {
        "SW": Layout(squad_week_pages, squad_week_title),
        "CW": Layout(checkpoint_week_pages, checkpoint_week_title),
        "MD": Layout(muster_day_pages, muster_day_title),
        "SI": Layout(sign_in_pages, sign_in_title),
        "TO": Layout(overview_pages, overview_title),
        "PS": Layout(person_slip_pages, person_slip_title, person_slips_on_paper),
        "CS": Layout(change_slip_pages, change_slip_title),
        "CL": Layout(call_sheet_pages, call_sheet_title),
        "CO": Layout(call_out_pages, call_out_title),
        "MH": Layout(hours_pages, hours_title),
        "AF": Layout(availability_pages, availability_title),
        "PL": Layout(place_list_pages, place_list_title),
        "DG": Layout(diagnosis_pages, diagnosis_title),
    }
)
"""Letters of the kind → how it is laid out."""


@dataclass(frozen=True, slots=True)
class Look:
    """How sheets are printed.

    Parameters
    ----------
    lang
        ``"zh"`` or ``"en"``.
    paper
        Name of the paper; the kind's own when empty.
    scale
        Size of the text, 1.0 to 1.3.
    margin
        White that an old printer needs at each edge, in millimetres.
    """

    lang: Language = "zh"
    paper: str = ""
    scale: float = 1.0
    margin: float = 0.0

    def for_kind(self, letters: str) -> "Look":
        """Return the look on a kind's own paper where the kind is not printed on this one."""
        return self if not self.paper or self.paper in BY_LETTERS[letters].papers else replace(self, paper="")


def paper_of(letters: str, look: Look) -> Paper:
    """Return the paper for a kind of sheet."""
    kind = BY_LETTERS[letters]
    papers = LANDSCAPE if kind.landscape else PORTRAIT
    return papers[look.paper or kind.paper].kept_off(look.margin)


class Laying:
    """Lays out sheets of one kind; names and places that recur are measured once.

    Parameters
    ----------
    letters
        The kind.
    look
        How.
    """

    def __init__(self, letters: str, look: Look) -> None:
        self._layout = LAYOUTS[letters]
        self.look = look
        self.press = press(look.lang, paper_of(letters, look), look.scale)
        self._alone = self._layout.together is None or self.press.paper.name == "A6"

    @property
    def shares_paper(self) -> bool:
        """Whether several sheets stand on one paper."""
        return not self._alone

    def title(self, sheet: PrintedSheet) -> str:
        """Return the title of a document that begins with the sheet."""
        return self._layout.title(sheet, self.press)

    def pages(self, sheet: PrintedSheet) -> tuple[Page, ...]:
        """Return the pages of one sheet as they are printed alone."""
        return tuple(self.together(self._layout.pages(sheet, self.press)))

    def each(self, sheets: Iterable[PrintedSheet]) -> Iterator[tuple[PrintedSheet, tuple[Page, ...]]]:
        """Yield each sheet with its pages, or several sheets' pages on one paper with the first of them."""
        if self._alone:
            for sheet in sheets:
                yield sheet, self._layout.pages(sheet, self.press)
            return
        held: list[tuple[PrintedSheet, Page]] = []
        for number, sheet in enumerate(sheets, start=1):
            held.extend((sheet, page) for page in self._layout.pages(sheet, self.press))
            # Counted by sheets, not pages: which ones share a paper depends on their places in the order alone.
            if number % _TOGETHER == 0:
                yield held[0][0], self._joined(held)
                held = []
        if held:
            yield held[0][0], self._joined(held)

    def _joined(self, held: Sequence[tuple[PrintedSheet, Page]]) -> tuple[Page, ...]:
        return tuple(self.together([page for _sheet, page in held]))

    def together(self, pages: Sequence[Page]) -> Iterable[Page]:
        """Return the pages on the press's paper."""
        if self._alone or self._layout.together is None:
            return pages
        return self._layout.together(pages, self.press)
