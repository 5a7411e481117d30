"""Making sure that what was written is on the disk."""

import os
import sys
from pathlib import Path


def sync_file(path: Path) -> None:
    """Wait until a file's content has reached the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until a folder's names have reached the disk, so that a renamed file keeps its new name."""
    # Windows neither allows nor needs it.
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
