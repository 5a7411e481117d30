"""What Qt's PDF lacks: text that can be copied character by character, language, document information, bookmarks."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf

from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.printing.bookmarks import Bookmark
from patrol_desk.printing.layout.tree import Matrix
from patrol_desk.printing.render_qt import TWIPS_PER_MM, dark_stretches

if TYPE_CHECKING:
    from patrol_desk.printing.pdf_qt import RawPdf

_LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}
_STATION_OFFSET = "+08'00'"
_CHUNK = 100
"""Most entries that a section of a ToUnicode map may have."""
_RANGE = re.compile(rb"<([0-9A-F]{4})> <[0-9A-F]{4}> (?:\[([^\]]*)\]|<([0-9A-F]{4})>)", re.IGNORECASE)
_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What the PDF says of itself; no personal data.

    Parameters
    ----------
    title
        Title of the sheet and the week.
    author
        The station.
    language
        ``"zh"`` or ``"en"``.
    moment
        Station's wall time of printing.
    bookmarks
        The squads by name; in a document of several kinds under the name of the kind.
    """

    title: str
    author: str
    language: str
    moment: datetime
    bookmarks: Sequence[Bookmark] = ()


def mend(raw: "RawPdf", info: DocumentInfo, painted: Mapping[str, Sequence[str]]) -> bytes:
    """Return the PDF with what Qt leaves out. The same input gives the same bytes.

    Qt writes text as numbers of glyphs, counted in the order in which they were first painted, and a map from these to
    characters that knows only the basic plane. The map is written anew from the order of painting; where Qt's own map
    has an entry, the two must agree. QR codes are added to their pages in units of their modules.

    Parameters
    ----------
    raw
        Qt's PDF.
    info
        Title and the rest.
    painted
        By PostScript name of each font: the characters in the order in which they were first painted.

    Raises
    ------
    PatrolError
        The text is not there as text: this machine's Qt draws the font as outlines.
    """
    with pikepdf.open(BytesIO(raw.content)) as pdf:
        fonts = _fonts(pdf)
        for name, characters in painted.items():
            if characters:
                _mend_font(pdf, fonts.get(name), characters)
        for page, codes in zip(pdf.pages, raw.codes, strict=True):
            if codes:
                page.contents_add(pdf.make_stream(codes_stream(codes)))
        _describe(pdf, info)
        with pdf.open_outline() as outline:
            outline.root.extend(_outline_item(bookmark) for bookmark in info.bookmarks)
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _outline_item(bookmark: Bookmark) -> pikepdf.OutlineItem:
    item = pikepdf.OutlineItem(bookmark.text, bookmark.page, "Fit")
    item.children.extend(_outline_item(under) for under in bookmark.under)
    item.is_closed = bool(bookmark.under)
    return item


def _fonts(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """Return the composite fonts of the document by their PostScript name."""
    objects = (item for item in pdf.objects if isinstance(item, pikepdf.Dictionary))
    fonts = (item for item in objects if item.get("/Type") == "/Font" and "/DescendantFonts" in item)
    return {str(font.BaseFont).lstrip("/"): font for font in fonts}


def _mend_font(pdf: pikepdf.Pdf, font: pikepdf.Object | None, characters: Sequence[str]) -> None:
    if font is None or "/ToUnicode" not in font:
        raise PatrolError(Message("print.text_not_kept"))
    known = qt_map(font.ToUnicode.read_bytes())
    for number, character in enumerate(characters, start=1):
        # Qt takes the space for a tab, which has the same glyph.
        if not character.isspace() and known.get(number, character) not in {character, "\0"}:
            raise PatrolError(Message("print.text_not_kept"))
    font.ToUnicode = pdf.make_stream(to_unicode(characters).encode("ascii"))


def codes_stream(codes: Iterable[Matrix]) -> bytes:
    """Return the drawing of QR codes for the end of a page as Qt writes it: its unit is the twip, y goes down."""
    parts = []
    for code in codes:
        side = code.area.width * TWIPS_PER_MM / len(code.modules)
        left, top = code.area.x * TWIPS_PER_MM, code.area.y * TWIPS_PER_MM
        dark = "".join(f"{x} {y} {length} 1 re\n" for x, y, length in dark_stretches(code.modules))
        parts.append(f"q 0 g {side:.4f} 0 0 {side:.4f} {left:.2f} {top:.2f} cm\n{dark}f Q\n")
    return "".join(parts).encode("ascii")


def qt_map(stream: bytes) -> dict[int, str]:
    """Return number → character as Qt's map says it; what Qt does not know comes as NUL."""
    known: dict[int, str] = {}
    for match in _RANGE.finditer(stream):
        first = int(match[1], 16)
        targets = re.findall(rb"<([0-9A-Fa-f]{4})>", match[2]) if match[2] is not None else [match[3]]
        known.update({first + n: chr(int(target, 16)) for n, target in enumerate(targets)})
    return known


def to_unicode(characters: Sequence[str]) -> str:
    """Return a ToUnicode map in which the first character has number 1."""
    return _HEAD + "".join(_sections(characters)) + _TAIL


def _sections(characters: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(characters), _CHUNK):
        part = characters[start : start + _CHUNK]
        yield f"{len(part)} beginbfchar\n"
        for number, character in enumerate(part, start=start + 1):
            yield f"<{number:04X}> <{character.encode('utf-16-be').hex().upper()}>\n"
        yield "endbfchar\n"


def _describe(pdf: pikepdf.Pdf, info: DocumentInfo) -> None:
    pdf.Root.Lang = pikepdf.String(_LANGUAGE_TAGS[info.language])
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    # Qt's XMP packet repeats the document information with the moment of writing; its identifier is random.
    for holder, key in ((pdf.Root, "/Metadata"), (pdf.trailer, "/ID")):
        if key in holder:
            del holder[key]
    moment = pikepdf.String(f"D:{info.moment:%Y%m%d%H%M%S}{_STATION_OFFSET}")
    pdf.trailer.Info = pdf.make_indirect(
        pikepdf.Dictionary(
            Title=pikepdf.String(info.title),
            Author=pikepdf.String(info.author),
            Creator=pikepdf.String("Patrol Desk"),
            CreationDate=moment,
            ModDate=moment,
        )
    )
