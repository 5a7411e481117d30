"""The schema's revisions: which a file has, and bringing an older one up to date."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from patrol_desk.common.clock import Clock
from patrol_desk.storage.backup import backup
from patrol_desk.storage.connect import connect, engine_of
from patrol_desk.storage.errors import failure, telling

if TYPE_CHECKING:
    from alembic.config import Config


@dataclass(frozen=True, slots=True)
class Schema:
    """The schema a program works with.

    Parameters
    ----------
    head
        Its revision. Said here so that Alembic is loaded only when a file has another.
    scripts
        Folder of the migrations that lead to it.
    """

    head: str
    scripts: Path

    def config(self) -> "Config":
        """Return Alembic's configuration."""
        from alembic.config import Config

        made = Config()
        made.set_main_option("script_location", str(self.scripts).replace("%", "%%"))
        made.set_main_option("path_separator", "os")
        return made

    def revisions(self) -> list[str]:
        """Return every revision, newest first."""
        from alembic.script import ScriptDirectory

        return [script.revision for script in ScriptDirectory.from_config(self.config()).walk_revisions()]

    def check_known(self, path: Path, revision: str) -> None:
        """Raise `StorageError` when a file was written by a newer program."""
        if revision != self.head and revision not in self.revisions():
            raise failure("storage.newer_schema", path, found=revision, known=self.head)


SCHEMA = Schema("0020", Path(__file__).parent / "migrations")
"""This program's."""


def upgrade(path: Path, connection: dbapi2.Connection, schema: Schema = SCHEMA) -> None:
    """Bring the schema behind an open connection up to date, in one transaction.

    Raises
    ------
    StorageError
        A reference would point nowhere afterwards; the file is as it was.
    """
    from alembic import command

    # Batch mode replaces whole tables; with references on, dropping the old one would delete what refers to it.
    connection.execute("PRAGMA foreign_keys = OFF").close()
    settings = schema.config()
    with engine_of(connection).begin() as transaction:
        settings.attributes["connection"] = transaction
        command.upgrade(settings, schema.head)
        if transaction.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise failure("storage.migration_broke_references", path)
    connection.execute("PRAGMA foreign_keys = ON").close()


def upgrade_file(path: Path, key: bytes | None, clock: Clock, schema: Schema = SCHEMA) -> Path:
    """Back a file up, migrate it, and return the backup."""
    saved = backup(path, key, reason="migration", clock=clock)
    with telling(path), closing(connect(path, key)) as connection:
        upgrade(path, connection, schema)
    return saved
