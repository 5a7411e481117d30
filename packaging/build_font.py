"""Build the print font from Debian's `fonts-noto-cjk` package.

Run on Linux: `apt-get download fonts-noto-cjk`, then `python packaging/build_font.py PACKAGE.deb` (wants `dpkg-deb`).
The result is committed, so nobody needs this to run or to test the desk; it says where the font files came from.

What it does, for the regular and the bold weight of Noto Sans CJK SC:

- keeps Han (all the font has, 𬭊 and its kind too), Latin, Greek, Cyrillic, kana, punctuation, symbols; drops Hangul;
- drops the radicals (2E80-2FDF) and the compatibility ideographs that NFC replaces, because they share their glyphs
  with ordinary characters, and a PDF's text would then come out as the wrong one of the two;
- gives every other character that shares a glyph a copy of its own, for the same reason (three middle dots are one);
- drops hinting, layout features, vertical metrics: the sheets are laid out by plain advance widths;
- names the family after the program, so that a system's own Noto never takes its place;
- writes `metrics.json`: advance widths and covered ranges, by which the layout measures text without a font library.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "Patrol Desk Print"
FACE = "Noto Sans CJK SC"
STYLES = ("Regular", "Bold")
OUT = Path(__file__).resolve().parents[1] / "resources" / "fonts"
RADICALS = range(0x2E80, 0x2FE0)
KEPT = (
    range(0x0020, 0x007F),
    range(0x00A0, 0x0180),
    range(0x01CD, 0x01DD),
    range(0x01F8, 0x01FA),
    range(0x02C6, 0x02DE),
    range(0x0391, 0x0460),
    range(0x1E3E, 0x1E40),
    range(0x1EBC, 0x1EBE),
    range(0x2000, 0x27C0),
    range(0x2B00, 0x2C00),
    range(0x2FF0, 0x3130),
    range(0x3190, 0x3400),
    range(0x3400, 0xA000),
    range(0xF900, 0xFB00),
    range(0xFE30, 0xFE50),
    range(0xFF01, 0xFF60),
    range(0xFFE0, 0xFFE7),
    range(0x20000, 0x32000),
)


def wanted(cmap: dict[int, str]) -> set[int]:
    """Return the code points to keep: those of `KEPT` that the font has and that NFC leaves alone."""
    points = {point for block in KEPT for point in block if point in cmap and point not in RADICALS}
    return {point for point in points if unicodedata.normalize("NFC", chr(point)) == chr(point)}


def subset_face(font: TTFont, points: set[int]) -> None:
    """Reduce the font to the code points, without layout tables and hints."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.drop_tables = [*options.drop_tables, "vhea", "vmtx", "VORG", "BASE", "GSUB", "GPOS", "GDEF", "DSIG"]
    options.notdef_outline = True
    options.prune_unicode_ranges = True
    options.glyph_names = False
    worker = subset.Subsetter(options)
    worker.populate(unicodes=points)
    worker.subset(font)


def own_glyphs(font: TTFont) -> int:
    """Give each character that shares a glyph a copy of the glyph; return how many were copied."""
    top = font["CFF "].cff.topDictIndex[0]
    strings = top.CharStrings
    order = list(font.getGlyphOrder())
    number_of = {glyph: number for number, glyph in enumerate(order)}
    free = (name for name in (f"cid{number:05d}" for number in range(1, 65535)) if name not in number_of)
    taken: set[str] = set()
    moved: dict[int, str] = {}
    for point, glyph in sorted(font.getBestCmap().items()):
        if glyph not in taken:
            taken.add(glyph)
            continue
        moved[point] = name = next(free)
        strings.charStringsIndex.append(strings[glyph])
        strings.charStrings[name] = len(strings.charStringsIndex) - 1
        top.charset.append(name)
        top.FDSelect.gidArray.append(top.FDSelect[number_of[glyph]])
        font["hmtx"].metrics[name] = font["hmtx"].metrics[glyph]
        order.append(name)
    for table in font["cmap"].tables:
        table.cmap.update({point: name for point, name in moved.items() if point in table.cmap})
    font.setGlyphOrder(order)
    font["maxp"].numGlyphs = len(order)
    return len(moved)


def rename(font: TTFont, style: str) -> None:
    """Give the font the program's family name; the copyright and licence lines stay."""
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    names = {1: FAMILY, 2: style, 3: f"1.0;{postscript}", 4: f"{FAMILY} {style}", 6: postscript, 16: FAMILY, 17: style}
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames[0] = postscript
    top = cff.topDictIndex[0]
    top.FullName = f"{FAMILY} {style}"
    top.FamilyName = FAMILY
    font["head"].fontRevision = 1.0


def ranges_of(points: list[int]) -> list[list[int]]:
    """Return sorted code points as inclusive ranges."""
    ranges: list[list[int]] = []
    for point in points:
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return ranges


def describe(font: TTFont) -> dict[str, object]:
    """Return what the layout must know of one weight: advance widths other than one em, in thousandths of an em."""
    cmap = font.getBestCmap()
    widths = {str(point): font["hmtx"][glyph][0] for point, glyph in sorted(cmap.items())}
    return {"widths": {point: width for point, width in widths.items() if width != 1000}}


def build_weight(package: Path, style: str) -> TTFont:
    """Write one weight and return it."""
    faces = TTCollection(package / f"usr/share/fonts/opentype/noto/NotoSansCJK-{style}.ttc", lazy=True).fonts
    font = next(face for face in faces if FACE in {face["name"].getDebugName(1), face["name"].getDebugName(16)})
    subset_face(font, wanted(font.getBestCmap()))
    copied = own_glyphs(font)
    rename(font, style)
    font.recalcTimestamp = False
    target = OUT / f"PatrolDeskPrint-{style}.otf"
    font.save(target)
    print(f"{target.name}: {len(font.getGlyphOrder())} glyphs, {copied} copied, {target.stat().st_size} bytes")  # noqa: T201 - a script's report.
    return font


def build(package: Path) -> None:
    """Write both weights and the metrics file."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", str(package), folder], check=True)
        fonts = {style: build_weight(Path(folder), style) for style in STYLES}
    points = sorted(fonts["Regular"].getBestCmap())
    if points != sorted(fonts["Bold"].getBestCmap()):
        sys.exit("The two weights cover different characters.")
    metrics = {
        "family": FAMILY,
        "source": {"package": package.name, "sha256": hashlib.sha256(package.read_bytes()).hexdigest()},
        "files": {style: f"PatrolDeskPrint-{style}.otf" for style in STYLES},
        "covered": ranges_of(points),
        "weights": {style: describe(font) for style, font in fonts.items()},
    }
    text = json.dumps(metrics, separators=(",", ":"), sort_keys=True)
    (OUT / "metrics.json").write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Build the print font from Debian's fonts-noto-cjk package.")
    parser.add_argument("package", type=Path, help="the .deb file")
    build(parser.parse_args().package)
