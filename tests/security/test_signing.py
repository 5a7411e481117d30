"""Ed25519: what was signed holds, what was changed does not."""

from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.security import signing


@given(text=st.text(max_size=80), other=st.text(max_size=80), at=st.integers(0, 63))
def test_only_the_signed_text_and_the_whole_signature_hold(text: str, other: str, at: int) -> None:
    """Any other text, key or signature is refused; the same text has the same signature."""
    secret = signing.new_secret()
    signature = signing.sign(secret, text)
    assert (len(secret), len(signature), signing.sign(secret, text)) == (32, 64, signature)
    assert signing.holds(secret, text, signature)
    assert signing.holds(secret, other, signature) == (other == text)
    assert not signing.holds(signing.new_secret(), text, signature)
    changed = bytes(byte ^ (number == at) for number, byte in enumerate(signature))
    assert not signing.holds(secret, text, changed)
    assert not signing.holds(secret, text, signature[:-1])
