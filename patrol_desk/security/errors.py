"""Errors of keys and passphrases."""

from patrol_desk.common.errors import PatrolError


class KeyFileError(PatrolError):
    """The key file or the passphrase does not give a key."""
