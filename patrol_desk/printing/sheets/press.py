"""What a sheet is set with: words, type, paper and the size of the text."""

from dataclasses import dataclass

from patrol_desk.messages import Language
from patrol_desk.printing.fonts import print_font
from patrol_desk.printing.layout.paper import LANDSCAPE, Paper
from patrol_desk.printing.layout.text import Fitted, Typesetter
from patrol_desk.printing.sheets.words import SheetWords

LARGEST_SCALE = 1.3
_STEP = 0.05
"""Type sizes are multiples of this, which the renderer's unit holds exactly."""
_FOOT = 7.5


@dataclass(frozen=True, slots=True, eq=False)
class Press:
    """Words, type, paper and size of the text; the same for all sheets of a print.

    Parameters
    ----------
    words
        The language.
    type
        The font's typesetter.
    paper
        The paper.
    scale
        Size of text and rows, 1.0 to `LARGEST_SCALE`.
    """

    words: SheetWords
    type: Typesetter
    paper: Paper = LANDSCAPE["A4"]
    scale: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a size for which the sheets are not made."""
        if not 1.0 <= self.scale <= LARGEST_SCALE:
            raise ValueError(self.scale)

    @property
    def left(self) -> float:
        """Where the paper's text begins."""
        return self.paper.left

    @property
    def right(self) -> float:
        """Where the paper's text ends."""
        return self.paper.right

    @property
    def inner(self) -> float:
        """Width of the paper's text."""
        return self.paper.inner

    @property
    def foot_rule(self) -> float:
        """Where the rule above the foot stands when the foot has at most two lines."""
        return self.paper.height - self.paper.edge - self.mm(_FOOT)

    @property
    def bottom(self) -> float:
        """Nothing of the table or of what follows it stands lower; the foot begins here."""
        return self.foot_rule - 2.0

    def mm(self, length: float) -> float:
        """Return a height or width that grows with the text."""
        return length * self.scale

    def word(self, code: str, **params: object) -> str:
        """Return the words of ``print.<code>``."""
        return self.words.word(code, **params)

    def line(self, text: str, size: float, *, bold: bool = False) -> Fitted:
        """Return the text as one line, however long."""
        return self.type.line(text, self._size(size), bold=bold)

    def fit(self, text: str, room: float, sizes: tuple[float, ...], *, bold: bool = False) -> Fitted:
        """Return the text so that no line is wider than the room; see `Typesetter.fit`."""
        scaled = sizes if self.scale == 1.0 else tuple(self._size(size) for size in sizes)
        return self.type.fit(text, room, scaled, bold=bold)

    def _size(self, size: float) -> float:
        return size if self.scale == 1.0 else round(round(size * self.scale / _STEP) * _STEP, 2)


def press(
    language: Language = "zh", paper: Paper = LANDSCAPE["A4"], scale: float = 1.0, typesetter: Typesetter | None = None
) -> Press:
    """Return a press; the print font's typesetter when none is given."""
    return Press(SheetWords(language), typesetter or Typesetter(print_font()), paper, scale)
