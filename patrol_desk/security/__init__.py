"""Keys, roles, redaction and the audit chain."""
