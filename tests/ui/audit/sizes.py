"""What the audits share: the size of a low screen."""

from typing import Final

LOW_SCREEN: Final = (1366, 768)
