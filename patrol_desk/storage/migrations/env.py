"""Run by Alembic: migrates the connection it is handed, in the transaction that is open on it."""

from alembic import context

from patrol_desk.models import Base


def run() -> None:
    """Run the revisions; SQLite cannot alter a table, so each change is a batch that rebuilds it."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
