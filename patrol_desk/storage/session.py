"""The type of the sessions that `Database.read` gives, for those who may not import SQLAlchemy."""

from sqlalchemy.orm import Session

__all__ = ["Session"]
