"""The database file: opening, transactions, bulk rows, migrations and backups."""
