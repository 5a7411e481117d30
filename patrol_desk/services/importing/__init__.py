"""Files come in: looked at, corrected, previewed, confirmed, written in one transaction, and taken back again.

The way of a desk: `inspect_files` → the user corrects → `preview_import` → the user confirms → `run_import`, later
`undo_import`. `import_folder` does it in one go for the command line.
"""

from patrol_desk.services.importing.choices import Confirmation, FileChoice, ImportChoices
from patrol_desk.services.importing.inspecting import (
    FoundFile,
    FoundHeading,
    ImportTable,
    TableField,
    import_tables,
    inspect_files,
    separators,
)
from patrol_desk.services.importing.preview import ImportPreview, preview_import, save_rejects
from patrol_desk.services.importing.questions import Question
from patrol_desk.services.importing.report import ImportOptions, ImportReport, RejectedRow, TableReport
from patrol_desk.services.importing.run import import_folder, run_import
from patrol_desk.services.importing.undo import (
    ImportEntry,
    ImportTotals,
    ImportUndo,
    LeftRow,
    UndoneTable,
    list_imports,
    undo_import,
)

__all__ = [
    "Confirmation",
    "FileChoice",
    "FoundFile",
    "FoundHeading",
    "ImportChoices",
    "ImportEntry",
    "ImportOptions",
    "ImportPreview",
    "ImportReport",
    "ImportTable",
    "ImportTotals",
    "ImportUndo",
    "LeftRow",
    "Question",
    "RejectedRow",
    "TableField",
    "TableReport",
    "UndoneTable",
    "import_folder",
    "import_tables",
    "inspect_files",
    "list_imports",
    "preview_import",
    "run_import",
    "save_rejects",
    "separators",
    "undo_import",
]
