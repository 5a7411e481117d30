"""The schema's revisions: which a file has, and bringing an older one up to date."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from patrol_desk.common.clock import Clock
from patrol_desk.storage.backup import backup
from patrol_desk.storage.connect import connect, engine_of
from patrol_desk.storage.errors import failure, translate

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0001"
"""Revision of the models; Alembic itself is loaded only when a file has another."""
_SCRIPTS = Path(__file__).parent / "migrations"


def config(scripts: Path = _SCRIPTS) -> "Config":
    """Return Alembic's configuration for a folder of migrations."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(scripts).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


def known_revisions(scripts: Path = _SCRIPTS) -> list[str]:
    """Return every revision this program knows, newest first."""
    from alembic.script import ScriptDirectory

    return [script.revision for script in ScriptDirectory.from_config(config(scripts)).walk_revisions()]


def check_known(path: Path, revision: str) -> None:
    """Raise `StorageError` when the file was written by a newer program."""
    if revision != HEAD and revision not in known_revisions():
        raise failure("storage.newer_schema", path, found=revision, known=HEAD)


def upgrade(path: Path, connection: dbapi2.Connection, scripts: Path = _SCRIPTS) -> None:
    """Bring the schema behind an open connection up to date, in one transaction.

    Raises
    ------
    StorageError
        A reference would point nowhere afterwards; the file is as it was.
    """
    from alembic import command

    # Batch mode replaces whole tables; with references on, dropping the old one would delete what refers to it.
    connection.execute("PRAGMA foreign_keys = OFF").close()
    settings = config(scripts)
    with engine_of(connection).begin() as transaction:
        settings.attributes["connection"] = transaction
        command.upgrade(settings, "head")
        if transaction.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise failure("storage.migration_broke_references", path)
    connection.execute("PRAGMA foreign_keys = ON").close()


def upgrade_file(path: Path, key: bytes | None, clock: Clock, scripts: Path = _SCRIPTS) -> Path:
    """Back a file up, migrate it, check it, and return the backup."""
    saved = backup(path, key, reason="migration", clock=clock)
    connection = connect(path, key)
    try:
        upgrade(path, connection, scripts)
    except Exception as error:
        raise translate(error, path) or error from error
    finally:
        connection.close()
    return saved
