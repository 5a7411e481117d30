"""Signatures by Ed25519 (RFC 8032): short, the same for the same text, checked without the secret's holder."""

from typing import Final

ALGORITHM: Final = "ed25519"


def new_secret() -> bytes:
    """Return a new private key, 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes_raw()


def sign(secret: bytes, text: str) -> bytes:
    """Return the signature of a text, 64 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(secret).sign(text.encode("utf-8"))


def holds(secret: bytes, text: str, signature: bytes) -> bool:
    """Say whether the signature of a text was made with the key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        Ed25519PrivateKey.from_private_bytes(secret).public_key().verify(signature, text.encode("utf-8"))
    except InvalidSignature:
        return False
    return True
