"""Files come in: read, checked, matched, and written in one transaction."""

from patrol_desk.services.importing.report import ImportOptions, ImportReport, TableReport
from patrol_desk.services.importing.run import import_folder

__all__ = ["ImportOptions", "ImportReport", "TableReport", "import_folder"]
