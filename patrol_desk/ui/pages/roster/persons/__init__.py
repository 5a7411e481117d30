"""The roster by person."""
