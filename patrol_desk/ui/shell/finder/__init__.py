"""Find-anything: the overlay of Ctrl+K and its index."""
