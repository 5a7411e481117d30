"""Words of the window: Chinese in the source, English beside it, switched live."""

from patrol_desk.ui.i18n.catalog import shift_mark
from patrol_desk.ui.i18n.words import capital, language, say, tr

__all__ = ["capital", "language", "say", "shift_mark", "tr"]
