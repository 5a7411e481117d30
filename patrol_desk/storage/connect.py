"""One connection to a database file, with the pragmas every connection needs."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, QueuePool, StaticPool, create_engine, event
from sqlalchemy.engine import Connection as SqlConnection
from sqlcipher3 import dbapi2

from patrol_desk.storage.recognise import salt_of

KEY_SIZE = 32
BUSY_SECONDS = 10.0
"""How long a transaction waits for another program's before it gives up."""
_URL = "sqlite+pysqlite://"
_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cache_size = -6144",
    "PRAGMA journal_size_limit = 67108864",
)


def connect(path: Path, key: bytes | None, *, create: bool = False, busy_seconds: float = BUSY_SECONDS,
            read_only: bool = False) -> dbapi2.Connection:  # fmt: skip
    """Return a connection in autocommit mode; nothing of the file has been read yet.

    Parameters
    ----------
    path
        The file; it must exist unless `create`.
    key
        32 bytes, or None for a plain file.
    create
        Make the file when it is missing.
    busy_seconds
        Time a lock is waited for.
    read_only
        Refuse every write on this connection.
    """
    assert key is None or len(key) == KEY_SIZE
    flags = dbapi2.SQLITE_OPEN_READWRITE | (dbapi2.SQLITE_OPEN_CREATE if create else 0)
    connection = dbapi2.connect(
        str(path), timeout=busy_seconds, isolation_level=None, check_same_thread=False, flags=flags
    )
    # SQLCipher would otherwise write its own lines to stderr before we can say what is wrong.
    connection.execute("PRAGMA cipher_log_level = NONE").close()
    if key is not None:
        connection.set_key(f"x'{key.hex()}{salt_of(key).hex()}'".encode("ascii"))
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()
    if read_only:
        connection.execute("PRAGMA query_only = ON").close()
    return connection


def engine(connector: Callable[[], dbapi2.Connection], begin: str, pool_size: int) -> Engine:
    """Return a pooled engine whose transactions start with the given statement.

    Parameters
    ----------
    connector
        Makes a connection.
    begin
        ``BEGIN`` for readers, ``BEGIN IMMEDIATE`` for writers. The driver's own transaction handling is off: it
        begins late, so that a read would see several states.
    pool_size
        Connections kept.
    """
    made = create_engine(
        _URL, module=dbapi2, creator=connector, poolclass=QueuePool, pool_size=pool_size, max_overflow=8,
        hide_parameters=True,
    )  # fmt: skip
    event.listen(made, "begin", partial(_start, begin))
    return made


def engine_of(connection: dbapi2.Connection) -> Engine:
    """Return an engine on one open connection, which stays the caller's; its transactions write."""
    made = create_engine(
        _URL, module=dbapi2, creator=lambda: connection, poolclass=StaticPool, hide_parameters=True
    )  # fmt: skip
    event.listen(made, "begin", partial(_start, "BEGIN IMMEDIATE"))
    return made


def _start(begin: str, connection: SqlConnection) -> None:
    connection.exec_driver_sql(begin)
