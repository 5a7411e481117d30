"""What the print dialog remembers, and which changes it follows."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths

from patrol_desk.services.printed.kinds import DIAGNOSIS
from patrol_desk.services.printed.marks import PrivacyProfile
from patrol_desk.ui.dialogs.printing.preview import Language, Look
from patrol_desk.ui.settings import Setting, Settings

FOLDER: Final = Setting("print_folder", "", "folder of the PDF saved last")
KIND: Final = Setting("print_kind", "squad-week", "kind of sheet printed last")
PROFILE: Final = Setting("print_profile", "", "for whose eyes it was")
PAPER: Final = Setting("print_paper", "", "on which paper")
TEXT: Final = Setting("print_text", 1.0, "size of its text, 1.0 to 1.3")
MARGIN: Final = Setting("print_margin", 0.0, "white that the printer needs at each edge, in millimetres")
LANG: Final = Setting("print_language", "zh", "its language, zh or en")
TOWNSHIP_KINDS: Final = Setting("township_kinds", "squad-week sign-in checkpoint-week", "kinds printed in one go last")
TOWNSHIP_PROFILE: Final = Setting("township_profile", "", "for whose eyes they were")
TOWNSHIP_APART: Final = Setting("township_apart", default=False, about="a PDF for each kind")
ABOUT: Final = frozenset(
    {
        "plan", "plan_version", "assignment", "person", "person_pause", "squad", "squad_membership", "leave",
        "checkpoint", "checkpoint_change", "demand", "muster_point", "community",
    }
)  # fmt: skip
"""Tables whose changes the sheets show."""


def documents(settings: Settings) -> Path:
    """Return the folder of the PDF saved last, else the user's documents."""
    return Path(
        settings.get(FOLDER) or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    )


def last_choice(settings: Settings) -> tuple[str, str, Look]:
    """Return kind, profile and look of what was printed last; copies begin at one each time."""
    lang: Language = "en" if settings.get(LANG) == "en" else "zh"
    look = Look(lang, settings.get(PAPER), settings.get(TEXT), margin=settings.get(MARGIN))
    return settings.get(KIND), settings.get(PROFILE), look


def keep_choice(settings: Settings, kind: str, profile: PrivacyProfile, look: Look) -> None:
    """Remember what was printed, for the next time; a diagnosis is no kind to begin with, it takes seconds to find."""
    if kind != DIAGNOSIS:
        settings.set(KIND, kind)
    settings.set(PROFILE, profile.value)
    settings.set(PAPER, look.paper)
    settings.set(TEXT, look.scale)
    settings.set(LANG, look.lang)
    settings.set(MARGIN, look.margin)
