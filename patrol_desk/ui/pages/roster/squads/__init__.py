"""The roster by squad."""
