"""Pictures of printing: several kinds in one go, and what is to be known before."""

from patrol_desk.app.stage import Stage
from patrol_desk.ui.dialogs.printing.township import TownshipDialog, open_township


async def township(stage: Stage) -> None:
    """Open the dialog of several kinds."""
    await stage.page("roster")
    dialog: TownshipDialog = open_township(stage.desk, stage.desk.week)
    await stage.until(dialog.isVisible, 10)
    await stage.settled()
