# The part of fontTools.subset in use: cutting a font down to the characters which a sheet prints.
from collections.abc import Iterable
from typing import Any

from fontTools.ttLib import TTFont

class Options:
    drop_tables: list[str]
    layout_features: list[str]
    name_IDs: list[int | str]
    name_languages: list[int | str]
    notdef_outline: bool
    recommended_glyphs: bool
    glyph_names: bool
    legacy_cmap: bool
    hinting: bool
    desubroutinize: bool
    recalc_timestamp: bool
    canonical_order: bool | None
    def __init__(self, **kwargs: Any) -> None: ...

class Subsetter:
    def __init__(self, options: Options | None = None) -> None: ...
    def populate(
        self,
        glyphs: Iterable[str] = ...,
        gids: Iterable[int] = ...,
        unicodes: Iterable[int] = ...,
        text: str = "",
    ) -> None: ...
    def subset(self, font: TTFont) -> None: ...
